/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate.h"

#include "x509/privilege.h"
#include "x509/walk.h"

static const struct sg_where where = {SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE, -1};

static void check_critical(const struct signet_attribute_certificate *certificate,
                           struct sg_findings *findings)
{
    struct sg_extensions extensions = {certificate->extensions, certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&extensions, &extension)) {
        if (sg_extension_is_unknown_critical(&extension, SG_IN_ATTRIBUTE_CERTIFICATE))
            sg_finding_add(findings, SG_KIND_AC_CRITICAL_UNKNOWN, where,
                           SG_PARAMS(sg_oid_param("extension", extension.oid_octets)));
    }
}

static void tell(struct sg_findings *findings, enum sg_kind kind,
                 const struct sg_privilege *privilege)
{
    sg_finding_add(findings, kind, where,
                   SG_PARAMS(sg_oid_param("attribute", privilege->type_octets),
                             sg_number("number", (int64_t)privilege->num_values)));
}

static bool has_malformed_value(const struct sg_privilege *privilege,
                                const struct sg_privilege_type *type)
{
    struct signet_span rest = privilege->values;
    struct sg_tlv value;
    while (sg_walk(&rest, &value)) {
        if (!sg_privilege_value_valid(type, value.full))
            return true;
    }
    return false;
}

/* RFC 5755 4.2.7, 4.4. What an attribute says is for others to judge, so nothing of this counts. */
static void check_attributes(const struct signet_attribute_certificate *certificate,
                             struct sg_findings *findings)
{
    struct sg_privileges privileges = sg_privileges_begin(certificate->attributes);
    struct sg_privilege privilege;
    struct signet_span seen[SG_MAX_ATTRIBUTES];
    for (size_t num = 0; num < SG_MAX_ATTRIBUTES && sg_privileges_next(&privileges, &privilege);
         num++) {
        const struct sg_privilege_type *type = sg_privilege_type_find(privilege.type);
        seen[num] = privilege.type_octets;
        for (size_t i = 0; i < num; i++) {
            if (sg_span_equal(seen[i], privilege.type_octets))
                tell(findings, SG_KIND_AC_ATTRIBUTE_REPEATED, &privilege);
        }
        if (privilege.num_values == 0 || (type != NULL && type->single && privilege.num_values > 1))
            tell(findings, SG_KIND_AC_ATTRIBUTE_VALUES, &privilege);
        if (type != NULL && has_malformed_value(&privilege, type))
            tell(findings, SG_KIND_AC_ATTRIBUTE_MALFORMED, &privilege);
    }
}

void sg_attribute_certificate_check(const struct signet_attribute_certificate *certificate,
                                    struct sg_findings *findings)
{
    sg_notes_check(&certificate->notes, SG_KIND_AC_NOTES_DROPPED, where, findings);
    check_critical(certificate, findings);
    check_attributes(certificate, findings);
}
