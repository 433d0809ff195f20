/* SPDX-License-Identifier: Apache-2.0 */
/* Role, RFC 5755 4.4.5. */
#include "x509/dump_names.h"
#include "x509/privilege_types.h"

struct role {
    struct signet_span authority; /* content octets of GeneralNames, {NULL,0} when absent */
    struct sg_general_name name;
};

/* RoleSyntax ::= SEQUENCE { roleAuthority [0] GeneralNames OPTIONAL, roleName [1] GeneralName } */
static bool parse(struct sg_der *value, struct role *out)
{
    struct sg_der content, name;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a RoleSyntax") ||
        !sg_der_optional(&content, SG_TAG_CONTEXT_CONS(0), &out->authority))
        return false;
    struct sg_der authority = sg_der_within(&content, out->authority);
    return (out->authority.ptr == NULL || sg_general_names_parse(&authority)) &&
           sg_der_enter(&content, SG_TAG_CONTEXT_CONS(1), &name, "roleName") &&
           sg_general_name_parse(&name, false, &out->name) && sg_der_end(&name) &&
           sg_der_end(&content) && sg_der_end(value);
}

static bool check(struct sg_der *value)
{
    struct role role;
    return parse(value, &role);
}

static bool read_checked(struct signet_span value, struct role *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return parse(&der, out);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct role role;
    if (!read_checked(value, &role))
        return;
    sg_dump_general_names(dump, "authority", role.authority);
    sg_dump_general_name(dump, "name", &role.name);
}

static void add_text(struct sg_buffer *buffer, struct signet_span value, struct signet_span *rest)
{
    struct role role;
    *rest = sg_span(NULL, 0);
    if (read_checked(value, &role))
        sg_general_name_add_text(buffer, &role.name);
}

const struct sg_privilege_type sg_privilege_role = {
    .oid = SG_OID_AT_ROLE,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};
