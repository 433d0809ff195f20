/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings: what is true of the data, each with a stable code, the object it concerns, the rule
 * behind it and one plain sentence. The verdict is computed from findings and never set by hand.
 */
#ifndef SIGNET_FINDING_H
#define SIGNET_FINDING_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the order of "worst wins". NONE is a message without a signature: it is no worse than GOOD
 * when there is one, and stands alone when there is none. */
enum signet_verdict {
    SIGNET_VERDICT_NONE = 0,
    SIGNET_VERDICT_GOOD,
    SIGNET_VERDICT_WARN,    /* good, with something to say */
    SIGNET_VERDICT_WEAK,    /* mathematically right, too weak to prove anything */
    SIGNET_VERDICT_UNKNOWN, /* cannot be decided */
    SIGNET_VERDICT_BAD
};

/* "GOOD", "WARN", … */
SIGNET_API const char *signet_verdict_name(enum signet_verdict verdict);

enum signet_code {
#define CODE(name, normal, strict, legacy, meaning, advice) SIGNET_CODE_##name,
#include "signet/codes.def"
#undef CODE
    SIGNET_NUM_CODES
};

/* The code's stable text, such as "CERT_EXPIRED". */
SIGNET_API const char *signet_code_name(enum signet_code code);
/* One sentence on what the code means; and what to do next, NULL where there is no general advice.
 */
SIGNET_API const char *signet_code_meaning(enum signet_code code);
SIGNET_API const char *signet_code_advice(enum signet_code code);

enum signet_severity { SIGNET_SEVERITY_INFO = 0, SIGNET_SEVERITY_WARNING, SIGNET_SEVERITY_ERROR };

/* "info", "warning", "error". */
SIGNET_API const char *signet_severity_name(enum signet_severity severity);

enum signet_object {
    SIGNET_OBJECT_MESSAGE = 0,
    SIGNET_OBJECT_SIGNER,
    SIGNET_OBJECT_CERTIFICATE,
    SIGNET_OBJECT_CRL,
    SIGNET_OBJECT_ANCHOR,
    SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE
};

/* "message", "signer", "certificate", "crl", "anchor", "attribute-certificate". */
SIGNET_API const char *signet_object_name(enum signet_object object);

enum signet_param_type {
    SIGNET_PARAM_END = 0, /* ends a list */
    SIGNET_PARAM_NUMBER,
    SIGNET_PARAM_TIME,
    SIGNET_PARAM_TEXT,   /* UTF-8, not yet escaped: it may come from an attacker */
    SIGNET_PARAM_HEX,    /* bytes shown in hexadecimal: serials, key identifiers, fingerprints */
    SIGNET_PARAM_OID,    /* the content octets of an OBJECT IDENTIFIER */
    SIGNET_PARAM_ESCAPED /* UTF-8 that is escaped already: a distinguished name, say */
};

struct signet_param {
    enum signet_param_type type;
    const char *name; /* static, such as "not_after" */
    union {
        int64_t number;
        signet_time time;
        struct signet_span bytes;
    } value;
};

#define SIGNET_MAX_PARAMS 4

struct signet_finding {
    enum signet_code code;
    enum signet_severity severity; /* follows from effect: GOOD info, WARN warning, else error */
    enum signet_verdict effect;    /* what it does to the verdict under the policy of the request */
    enum signet_object object;
    int certificate;    /* index in the path, 0 = end entity; -1 when it concerns none */
    const char *rule;   /* such as "RFC 5280 6.1.3(a)(2)" */
    const char *text;   /* one sentence, escaped, fit for a terminal */
    const char *advice; /* what to do next, or NULL */
    size_t num_params;
    struct signet_param params[SIGNET_MAX_PARAMS];
};

/* A list as a result shows it. Owned by the result it came from. */
struct signet_findings {
    const struct signet_finding *items;
    size_t num;
};

#ifdef __cplusplus
}
#endif

#endif
