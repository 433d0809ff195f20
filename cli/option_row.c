/* SPDX-License-Identifier: Apache-2.0 */
#include "option_row.h"

#include "option_value.h"

#include <assert.h>

#define FLAG(member) OPTION_FLAG, offsetof(struct options, member), NULL
#define TEXT(member) OPTION_TEXT, offsetof(struct options, member), NULL
#define LIST(member) OPTION_LIST, offsetof(struct options, member), NULL
#define VALUE(set)   OPTION_VALUE, 0, set

#define VERB_FIND  (VERB_LIST | VERB_EXPORT)
#define VERB_LIMIT (VERB_JUDGE | VERB_TRUST)

const struct option_row option_rows[] = {
    {"anchor", 0, "FILE", VERB_JUDGE, LIST(anchors),
     "trust the certificates in FILE (DER, PEM, .p7c, or a directory of these)"},
    {"anchor-constraints", 0, NULL, VERB_JUDGE, FLAG(anchor_constraints),
     "let the anchors' certificates limit paths (RFC 5937), not only their names and keys"},
    {"certs", 0, "FILE", VERB_JUDGE, LIST(certs), "use the certificates in FILE to build paths"},
    {"crls", 0, "FILE", VERB_JUDGE, LIST(crls), "use the CRLs in FILE"},
    {"pin-ca", 0, "FILE", VERB_JUDGE, LIST(pinned_cas),
     "accept the version 1 certificate in FILE as an intermediate CA"},
    {"content", 0, "FILE", VERB_VERIFY, TEXT(content), "what a bare detached signature signs"},
    {"at", 0, "TIME", VERB_JUDGE | VERB_LIST, VALUE(option_set_at),
     "judge for TIME (RFC 3339, as 2026-06-01T12:00:00Z); default: now"},
    {"revocation", 0, "require|prefer|off", VERB_JUDGE | VERB_LIST, VALUE(option_set_revocation),
     "how hard a CRL is demanded; default: require"},
    {"profile", 0, "default|strict|legacy", VERB_JUDGE | VERB_LIST, VALUE(option_set_profile),
     "strict: weak and nonconforming are bad; legacy: archived mail"},
    {"purpose", 0, "sign|encrypt|any|decrypt", VERB_JUDGE, VALUE(option_set_purpose),
     "what the certificate is used for; default: sign"},
    {"email", 0, "ADDR", VERB_JUDGE, TEXT(policy.email),
     "the address that the certificate must hold; default: From and Sender"},
    {"policy", 0, "OID", VERB_JUDGE, LIST(policies),
     "accept this certificate policy; default: any"},
    {"require-explicit-policy", 0, NULL, VERB_JUDGE, FLAG(policy.require_explicit_policy),
     "an acceptable policy must hold along the path"},
    {"inhibit-policy-mapping", 0, NULL, VERB_JUDGE, FLAG(policy.inhibit_policy_mapping),
     "do not follow policy mappings"},
    {"inhibit-any-policy", 0, NULL, VERB_JUDGE, FLAG(policy.inhibit_any_policy),
     "anyPolicy in a certificate stands for no other policy"},
    {"permitted-subtree", 0, "TYPE:NAME", VERB_JUDGE, LIST(permitted),
     "names must lie within NAME; TYPE is email, dns or uri"},
    {"excluded-subtree", 0, "TYPE:NAME", VERB_JUDGE, LIST(excluded),
     "names must not lie within NAME; TYPE is email, dns or uri"},
    {"require-nonrepudiation", 0, NULL, VERB_JUDGE, FLAG(policy.require_nonrepudiation),
     "the signer's key usage must have nonRepudiation"},
    {"require-eku", 0, "OID", VERB_JUDGE, TEXT(policy.require_eku),
     "the certificate's extended key usage must have OID"},
    {"exact-local-part", 0, NULL, VERB_JUDGE, FLAG(policy.exact_local_part),
     "compare local parts of addresses with their case"},
    {"crl-max-age", 0, "DAYS", VERB_JUDGE, VALUE(option_set_crl_max_age),
     "how long a CRL without nextUpdate counts as fresh; default: never"},
    {"budget", 0, "[KIND=]NUMBER", VERB_JUDGE, VALUE(option_set_budget),
     "work that one verdict may cost: signatures, and the rest in proportion; or of one KIND"},
    {"attributes", 0, NULL, VERB_VERIFY, FLAG(attributes),
     "also judge the attribute certificates of the signers"},
    {"aa", 0, "FILE", VERB_VERIFY, LIST(authorities),
     "believe the attribute certificates that the certificates in FILE issued"},
    {"target", 0, "TYPE:NAME", VERB_VERIFY, LIST(targets),
     "whom an attribute certificate must be meant for; TYPE is uri, dns, email or dn"},
    {"no-store", 0, NULL, VERB_JUDGE, FLAG(no_store),
     "neither read nor write the database (this version has none)"},
    {"offline", 0, NULL, VERB_JUDGE, FLAG(offline), "fetch nothing"},
    {"config", 0, "FILE", VERB_CONFIGURED, TEXT(config_file),
     "read FILE after the system's and the user's signet.conf"},
    {"recursive", 0, NULL, VERB_VERIFY, FLAG(recursive),
     "judge all messages in directories, Maildirs and mbox files"},
    {"entries", 0, "NUMBER", VERB_SHOW, VALUE(option_set_entries),
     "show at most NUMBER entries of a CRL"},
    {"explain", 0, NULL, VERB_JUDGE, FLAG(explain), "also show the paths that lost, and why"},
    {"json", 0, NULL, VERB_ALL, FLAG(json), "one JSON object per input and line"},
    {"color", 0, "auto|always|never", VERB_ALL, VALUE(option_set_color),
     "colours in the text; NO_COLOR is honoured"},
    {"help", 'h', NULL, VERB_ALL, FLAG(help), "this help"},
};
const size_t num_option_rows = sizeof option_rows / sizeof *option_rows;

static_assert(sizeof option_rows / sizeof *option_rows <= MAX_OPTION_ROWS, "too many options");
