/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/extension.h"

/* critical BOOLEAN DEFAULT FALSE */
static bool parse_critical(struct sg_der *der, struct sg_extension *out)
{
    if (!sg_der_next_is(der, SG_TAG_BOOLEAN))
        return true;
    if (!sg_der_boolean(der, SG_TAG_BOOLEAN, &out->critical))
        return false;
    out->default_spelled = !out->critical;
    return true;
}

/* An extension such as nearly all are: its lengths have one octet each, and no DEFAULT is spelled.
 * False, and nothing read: another kind. */
static bool skim_plain(struct sg_der *der, struct sg_extension *out)
{
    enum { HEADS_LEN = 6, CRITICAL_LEN = 3 };
    const uint8_t *at = der->ptr;
    size_t room = (size_t)(der->end - at);
    if (room < HEADS_LEN || at[0] != SG_TAG_SEQUENCE || at[1] >= 0x80 || at[1] > room - 2 ||
        at[2] != SG_TAG_OID || at[3] + 4u > at[1])
        return false;
    const uint8_t *end = at + 2 + at[1], *value = at + 4 + at[3];
    bool critical =
        value[0] == SG_TAG_BOOLEAN && value[1] == 1 && end - value >= 5 && value[2] == 0xff;
    value += critical ? CRITICAL_LEN : 0;
    struct signet_span oid = sg_span(at + 4, at[3]);
    if (value[0] != SG_TAG_OCTET_STRING || value[1] != end - value - 2 || !sg_oid_valid(oid))
        return false;
    *out = (struct sg_extension){.oid_octets = oid,
                                 .critical = critical,
                                 .value = sg_span(value + 2, value[1]),
                                 .offset = (size_t)(value + 2 - der->origin)};
    der->ptr = end;
    return true;
}

/* Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue
 * OCTET STRING } */
bool sg_extension_skim(struct sg_der *der, struct sg_extension *out)
{
    if (skim_plain(der, out))
        return true;
    struct sg_der next = *der, content;
    struct sg_extension extension = {0};
    if (!sg_der_enter(&next, SG_TAG_SEQUENCE, &content, "an Extension") ||
        !sg_der_oid(&content, &extension.oid_octets, "extnID") ||
        !parse_critical(&content, &extension) ||
        !sg_der_value(&content, SG_TAG_OCTET_STRING, &extension.value, "extnValue") ||
        !sg_der_end(&content))
        return false;
    extension.offset = (size_t)(extension.value.ptr - der->origin);
    *out = extension;
    *der = next;
    return true;
}

bool sg_extension_parse(struct sg_der *der, struct sg_extension *out)
{
    if (!sg_extension_skim(der, out))
        return false;
    out->oid = sg_oid_find(out->oid_octets);
    return true;
}

bool sg_extensions_next(struct sg_extensions *extensions, struct sg_extension *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(extensions->rest, &error);
    if (sg_der_done(&der))
        return false;
    if (extensions->origin != NULL)
        der.origin = extensions->origin;
    if (!sg_extension_parse(&der, out))
        return false;
    extensions->rest = sg_span_from(extensions->rest, (size_t)(der.ptr - extensions->rest.ptr));
    return true;
}

bool sg_extension_is_unknown_critical(const struct sg_extension *extension,
                                      enum sg_extension_place place)
{
    if (!extension->critical)
        return false;
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    return type == NULL || (type->processed & (unsigned)place) == 0;
}

bool sg_extension_is_malformed(const struct sg_extension *extension, enum sg_extension_place place,
                               struct signet_parse_error *error)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    *error = (struct signet_parse_error){0};
    if (type == NULL || (type->places & (unsigned)place) == 0 || type->shown_only)
        return false;
    struct sg_der value = sg_der_begin(extension->value, error);
    return !type->check(&value);
}

bool sg_extension_set_has(const struct sg_extension_set *set, struct signet_span oid)
{
    for (size_t i = 0; i < set->num; i++) {
        if (sg_span_equal(set->oids[i], oid))
            return true;
    }
    return false;
}

bool sg_extension_set_add(struct sg_extension_set *set, struct signet_span oid)
{
    if (set->num == SG_MAX_EXTENSIONS)
        return false;
    set->oids[set->num++] = oid;
    return true;
}
