/* SPDX-License-Identifier: Apache-2.0 */
/* aaControls, RFC 5755 7.4. */
#include "x509/aa_controls.h"
#include "x509/extension_types.h"
#include "x509/extension_values.h"
#include "x509/walk.h"

/* AttrSpec ::= SEQUENCE OF OBJECT IDENTIFIER, [NUMBER] IMPLICIT OPTIONAL */
static bool parse_list(struct sg_der *content, unsigned number, struct signet_span *out)
{
    struct signet_span oid;
    if (!sg_der_optional(content, SG_TAG_CONTEXT_CONS(number), out))
        return false;
    struct sg_der list = sg_der_within(content, *out);
    while (!sg_der_done(&list)) {
        if (!sg_der_oid(&list, &oid, "an attribute type"))
            return false;
    }
    return true;
}

/*
 * AAControls ::= SEQUENCE { pathLenConstraint INTEGER (0..MAX) OPTIONAL, permittedAttrs [0]
 * AttrSpec OPTIONAL, excludedAttrs [1] AttrSpec OPTIONAL, permitUnSpecified BOOLEAN DEFAULT TRUE }
 */
static bool parse(struct sg_der *value, struct sg_aa_controls *out)
{
    struct sg_der content;
    *out = (struct sg_aa_controls){.permit_unspecified = true};
    return sg_der_enter(value, SG_TAG_SEQUENCE, &content, "an AAControls") &&
           sg_count_parse_optional(&content, SG_TAG_INTEGER, &out->path_len, "pathLenConstraint") &&
           parse_list(&content, 0, &out->permitted) && parse_list(&content, 1, &out->excluded) &&
           (sg_der_done(&content) ||
            sg_der_boolean(&content, SG_TAG_BOOLEAN, &out->permit_unspecified)) &&
           sg_der_end(&content) && sg_der_end(value);
}

static bool check(struct sg_der *value)
{
    struct sg_aa_controls controls;
    return parse(value, &controls);
}

static bool read_checked(struct signet_span value, struct sg_aa_controls *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return parse(&der, out);
}

bool sg_aa_controls_get(const struct signet_certificate *certificate, struct sg_aa_controls *out)
{
    struct sg_extensions rest = {certificate->extensions, certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&rest, &extension)) {
        if (extension.oid == SG_OID_PE_AA_CONTROLS)
            return read_checked(extension.value, out);
    }
    return false;
}

static bool lists(struct signet_span list, struct signet_span oid)
{
    struct sg_tlv one;
    while (sg_walk(&list, &one)) {
        if (sg_span_equal(one.value, oid))
            return true;
    }
    return false;
}

bool sg_aa_controls_permit(const struct sg_aa_controls *controls, struct signet_span oid)
{
    if (lists(controls->excluded, oid))
        return false;
    return lists(controls->permitted, oid) || controls->permit_unspecified;
}

static void dump_list(struct sg_dump *dump, const char *key, struct signet_span list)
{
    struct sg_tlv one;
    if (list.ptr == NULL)
        return;
    sg_dump_list(dump, key);
    while (sg_walk(&list, &one))
        sg_dump_oid(dump, NULL, one.value);
    sg_dump_end(dump);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct sg_aa_controls controls;
    if (!read_checked(value, &controls))
        return;
    if (controls.path_len >= 0)
        sg_dump_number(dump, "path_length", controls.path_len);
    dump_list(dump, "permitted", controls.permitted);
    dump_list(dump, "excluded", controls.excluded);
    sg_dump_boolean(dump, "permit_unspecified", controls.permit_unspecified);
}

/* It binds whoever judges attribute certificates, and nobody else. */
const struct sg_extension_type sg_ext_aa_controls = {
    .oid = SG_OID_PE_AA_CONTROLS,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check,
    .dump = dump,
};
