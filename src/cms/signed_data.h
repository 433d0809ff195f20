/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SignedData (RFC 5652 5.1) and PKCS #7 1.5's, any version: certificates, CRLs and content are kept verbatim as spans of the
 * message.
 */
#ifndef SG_CMS_SIGNED_DATA_H
#define SG_CMS_SIGNED_DATA_H

#include "asn1/ber.h"
#include "cms/attribute.h"
#include "cms/content_info.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "x509/dump.h"
#include "x509/name.h"

/* CertificateChoices (RFC 5652 10.2.2). */
enum sg_certificate_choice {
    SG_CHOICE_CERTIFICATE,
    SG_CHOICE_EXTENDED_CERTIFICATE, /* [0] PKCS #6: never used (RFC 3850 2.2.1) */
    SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE, /* [1]: never used (RFC 3850 1.4) */
    SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE, /* [2] */
    SG_CHOICE_OTHER_CERTIFICATE,        /* [3] */
    SG_CHOICE_CRL,
    SG_CHOICE_OTHER_REVOCATION, /* [1] of RevocationInfoChoices */
    SG_CHOICE_UNKNOWN
};

struct sg_cms_object {
    enum sg_certificate_choice choice;
    struct signet_span full; /* the whole element, verbatim */
};

struct sg_signer_info {
    uint32_t version;
    bool by_key_id;             /* sid is a subjectKeyIdentifier */
    struct signet_span key_id;  /* its octets */
    struct sg_name issuer;      /* else: with canonical form, in the arena */
    struct signet_span serial;  /* content octets of the INTEGER */
    struct sg_algorithm digest_algorithm;
    enum sg_digest_type digest; /* SG_DIGEST_NONE when unknown */
    struct sg_algorithm signature_algorithm;
    struct signet_span signature; /* joined */
    bool has_signed_attributes;
    struct signet_span signed_attributes_der; /* as DER SET OF, tag 31, order as received, in the arena */
    struct signet_span signed_attributes_sorted; /* the same with its elements in DER order; the same span when sorted already */
    struct sg_cms_attributes signed_attributes, unsigned_attributes;
    bool malformed; /* this SignerInfo could not be read to its end: ERROR says why; others still count (C-SD-3) */
    struct signet_parse_error error;
};

struct sg_signed_data {
    uint32_t version;
    struct sg_algorithm *digest_algorithms;
    size_t num_digest_algorithms;
    struct signet_span content_type_octets;
    enum sg_oid content_type;
    bool has_content;
    struct sg_octets content;
    bool content_not_octets; /* PKCS #7 1.5 content of another type: the digest is over its value octets (RFC 5652 5.2.1) */
    struct sg_cms_object *certificates;
    size_t num_certificates;
    struct sg_cms_object *crls;
    size_t num_crls;
    struct sg_signer_info *signers;
    size_t num_signers;
};

/* CONTENT: the element inside ContentInfo's [0]. False with error->expected NULL: memory is out. Offsets in ERROR count
 * from CONTENT's first octet. */
SIGNET_MUST_CHECK bool sg_signed_data_parse(struct signet_span content, struct sg_arena *arena,
                                            struct sg_signed_data *out,
                                            struct signet_parse_error *error);

/* One SignerInfo element, as inside a countersignature attribute (RFC 5652 11.4), DER. */
SIGNET_MUST_CHECK bool sg_signer_info_parse(struct signet_span element, struct sg_arena *arena,
                                            struct sg_signer_info *out);

/* Writes all of it for `show` (certificates and CRLs only by kind and size: the caller shows them). */
void sg_signed_data_dump(const struct sg_signed_data *signed_data, struct sg_dump *dump);

#endif
