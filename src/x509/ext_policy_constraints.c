/* SPDX-License-Identifier: Apache-2.0 */
/* policyMappings, RFC 5280 4.2.1.5; policyConstraints, 4.2.1.11; inhibitAnyPolicy, 4.2.1.14. */
#include "x509/extension_types.h"
#include "x509/extension_values.h"
#include "x509/policy_extensions.h"
#include "x509/walk.h"

/* SEQUENCE { issuerDomainPolicy CertPolicyId, subjectDomainPolicy CertPolicyId } */
static bool parse_mapping(struct sg_der *list, struct sg_policy_mapping *out)
{
    struct sg_der content;
    return sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a policy mapping") &&
           sg_der_oid(&content, &out->issuer_domain, "issuerDomainPolicy") &&
           sg_der_oid(&content, &out->subject_domain, "subjectDomainPolicy") &&
           sg_der_end(&content);
}

/* PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF … */
static bool check_mappings(struct sg_der *value)
{
    struct sg_der list;
    struct sg_policy_mapping mapping;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a PolicyMappings"))
        return false;
    do {
        if (!parse_mapping(&list, &mapping))
            return false;
    } while (!sg_der_done(&list));
    return sg_der_end(value);
}

struct sg_policy_mappings sg_policy_mappings_begin(struct signet_span value)
{
    return (struct sg_policy_mappings){sg_walk_into(value)};
}

bool sg_policy_mappings_next(struct sg_policy_mappings *mappings, struct sg_policy_mapping *out)
{
    struct sg_tlv element, issuer_domain, subject_domain;
    if (!sg_walk(&mappings->rest, &element) || !sg_walk(&element.value, &issuer_domain) ||
        !sg_walk(&element.value, &subject_domain))
        return false;
    *out = (struct sg_policy_mapping){issuer_domain.value, subject_domain.value};
    return true;
}

static void dump_mappings(struct sg_dump *dump, struct signet_span value)
{
    struct sg_policy_mappings mappings = sg_policy_mappings_begin(value);
    struct sg_policy_mapping mapping;
    sg_dump_list(dump, "mappings");
    while (sg_policy_mappings_next(&mappings, &mapping)) {
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "issuer_domain", mapping.issuer_domain);
        sg_dump_oid(dump, "subject_domain", mapping.subject_domain);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

/* RFC 3280 had it non-critical, RFC 5280 wants it critical: either is right for somebody (E-23). */
const struct sg_extension_type sg_ext_policy_mappings = {
    .oid = SG_OID_CE_POLICY_MAPPINGS,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check_mappings,
    .dump = dump_mappings,
};

/* PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] SkipCerts OPTIONAL,
 * inhibitPolicyMapping [1] SkipCerts OPTIONAL }, never empty. */
bool sg_policy_constraints_parse(struct sg_der *value, struct sg_policy_constraints *out)
{
    struct sg_policy_constraints constraints;
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a PolicyConstraints"))
        return false;
    if (sg_der_done(&content))
        return sg_der_fail(&content, "requireExplicitPolicy or inhibitPolicyMapping");
    if (!sg_count_parse_optional(&content, SG_TAG_CONTEXT(0), &constraints.require_explicit_policy,
                                 "requireExplicitPolicy") ||
        !sg_count_parse_optional(&content, SG_TAG_CONTEXT(1), &constraints.inhibit_policy_mapping,
                                 "inhibitPolicyMapping") ||
        !sg_der_end(&content) || !sg_der_end(value))
        return false;
    *out = constraints;
    return true;
}

static bool check_constraints(struct sg_der *value)
{
    struct sg_policy_constraints constraints;
    return sg_policy_constraints_parse(value, &constraints);
}

static void dump_constraints(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct sg_policy_constraints constraints = {.require_explicit_policy = -1,
                                                .inhibit_policy_mapping = -1};
    if (!sg_policy_constraints_parse(&der, &constraints))
        return;
    if (constraints.require_explicit_policy >= 0)
        sg_dump_number(dump, "require_explicit_policy", constraints.require_explicit_policy);
    if (constraints.inhibit_policy_mapping >= 0)
        sg_dump_number(dump, "inhibit_policy_mapping", constraints.inhibit_policy_mapping);
}

const struct sg_extension_type sg_ext_policy_constraints = {
    .oid = SG_OID_CE_POLICY_CONSTRAINTS,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_constraints,
    .dump = dump_constraints,
};

/* InhibitAnyPolicy ::= SkipCerts */
bool sg_inhibit_any_policy_parse(struct sg_der *value, int64_t *skip_certs)
{
    return sg_count_parse(value, SG_TAG_INTEGER, skip_certs, "InhibitAnyPolicy") &&
           sg_der_end(value);
}

static bool check_inhibit(struct sg_der *value)
{
    int64_t skip_certs;
    return sg_inhibit_any_policy_parse(value, &skip_certs);
}

static void dump_inhibit(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    int64_t skip_certs;
    if (sg_inhibit_any_policy_parse(&der, &skip_certs))
        sg_dump_number(dump, "skip_certs", skip_certs);
}

const struct sg_extension_type sg_ext_inhibit_any_policy = {
    .oid = SG_OID_CE_INHIBIT_ANY_POLICY,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_inhibit,
    .dump = dump_inhibit,
};
