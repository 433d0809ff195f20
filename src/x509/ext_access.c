/* SPDX-License-Identifier: Apache-2.0 */
/* authorityInfoAccess, RFC 5280 4.2.2.1 and 5.2.7; subjectInfoAccess, 4.2.2.2. */
#include "x509/access.h"

#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/walk.h"

/* AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName } */
static bool parse_description(struct sg_der *list, struct sg_access_description *out)
{
    struct sg_der content;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "an AccessDescription") ||
        !sg_der_oid(&content, &out->method_octets, "accessMethod") ||
        !sg_general_name_parse(&content, false, &out->location) || !sg_der_end(&content))
        return false;
    out->method = sg_oid_find(out->method_octets);
    return true;
}

/* AuthorityInfoAccessSyntax, SubjectInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF
 * AccessDescription */
static bool check(struct sg_der *value)
{
    struct sg_der list;
    struct sg_access_description description;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a list of AccessDescription"))
        return false;
    do {
        if (!parse_description(&list, &description))
            return false;
    } while (!sg_der_done(&list));
    return sg_der_end(value);
}

struct sg_access_descriptions sg_access_descriptions_begin(struct signet_span value)
{
    return (struct sg_access_descriptions){sg_walk_into(value)};
}

bool sg_access_descriptions_next(struct sg_access_descriptions *descriptions,
                                 struct sg_access_description *out)
{
    struct sg_tlv element;
    if (!sg_walk(&descriptions->rest, &element))
        return false;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(element.full, &error);
    return parse_description(&der, out);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct sg_access_descriptions descriptions = sg_access_descriptions_begin(value);
    struct sg_access_description description;
    sg_dump_list(dump, "descriptions");
    while (sg_access_descriptions_next(&descriptions, &description)) {
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "method", description.method_octets);
        sg_dump_general_name(dump, "location", &description.location);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_authority_info_access = {
    .oid = SG_OID_PE_AUTHORITY_INFO_ACCESS,
    .places = SG_IN_CERTIFICATE | SG_IN_CRL | SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE | SG_IN_CRL | SG_IN_ATTRIBUTE_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check,
    .dump = dump,
};

const struct sg_extension_type sg_ext_subject_info_access = {
    .oid = SG_OID_PE_SUBJECT_INFO_ACCESS,
    .places = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check,
    .dump = dump,
};
