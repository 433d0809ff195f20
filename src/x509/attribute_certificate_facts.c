/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate_parts.h"

#include "x509/access.h"
#include "x509/distribution_point.h"
#include "x509/privilege.h"

static const struct signet_span no_oid = {NULL, 0};

void sg_attribute_certificate_note(struct signet_attribute_certificate *certificate,
                                   enum sg_kind kind, const uint8_t *at, struct signet_span oid)
{
    const struct sg_note note = {
        .kind = kind, .offset = (size_t)(at - certificate->der.ptr), .oid = oid};
    sg_notes_add(&certificate->notes, &note);
}

static void note(struct signet_attribute_certificate *certificate, enum sg_kind kind,
                 const struct sg_extension *extension)
{
    sg_attribute_certificate_note(certificate, kind, extension->value.ptr, extension->oid_octets);
}

/* Facts that are the value itself. */
static void take_value(struct signet_attribute_certificate *certificate,
                       const struct sg_extension *extension)
{
    const struct {
        enum sg_oid oid;
        struct signet_span *field;
    } fields[] = {
        {SG_OID_CE_TARGET_INFORMATION, &certificate->targets},
        {SG_OID_CE_CRL_DISTRIBUTION_POINTS, &certificate->crl_distribution_points},
        {SG_OID_PE_AUTHORITY_INFO_ACCESS, &certificate->authority_info_access},
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (fields[i].oid == extension->oid)
            *fields[i].field = extension->value;
    }
    certificate->no_rev_avail |= extension->oid == SG_OID_CE_NO_REV_AVAIL;
}

/* Reads a known value into its fact. False: malformed, and no fact is set. */
static bool take_known(struct signet_attribute_certificate *certificate,
                       const struct sg_extension *extension, const struct sg_extension_type *type,
                       struct sg_der *value)
{
    if (extension->oid == SG_OID_CE_AUTHORITY_KEY_IDENTIFIER)
        return sg_authority_key_identifier_parse(value, &certificate->aki);
    if (!type->check(value))
        return false;
    take_value(certificate, extension);
    return true;
}

static void take(struct signet_attribute_certificate *certificate,
                 const struct sg_extension *extension, const struct sg_der *list)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    if (extension->default_spelled)
        note(certificate, SG_KIND_AC_EXTENSION_DEFAULT, extension);
    if (type == NULL || type->shown_only || (type->places & SG_IN_ATTRIBUTE_CERTIFICATE) == 0)
        return;

    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_within(list, extension->value);
    value.error = &error;
    if (!take_known(certificate, extension, type, &value)) {
        const struct sg_note malformed = {.kind = SG_KIND_AC_EXTENSION_MALFORMED,
                                          .offset = error.offset,
                                          .oid = extension->oid_octets,
                                          .expected = error.expected};
        sg_notes_add(&certificate->notes, &malformed);
    }
    if (type->criticality == SG_CRITICAL_ALWAYS && !extension->critical)
        note(certificate, SG_KIND_AC_EXTENSION_NOT_CRITICAL, extension);
    if (type->criticality == SG_CRITICAL_NEVER && extension->critical)
        note(certificate, SG_KIND_AC_EXTENSION_CRITICAL, extension);
}

bool sg_attribute_certificate_take_extensions(struct signet_attribute_certificate *certificate,
                                              struct sg_der *list)
{
    struct sg_extension_set seen;
    struct sg_extension extension;
    seen.num = 0;
    while (!sg_der_done(list)) {
        if (!sg_extension_parse(list, &extension))
            return false;
        if (sg_extension_set_has(&seen, extension.oid_octets)) {
            note(certificate, SG_KIND_AC_EXTENSION_REPEATED, &extension);
            continue;
        }
        if (!sg_extension_set_add(&seen, extension.oid_octets))
            return sg_der_fail(list, "no more than 128 extensions");
        take(certificate, &extension, list);
    }
    return true;
}

bool sg_attribute_certificate_take_attributes(struct signet_attribute_certificate *certificate,
                                              struct sg_der *list)
{
    struct sg_privilege privilege;
    certificate->attributes = sg_span(list->ptr, (size_t)(list->end - list->ptr));
    for (; !sg_der_done(list); certificate->num_attributes++) {
        if (certificate->num_attributes == SG_MAX_ATTRIBUTES)
            return sg_der_fail(list, "no more than 128 attributes");
        if (!sg_privilege_parse(list, &privilege))
            return false;
    }
    return true;
}

static bool has_several_points(struct signet_span value)
{
    struct sg_distribution_points points = sg_distribution_points_begin(value);
    struct sg_distribution_point point;
    return sg_distribution_points_next(&points, &point) &&
           sg_distribution_points_next(&points, &point);
}

bool sg_attribute_certificate_has_pointer(const struct signet_attribute_certificate *certificate)
{
    struct sg_access_descriptions descriptions =
        sg_access_descriptions_begin(certificate->authority_info_access);
    struct sg_access_description description;
    while (sg_access_descriptions_next(&descriptions, &description)) {
        if (description.method == SG_OID_AD_OCSP)
            return true;
    }
    return certificate->crl_distribution_points.ptr != NULL;
}

void sg_attribute_certificate_conclude_facts(struct signet_attribute_certificate *certificate)
{
    const uint8_t *info = certificate->info.ptr;
    if (certificate->version == 1)
        return;
    if (certificate->num_attributes == 0)
        sg_attribute_certificate_note(certificate, SG_KIND_AC_ATTRIBUTES_NONE, info, no_oid);
    if (certificate->no_rev_avail && sg_attribute_certificate_has_pointer(certificate))
        sg_attribute_certificate_note(certificate, SG_KIND_AC_NO_REV_AVAIL_CONTRADICTS, info,
                                      no_oid);
    if (has_several_points(certificate->crl_distribution_points))
        sg_attribute_certificate_note(certificate, SG_KIND_AC_POINTERS_SEVERAL, info, no_oid);
}
