/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values of extensions as certificate_facts.c and crl.c take them in. Each function reads one
 * whole value, up to its end. Within src/x509 only.
 */
#ifndef SG_X509_EXTENSION_VALUES_H
#define SG_X509_EXTENSION_VALUES_H

#include "x509/distribution_point.h"

/*
 * INTEGER (0..MAX) of TAG: pathLenConstraint, SkipCerts, BaseDistance. What is larger than
 * INT64_MAX is INT64_MAX: no path is that long.
 */
SIGNET_MUST_CHECK bool sg_count_parse(struct sg_der *der, uint32_t tag, int64_t *out,
                                      const char *expected);
/* The same for an OPTIONAL one: -1 when absent. */
SIGNET_MUST_CHECK bool sg_count_parse_optional(struct sg_der *der, uint32_t tag, int64_t *out,
                                               const char *expected);

struct sg_basic_constraints {
    bool is_ca;
    bool default_spelled; /* "cA FALSE" is written out */
    int64_t path_len;     /* -1 when absent */
};
SIGNET_MUST_CHECK bool sg_basic_constraints_parse(struct sg_der *value,
                                                  struct sg_basic_constraints *out);

struct sg_key_usage_bits {
    uint16_t bits;       /* enum sg_key_usage */
    bool trailing_zeros; /* against X.690 11.2.2 */
};
SIGNET_MUST_CHECK bool sg_key_usage_parse(struct sg_der *value, struct sg_key_usage_bits *out);

/* *PURPOSES: the content octets of the SEQUENCE OF. */
SIGNET_MUST_CHECK bool sg_ext_key_usage_parse(struct sg_der *value, struct signet_span *purposes);

SIGNET_MUST_CHECK bool sg_subject_key_identifier_parse(struct sg_der *value,
                                                       struct signet_span *key_id);

struct sg_aki {
    struct signet_span key_id; /* {NULL,0} when absent */
    struct signet_span issuer; /* content octets of GeneralNames, {NULL,0} when absent */
    struct signet_span serial; /* {NULL,0} when absent */
};
SIGNET_MUST_CHECK bool sg_authority_key_identifier_parse(struct sg_der *value, struct sg_aki *out);

/* *NAMES: the content octets of the GeneralNames. subjectAltName, issuerAltName, certificateIssuer.
 */
SIGNET_MUST_CHECK bool sg_alt_name_parse(struct sg_der *value, struct signet_span *names);

struct sg_policy_constraints {
    int64_t require_explicit_policy, inhibit_policy_mapping; /* -1 when absent */
};
SIGNET_MUST_CHECK bool sg_policy_constraints_parse(struct sg_der *value,
                                                   struct sg_policy_constraints *out);
SIGNET_MUST_CHECK bool sg_inhibit_any_policy_parse(struct sg_der *value, int64_t *skip_certs);

/* cRLNumber and deltaCRLIndicator: the content octets of the INTEGER. */
SIGNET_MUST_CHECK bool sg_crl_number_parse(struct sg_der *value, struct signet_span *number);

/* The number of a CRLReason, which need not be one that the standard knows. */
SIGNET_MUST_CHECK bool sg_reason_code_parse(struct sg_der *value, int *reason);
SIGNET_MUST_CHECK bool sg_invalidity_date_parse(struct sg_der *value, signet_time *time);

#endif
