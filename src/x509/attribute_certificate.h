/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An attribute certificate (RFC 5755 4.1, RFC 3281 4.1): immutable, reference-counted, one block of
 * memory that holds this struct, the DER and the canonical names. Everything else is spans into the
 * DER.
 */
#ifndef SG_X509_ATTRIBUTE_CERTIFICATE_H
#define SG_X509_ATTRIBUTE_CERTIFICATE_H

#include "crypto/public_key.h"
#include "finding/finding.h"
#include "signet/attribute_certificate.h"
#include "x509/extension.h"
#include "x509/extension_values.h"
#include "x509/name.h"
#include "x509/note.h"

#include <stdatomic.h>

/* IssuerSerial: a certificate by its issuer and serial number. */
struct sg_issuer_serial {
    bool present;
    struct signet_span names;            /* content octets of GeneralNames */
    struct signet_span serial;           /* content octets of the INTEGER */
    struct signet_span issuer_unique_id; /* {NULL,0} when absent */
    /* The only name, where that is a directory name and not empty (RFC 5755 4.2.2); else .der is
     * {NULL,0}. Canonical in a holder, else not. */
    struct sg_name issuer;
};

enum sg_digested_object {
    SG_DIGESTED_PUBLIC_KEY = 0, /* the DER of a SubjectPublicKeyInfo */
    SG_DIGESTED_CERTIFICATE = 1,
    SG_DIGESTED_OTHER = 2
};

/* ObjectDigestInfo. */
struct sg_object_digest {
    bool present;
    uint32_t object;               /* enum sg_digested_object, or a number that it does not have */
    struct signet_span other_type; /* content octets of an OID, {NULL,0} when absent */
    struct sg_algorithm algorithm;
    struct signet_span value;
};

/* All that is present must name the same holder. */
struct sg_holder {
    struct sg_issuer_serial base; /* baseCertificateID */
    struct signet_span names; /* entityName: content octets of GeneralNames, {NULL,0} when absent */
    struct sg_object_digest digest; /* objectDigestInfo */
};

/* AttCertIssuer. */
struct sg_attribute_issuer {
    bool v1_form;
    struct signet_span names;     /* content octets of GeneralNames, {NULL,0} when absent */
    struct sg_issuer_serial base; /* these two only in a v2Form that should not have them */
    struct sg_object_digest digest;
    /* The only name, where that is a directory name and not empty (RFC 5755 4.2.3), with its
     * canonical form; else .der is {NULL,0}: nobody can be trusted for it. */
    struct sg_name name;
};

/* More attributes than any honest one has make it unreadable, which bounds the search for
 * repetitions. */
#define SG_MAX_ATTRIBUTES 128

struct signet_attribute_certificate {
    atomic_uint references;
    struct signet_span der;                  /* as a SEQUENCE, also when read from a CMS object */
    struct signet_span info;                 /* the octets that the signature covers */
    struct sg_algorithm signature_algorithm; /* outer */
    struct sg_algorithm info_signature_algorithm; /* inner */
    struct signet_span signature;
    int version; /* 1 or 2 */
    struct sg_holder holder;
    struct sg_attribute_issuer issuer;
    struct signet_span serial; /* content octets of the INTEGER */
    signet_time not_before, not_after;
    struct signet_span attributes; /* content octets of SEQUENCE OF Attribute */
    size_t num_attributes;
    struct signet_span issuer_unique_id; /* {NULL,0} when absent */
    struct signet_span extensions;       /* content octets, {NULL,0} when absent */
    uint8_t sha256[32];                  /* fingerprint of DER */

    /* Facts from extensions. A malformed one leaves its fact at "absent" and a PARSE note. */
    struct sg_aki aki;
    struct signet_span targets; /* value of targetInformation, {NULL,0} when absent */
    struct signet_span crl_distribution_points, authority_info_access;
    bool no_rev_avail;

    struct sg_notes notes;
};

/*
 * The same as signet_attribute_certificate_parse for an element whose tag is TAG instead of
 * SEQUENCE, as CMS has it (RFC 5652 10.2.2): [1] IMPLICIT version 1, [2] IMPLICIT version 2. The
 * object's own DER has the SEQUENCE.
 */
SIGNET_MUST_CHECK enum signet_status
sg_attribute_certificate_parse(struct signet_span bytes, uint32_t tag,
                               struct signet_attribute_certificate **certificate,
                               struct signet_parse_error *error);

/* Adds its notes as findings (object ATTRIBUTE_CERTIFICATE), and CRIT_UNKNOWN for each critical
 * extension that we do not process (RFC 5755 4.2.9, 5). */
void sg_attribute_certificate_check(const struct signet_attribute_certificate *certificate,
                                    struct sg_findings *findings);

/* It says where to look for its status, by CRLs or OCSP (RFC 5755 6, "pointer in AC"). */
bool sg_attribute_certificate_has_pointer(const struct signet_attribute_certificate *certificate);

/* Appends holder and issuer for people, escaped. */
void sg_attribute_certificate_add_holder(const struct signet_attribute_certificate *certificate,
                                         struct sg_buffer *buffer);
void sg_attribute_certificate_add_issuer(const struct signet_attribute_certificate *certificate,
                                         struct sg_buffer *buffer);

/* Writes all that it says, for `show`, as members of the map that is open. */
void sg_attribute_certificate_dump(const struct signet_attribute_certificate *certificate,
                                   struct sg_dump *dump);

#endif
