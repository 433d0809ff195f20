/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EnvelopedData (RFC 5652 6.1) and AuthEnvelopedData (RFC 5083 2.1), read as far as it goes without
 * a key: for whom, by which algorithms, and what the sender sent along.
 */
#ifndef SG_CMS_ENVELOPED_DATA_H
#define SG_CMS_ENVELOPED_DATA_H

#include "cms/attribute.h"
#include "cms/certificate_reference.h"
#include "cms/cms_object.h"
#include "crypto/public_key.h"

/* RecipientInfo (RFC 5652 6.2). */
enum sg_recipient_kind {
    SG_RECIPIENT_KEY_TRANSPORT,
    SG_RECIPIENT_KEY_AGREEMENT,
    SG_RECIPIENT_KEK,      /* a key that both have already */
    SG_RECIPIENT_PASSWORD, /* RFC 5652 6.2.4 */
    SG_RECIPIENT_KEM,      /* RFC 9629 */
    SG_RECIPIENT_OTHER,    /* of a type that we do not know */
    SG_RECIPIENT_UNKNOWN   /* no RecipientInfo at all */
};

/* Who agrees on a key with the recipients (RFC 5652 6.2.2). */
enum sg_originator_form { SG_ORIGINATOR_NONE, SG_ORIGINATOR_CERTIFICATE, SG_ORIGINATOR_KEY };

struct sg_recipient {
    enum sg_recipient_kind kind;
    uint32_t version;
    /* Certificates of the recipients: one, several for key agreement, none for a shared key or a
     * password. */
    struct sg_certificate_reference *certificates;
    size_t num_certificates;
    /* What is encrypted for each of CERTIFICATES, as many as there are; unread. */
    struct signet_span *encrypted_keys;
    size_t num_encrypted_keys;
    struct signet_span ukm; /* what the sender adds to a key agreement; {NULL,0} for nothing */
    enum sg_originator_form originator_form;
    struct sg_certificate_reference originator;
    struct sg_algorithm originator_key; /* the algorithm of a key that is there itself */
    struct signet_span originator_bits; /* that key: content of its BIT STRING */
    struct signet_span key_id;          /* of a shared key */
    struct signet_span other_type;      /* OID octets of a kind that we do not know */
    struct sg_algorithm key_encryption; /* of the content encryption key; absent when OTHER */
    struct sg_algorithm key_source; /* KEM, or what derives the key of a password; may be absent */
    bool malformed;                 /* ERROR says why; other recipients still count */
    struct signet_parse_error error;
};

struct sg_enveloped_data {
    bool authenticated; /* AuthEnvelopedData */
    uint32_t version;
    struct sg_cms_objects certificates, crls; /* OriginatorInfo: harvested, trusted no more */
    struct sg_recipient *recipients;
    size_t num_recipients;
    struct signet_span content_type_octets;
    enum sg_oid content_type;
    struct sg_algorithm content_encryption;
    bool has_content;
    struct sg_octets content; /* the ciphertext */
    /* What the authentication is over beside the content: one whole SET OF Attribute; {NULL,0} when
     * there are none (RFC 5083 2.2). */
    struct signet_span authenticated_set;
    /* Under the authentication, and not: AuthEnvelopedData has both, EnvelopedData the latter. */
    struct sg_cms_attributes authenticated_attributes, unprotected_attributes;
    struct signet_span mac;
};

/*
 * CONTENT: the element inside ContentInfo's [0]. AUTHENTICATED: it is an AuthEnvelopedData. False
 * with error->expected NULL: memory is out. Offsets in ERROR count from CONTENT's first octet.
 */
SIGNET_MUST_CHECK bool sg_enveloped_data_parse(struct signet_span content, bool authenticated,
                                               struct sg_arena *arena,
                                               struct sg_enveloped_data *out,
                                               struct signet_parse_error *error);

/* "key transport", "key agreement", …. Never NULL. */
const char *sg_recipient_kind_name(enum sg_recipient_kind kind);

/* Writes all of it for `show`; certificates and CRLs only by kind and size, the caller shows them.
 */
void sg_enveloped_data_dump(const struct sg_enveloped_data *enveloped_data, struct sg_dump *dump);

#endif
