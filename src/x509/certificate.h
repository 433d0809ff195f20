/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate (RFC 5280 4.1): immutable, reference-counted, one block of memory that holds this
 * struct, the DER and the canonical names. Everything else is spans into the DER; small fixed facts
 * are decoded once.
 */
#ifndef SG_X509_CERTIFICATE_H
#define SG_X509_CERTIFICATE_H

#include "crypto/public_key.h"
#include "finding/finding.h"
#include "signet/certificate.h"
#include "x509/extension.h"
#include "x509/extension_values.h"
#include "x509/name.h"
#include "x509/note.h"

#include <stdatomic.h>

/* keyUsage bits (RFC 5280 4.2.1.3): bit 0 of the BIT STRING is 1u << 0. */
enum sg_key_usage {
    SG_KU_DIGITAL_SIGNATURE = 1u << 0,
    SG_KU_NON_REPUDIATION = 1u << 1,
    SG_KU_KEY_ENCIPHERMENT = 1u << 2,
    SG_KU_DATA_ENCIPHERMENT = 1u << 3,
    SG_KU_KEY_AGREEMENT = 1u << 4,
    SG_KU_KEY_CERT_SIGN = 1u << 5,
    SG_KU_CRL_SIGN = 1u << 6,
    SG_KU_ENCIPHER_ONLY = 1u << 7,
    SG_KU_DECIPHER_ONLY = 1u << 8
};

/* extKeyUsage purposes that matter to us. */
enum sg_eku { SG_EKU_EMAIL_PROTECTION = 1u << 0, SG_EKU_ANY = 1u << 1, SG_EKU_OTHER = 1u << 2 };

struct signet_certificate {
    atomic_uint references;
    struct signet_span der;
    struct signet_span tbs;                      /* the octets that the signature covers */
    struct sg_algorithm signature_algorithm;     /* outer */
    struct sg_algorithm tbs_signature_algorithm; /* inner; B-ENC-2 compares the two */
    struct signet_span signature;
    int version;               /* 1 to 3 */
    struct signet_span serial; /* content octets of the INTEGER */
    struct sg_name issuer, subject;
    signet_time not_before, not_after;
    struct sg_spki spki;
    struct signet_span issuer_unique_id, subject_unique_id;
    struct signet_span
        extensions;     /* content octets of Extensions; {NULL,0} when absent or not a v3 */
    uint8_t sha256[32]; /* fingerprint of DER */

    /* Facts decoded from extensions. A malformed extension leaves its fact at "absent" and a PARSE
     * note. */
    bool has_basic_constraints, is_ca;
    int64_t path_len; /* -1: no limit */
    bool has_key_usage;
    uint16_t key_usage;
    bool has_eku;
    unsigned eku;
    struct signet_span eku_value; /* content of the SEQUENCE OF OID */
    struct signet_span ski;       /* key identifier octets */
    struct sg_aki aki;
    struct signet_span subject_alt_name; /* content octets of GeneralNames */
    bool subject_alt_name_critical;
    struct signet_span name_constraints; /* values of these extensions, syntax checked */
    struct signet_span policies;
    bool policies_critical;
    struct signet_span policy_mappings;
    int64_t require_explicit_policy, inhibit_policy_mapping,
        inhibit_any_policy; /* skip counts; -1 absent */
    struct signet_span crl_distribution_points, freshest_crl, authority_info_access;
    bool no_rev_avail;
    bool self_issued; /* subject and issuer equal by B-DN rules */

    struct sg_notes notes;
};

/* What certificates are looked up by. The spans lie in the DER; the names have no canonical form.
 */
struct sg_certificate_outline {
    struct sg_name issuer, subject;
    struct signet_span serial, ski; /* as in signet_certificate */
};

/*
 * Reads the outline of a certificate without making one. DER that signet_certificate_parse refuses
 * is refused with the same error, and no other: its syntax is read in full, only the values of
 * extensions are not looked into, which cannot make a certificate unreadable. Allocates nothing.
 * SIGNET_OK, SIGNET_ERR_PARSE with ERROR set, or SIGNET_ERR_LIMIT: too long.
 */
SIGNET_MUST_CHECK enum signet_status sg_certificate_outline_read(struct signet_span der,
                                                                 struct sg_certificate_outline *out,
                                                                 struct signet_parse_error *error);

/*
 * Adds the notes of the certificate at INDEX of a path as findings: PARSE for malformed known
 * extensions, NONCONFORMING and so on. Also CRIT_UNKNOWN for each critical extension that we do not
 * process (RFC 5280 4.2, 6.1.4 (o), 6.1.5 (f)).
 */
void sg_certificate_check(const struct signet_certificate *certificate, size_t index,
                          struct sg_findings *findings);

/* Exact OID in extKeyUsage. */
bool sg_certificate_has_eku(const struct signet_certificate *certificate, struct signet_span oid);

/* Serial numbers are equal as integers (both minimal DER). */
static inline bool sg_serial_equal(struct signet_span a, struct signet_span b)
{
    return sg_span_equal(a, b);
}

/*
 * The mail addresses of a certificate (RFC 3850 3): rfc822Names and SmtpUTF8Mailboxes of
 * subjectAltName, then emailAddress attributes of the subject, in order.
 */
enum sg_mail_address_source { SG_ADDRESS_RFC822, SG_ADDRESS_SMTP_UTF8, SG_ADDRESS_SUBJECT };
struct sg_mail_address {
    enum sg_mail_address_source source;
    struct signet_span text; /* UTF-8, in the arena or the DER */
    bool usable;             /* a bare addr-spec of an allowed string type and length */
    bool odd_type;           /* an emailAddress that is no IA5String (A-3-9) */
};
struct sg_mail_addresses {
    struct sg_mail_address *items;
    size_t num;
};
/* False: memory is out. Malformed ones (E-15, E-38, A-3-9) are listed with usable = false. */
SIGNET_MUST_CHECK bool sg_certificate_addresses(const struct signet_certificate *certificate,
                                                struct sg_arena *arena,
                                                struct sg_mail_addresses *out);

/*
 * Shows the same addresses to TAKE one by one; their text is in the DER, or in the arena where it
 * had to be converted. False: memory is out, or TAKE said so.
 */
typedef bool sg_mail_address_taker(void *context, const struct sg_mail_address *address);
SIGNET_MUST_CHECK bool sg_certificate_addresses_walk(const struct signet_certificate *certificate,
                                                     struct sg_arena *arena,
                                                     sg_mail_address_taker *take, void *context);

/* Writes all that the certificate says, for `show`, as members of the map that is open. */
void sg_certificate_dump(const struct signet_certificate *certificate, struct sg_dump *dump);

#endif
