/* SPDX-License-Identifier: Apache-2.0 */
/* Service authentication information and access identity, RFC 5755 4.4.1, 4.4.2. */
#include "x509/dump_names.h"
#include "x509/privilege_types.h"

struct service {
    struct sg_general_name service, identity;
    struct signet_span secret; /* authInfo, {NULL,0} when absent: encrypted where it is one */
};

/* SvceAuthInfo ::= SEQUENCE { service GeneralName, ident GeneralName, authInfo OCTET STRING
 * OPTIONAL } */
static bool parse(struct sg_der *value, struct service *out)
{
    struct sg_der content;
    return sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a SvceAuthInfo") &&
           sg_general_name_parse(&content, false, &out->service) &&
           sg_general_name_parse(&content, false, &out->identity) &&
           sg_der_optional(&content, SG_TAG_OCTET_STRING, &out->secret) && sg_der_end(&content) &&
           sg_der_end(value);
}

static bool check(struct sg_der *value)
{
    struct service service;
    return parse(value, &service);
}

static bool read_checked(struct signet_span value, struct service *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return parse(&der, out);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct service service;
    if (!read_checked(value, &service))
        return;
    sg_dump_general_name(dump, "service", &service.service);
    sg_dump_general_name(dump, "identity", &service.identity);
    if (service.secret.ptr != NULL)
        sg_dump_hex(dump, "authentication", service.secret);
}

/* "rfc822Name:alice@example.org at URI:ldap://…". */
static void add_text(struct sg_buffer *buffer, struct signet_span value, struct signet_span *rest)
{
    struct service service;
    *rest = sg_span(NULL, 0);
    if (!read_checked(value, &service))
        return;
    sg_general_name_add_text(buffer, &service.identity);
    sg_buffer_add_text(buffer, " at ");
    sg_general_name_add_text(buffer, &service.service);
}

const struct sg_privilege_type sg_privilege_authentication_info = {
    .oid = SG_OID_ACA_AUTHENTICATION_INFO,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};

const struct sg_privilege_type sg_privilege_access_identity = {
    .oid = SG_OID_ACA_ACCESS_IDENTITY,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};
