/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_parts.h"

enum { MAX_NUMBER_LEN = 20 };

static const struct signet_span no_oid = {NULL, 0};

void sg_crl_note(struct signet_crl *crl, enum sg_kind kind, const uint8_t *at,
                 struct signet_span oid)
{
    const struct sg_note note = {.kind = kind, .offset = (size_t)(at - crl->der.ptr), .oid = oid};
    sg_notes_add(&crl->notes, &note);
}

void sg_crl_refuse(struct signet_crl *crl, enum sg_kind kind, const uint8_t *at,
                   struct signet_span oid, const char *expected)
{
    const struct sg_note note = {
        .kind = kind, .offset = (size_t)(at - crl->der.ptr), .oid = oid, .expected = expected};
    crl->unusable = true;
    sg_notes_add(&crl->notes, &note);
}

void sg_crl_note_flag(struct signet_crl *crl, const struct sg_extension *extension,
                      enum sg_extension_place place)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    const uint8_t *at = extension->value.ptr;
    if (extension->default_spelled)
        sg_crl_note(crl, SG_KIND_CRL_EXTENSION_DEFAULT, at, extension->oid_octets);
    if (type == NULL || (type->places & (unsigned)place) == 0)
        return;
    if (type->criticality == SG_CRITICAL_ALWAYS && !extension->critical)
        sg_crl_note(crl, SG_KIND_CRL_EXTENSION_NOT_CRITICAL, at, extension->oid_octets);
    if (type->criticality == SG_CRITICAL_NEVER && extension->critical)
        sg_crl_note(crl, SG_KIND_CRL_EXTENSION_CRITICAL, at, extension->oid_octets);
}

/* RFC 5280 5.2.3: positive and of 20 octets at most. */
static void note_number(struct signet_crl *crl, struct signet_span number)
{
    if (number.len > MAX_NUMBER_LEN || (number.ptr[0] & 0x80) != 0)
        sg_crl_note(crl, SG_KIND_CRL_NUMBER_ODD, number.ptr, no_oid);
}

static bool take_number(struct signet_crl *crl, const struct sg_extension *extension,
                        struct sg_der *value)
{
    (void)extension;
    if (!sg_crl_number_parse(value, &crl->number))
        return false;
    note_number(crl, crl->number);
    return true;
}

static bool take_base_number(struct signet_crl *crl, const struct sg_extension *extension,
                             struct sg_der *value)
{
    (void)extension;
    if (!sg_crl_number_parse(value, &crl->base_number))
        return false;
    crl->is_delta = true;
    note_number(crl, crl->base_number);
    return true;
}

static bool take_issuing_distribution_point(struct signet_crl *crl,
                                            const struct sg_extension *extension,
                                            struct sg_der *value)
{
    if (!sg_issuing_distribution_point_parse(value, &crl->idp))
        return false;
    unsigned scopes = (unsigned)crl->idp.only_user_certs + (unsigned)crl->idp.only_ca_certs +
                      (unsigned)crl->idp.only_attribute_certs;
    if (scopes > 1)
        sg_crl_refuse(crl, SG_KIND_CRL_SCOPE_CONTRADICTS, extension->value.ptr, no_oid, NULL);
    if (crl->idp.empty)
        sg_crl_note(crl, SG_KIND_CRL_SCOPE_EMPTY, extension->value.ptr, no_oid);
    if (crl->idp.default_spelled)
        sg_crl_note(crl, SG_KIND_CRL_EXTENSION_DEFAULT, extension->value.ptr,
                    extension->oid_octets);
    return true;
}

static bool take_authority_key_identifier(struct signet_crl *crl,
                                          const struct sg_extension *extension,
                                          struct sg_der *value)
{
    (void)extension;
    return sg_authority_key_identifier_parse(value, &crl->aki);
}

