/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules for certificates and CRLs: one row a rule in lint_rules.def, one function each in
 * lint_pkix.c, lint_smime.c, lint_br.c, lint_chain.c and lint_crl.c. What parsing noted
 * (x509/note.h) is told beside them by lint_notes.c.
 */
#ifndef SG_MAKER_LINT_H
#define SG_MAKER_LINT_H

#include "crypto/signature.h"
#include "signet/lint.h"
#include "x509/crl.h"

/* What a rule applies to. */
enum sg_lint_place {
    SG_LINT_CERTIFICATE = 0,
    SG_LINT_CA,
    SG_LINT_END_ENTITY,
    SG_LINT_ISSUED, /* with the certificate that issued it at hand */
    SG_LINT_CRL
};

/* RSA and DSA keys that a linter looks into, and how often it tries names that may be issuers. */
#define SG_LINT_MAX_KEY_BITS   8192
#define SG_LINT_MAX_CANDIDATES 8
#define SG_LINT_MAX_DEPTH      64

/* A certificate or a CRL with all that the rules ask for. */
struct sg_lint_subject {
    const struct signet_certificate *certificate;
    const struct signet_crl *crl;
    size_t index;
    const struct signet_certificate *issuer; /* NULL: not at hand */
    struct sg_lint_subject *issued_by;       /* the same as a subject */
    bool is_ca; /* it says so, or may sign certificates, or has issued one of the input */
    bool self_signed;
    bool signature_wrong; /* ISSUER has the right name, but not the key */
    int64_t below;        /* CAs that stand between it and an end entity, at most */
    struct sg_mail_addresses addresses;
    struct sg_signature_algorithm algorithm; /* of its signature */
    bool algorithm_read;                     /* else its parameters are malformed */
    unsigned validation, generation;         /* last arcs of its BR policy; 0: none */
    size_t num_br_policies;
};

struct sg_lint;

struct sg_lint_row {
    const char *id;
    unsigned rules;
    enum signet_severity severity;
    enum sg_lint_place place;
    void (*check)(struct sg_lint *lint, const struct sg_lint_row *row,
                  const struct sg_lint_subject *subject);
    const char *rule, *sentence;
};

struct sg_lint {
    struct sg_arena *arena;
    struct sg_crypto *crypto;
    unsigned rules;
    struct signet_lint_finding *findings;
    size_t num, cap;
};

/* The subject breaks ROW's rule. PARAMS, as of a finding, replace {words} of the sentence. */
void sg_lint_say(struct sg_lint *lint, const struct sg_lint_row *row,
                 const struct sg_lint_subject *subject, const struct signet_param *params);

/* What the parser and the check functions of x509 know already. */
void sg_lint_notes(struct sg_lint *lint, const struct sg_lint_subject *subject);

/* The issuers among SUBJECTS, certificates first; and what follows from them. */
void sg_lint_link(struct sg_lint *lint, struct sg_lint_subject *subjects, size_t num_certificates,
                  size_t num_crls);

/* The extension of OID. False: there is none. */
bool sg_lint_extension(struct signet_span extensions, const uint8_t *origin, enum sg_oid oid,
                       struct sg_extension *out);

#endif
