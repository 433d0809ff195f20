/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/certificate.h"

#include "x509/policy_extensions.h"
#include "x509/walk.h"

/* RFC 5280 4.2.1.4: with the critical flag, qualifiers must be understood too. */
static bool has_unknown_qualifier(const struct signet_certificate *certificate)
{
    struct sg_policies policies = sg_policies_begin(certificate->policies);
    struct sg_policy_information policy;
    while (sg_policies_next(&policies, &policy)) {
        if (policy.unknown_qualifier)
            return true;
    }
    return false;
}

static void check_critical(const struct signet_certificate *certificate, struct sg_where where,
                           struct sg_findings *findings)
{
    struct sg_extensions extensions = {certificate->extensions, certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&extensions, &extension)) {
        if (sg_extension_is_unknown_critical(&extension, SG_IN_CERTIFICATE))
            sg_finding_add(findings, SG_KIND_CERT_CRITICAL_UNKNOWN, where,
                           SG_PARAMS(sg_oid_param("extension", extension.oid_octets)));
    }
    if (certificate->policies_critical && has_unknown_qualifier(certificate))
        sg_finding_add(findings, SG_KIND_CERT_QUALIFIER_UNKNOWN, where, NULL);
}

struct address_check {
    struct sg_where where;
    struct sg_findings *findings;
};

static bool check_address(void *context, const struct sg_mail_address *address)
{
    const struct address_check *check = context;
    if (!address->usable)
        sg_finding_add(check->findings, SG_KIND_CERT_ADDRESS_MALFORMED, check->where,
                       SG_PARAMS(sg_text("address", address->text)));
    else if (address->odd_type)
        sg_finding_add(check->findings, SG_KIND_CERT_ADDRESS_STRING_TYPE, check->where,
                       SG_PARAMS(sg_text("address", address->text)));
    return true;
}

static void check_addresses(const struct signet_certificate *certificate, struct sg_where where,
                            struct sg_findings *findings)
{
    struct address_check check = {where, findings};
    if (!sg_certificate_addresses_walk(certificate, findings->arena, check_address, &check))
        findings->failed = true;
}

void sg_certificate_check(const struct signet_certificate *certificate, size_t index,
                          struct sg_findings *findings)
{
    struct sg_where where = sg_at_certificate(index);
    sg_notes_check(&certificate->notes, SG_KIND_CERT_NOTES_DROPPED, where, findings);
    check_critical(certificate, where, findings);
    check_addresses(certificate, where, findings);
}

bool sg_certificate_has_eku(const struct signet_certificate *certificate, struct signet_span oid)
{
    struct signet_span rest = certificate->eku_value;
    struct sg_tlv purpose;
    while (sg_walk(&rest, &purpose)) {
        if (sg_span_equal(purpose.value, oid))
            return true;
    }
    return false;
}