static bool take_freshest_crl(struct signet_crl *crl, const struct sg_extension *extension,
                              struct sg_der *value)
{
    if (!sg_extension_type_find(SG_OID_CE_FRESHEST_CRL)->check(value))
        return false;
    crl->freshest_crl = extension->value;
    return true;
}

static bool take_authority_info_access(struct signet_crl *crl, const struct sg_extension *extension,
                                       struct sg_der *value)
{
    if (!sg_extension_type_find(SG_OID_PE_AUTHORITY_INFO_ACCESS)->check(value))
        return false;
    crl->authority_info_access = extension->value;
    return true;
}

static const struct taker {
    enum sg_oid oid;
    bool (*take)(struct signet_crl *crl, const struct sg_extension *extension,
                 struct sg_der *value);
} takers[] = {
    {SG_OID_CE_CRL_NUMBER, take_number},
    {SG_OID_CE_DELTA_CRL_INDICATOR, take_base_number},
    {SG_OID_CE_ISSUING_DISTRIBUTION_POINT, take_issuing_distribution_point},
    {SG_OID_CE_AUTHORITY_KEY_IDENTIFIER, take_authority_key_identifier},
    {SG_OID_CE_FRESHEST_CRL, take_freshest_crl},
    {SG_OID_PE_AUTHORITY_INFO_ACCESS, take_authority_info_access},
};

/* Reads a known value into its fact. False: malformed, and no fact is set. */
static bool take_value(struct signet_crl *crl, const struct sg_extension *extension,
                       const struct sg_extension_type *type, struct sg_der *value)
{
    for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
        if (takers[i].oid == extension->oid)
            return takers[i].take(crl, extension, value);
    }
    return type->check(value);
}

static void take(struct signet_crl *crl, const struct sg_extension *extension,
                 const struct sg_der *list)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_within(list, extension->value);
    value.error = &error;
    if (sg_extension_is_unknown_critical(extension, SG_IN_CRL))
        sg_crl_refuse(crl, SG_KIND_CRL_CRITICAL_UNKNOWN, extension->value.ptr,
                      extension->oid_octets, NULL);
    if (type != NULL && (type->places & SG_IN_CRL) != 0 &&
        !take_value(crl, extension, type, &value))
        sg_crl_refuse(crl, SG_KIND_CRL_EXTENSION_MALFORMED, crl->der.ptr + error.offset,
                      extension->oid_octets, error.expected);
    sg_crl_note_flag(crl, extension, SG_IN_CRL);
}

bool sg_crl_take_extensions(struct signet_crl *crl, struct sg_der *list)
{
    struct sg_extension_set seen;
    struct sg_extension extension;
    seen.num = 0;
    while (!sg_der_done(list)) {
        if (!sg_extension_parse(list, &extension))
            return false;
        if (sg_extension_set_has(&seen, extension.oid_octets)) {
            sg_crl_refuse(crl, SG_KIND_CRL_EXTENSION_REPEATED, extension.value.ptr,
                          extension.oid_octets, NULL);
            continue;
        }
        if (!sg_extension_set_add(&seen, extension.oid_octets))
            return sg_der_fail(list, "no more than 128 extensions");
        take(crl, &extension, list);
    }
    return true;
}

void sg_crl_conclude_facts(struct signet_crl *crl)
{
    if (crl->version == 2 && crl->number.ptr == NULL)
        sg_crl_note(crl, SG_KIND_CRL_NUMBER_MISSING, crl->tbs.ptr, no_oid);
    if (crl->version == 2 && crl->aki.key_id.ptr == NULL && crl->aki.issuer.ptr == NULL)
        sg_crl_note(crl, SG_KIND_CRL_AKI_MISSING, crl->tbs.ptr, no_oid);
    if (crl->is_delta && crl->freshest_crl.ptr != NULL) {
        sg_crl_note(crl, SG_KIND_CRL_FRESHEST_MISPLACED, crl->freshest_crl.ptr, no_oid);
        crl->freshest_crl = no_oid;
    }
}
