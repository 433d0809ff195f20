/* SPDX-License-Identifier: Apache-2.0 */
/* basicConstraints, RFC 5280 4.2.1.9. */
#include "x509/extension_types.h"
#include "x509/extension_values.h"

/* BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX)
 * OPTIONAL } */
bool sg_basic_constraints_parse(struct sg_der *value, struct sg_basic_constraints *out)
{
    struct sg_basic_constraints parsed = {0};
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a BasicConstraints"))
        return false;
    if (sg_der_next_is(&content, SG_TAG_BOOLEAN)) {
        if (!sg_der_boolean(&content, SG_TAG_BOOLEAN, &parsed.is_ca))
            return false;
        parsed.default_spelled = !parsed.is_ca;
    }
    if (!sg_count_parse_optional(&content, SG_TAG_INTEGER, &parsed.path_len, "pathLenConstraint") ||
        !sg_der_end(&content) || !sg_der_end(value))
        return false;
    *out = parsed;
    return true;
}

static bool check(struct sg_der *value)
{
    struct sg_basic_constraints constraints;
    return sg_basic_constraints_parse(value, &constraints);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct sg_basic_constraints constraints;
    if (!sg_basic_constraints_parse(&der, &constraints))
        return;
    sg_dump_boolean(dump, "ca", constraints.is_ca);
    if (constraints.path_len >= 0)
        sg_dump_number(dump, "path_len", constraints.path_len);
}

const struct sg_extension_type sg_ext_basic_constraints = {
    .oid = SG_OID_CE_BASIC_CONSTRAINTS,
    .places = SG_IN_CERTIFICATE | SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check,
    .dump = dump,
};
