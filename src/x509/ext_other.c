/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extensions that take no part in any judgement: subjectDirectoryAttributes, RFC 5280 4.2.1.8;
 * privateKeyUsagePeriod, RFC 3280 4.2.1.4; qcStatements, RFC 3739 3.2.6; sMIMECapabilities, RFC
 * 4262; Netscape's and Entrust's own. And noRevAvail, RFC 9608, whose value says nothing.
 */
#include "asn1/element.h"
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/walk.h"

static bool check_no_rev_avail(struct sg_der *value)
{
    return sg_der_null(value) && sg_der_end(value);
}

static void dump_nothing(struct sg_dump *dump, struct signet_span value)
{
    (void)dump;
    (void)value;
}

const struct sg_extension_type sg_ext_no_rev_avail = {
    .oid = SG_OID_CE_NO_REV_AVAIL,
    .places = SG_IN_CERTIFICATE | SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE | SG_IN_ATTRIBUTE_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_no_rev_avail,
    .dump = dump_nothing,
};

/* Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET SIZE (1..MAX) OF ANY } */
static bool check_attribute(struct sg_der *list)
{
    struct sg_der content, values;
    struct signet_span type;
    struct sg_tlv value;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "an Attribute") ||
        !sg_der_oid(&content, &type, "an attribute type") ||
        !sg_der_enter(&content, SG_TAG_SET, &values, "attribute values") || !sg_der_end(&content))
        return false;
    do {
        if (!sg_der_any(&values, &value))
            return false;
    } while (!sg_der_done(&values));
    return true;
}

/* SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF Attribute */
static bool check_attributes(struct sg_der *value)
{
    struct sg_der list;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a SubjectDirectoryAttributes"))
        return false;
    do {
        if (!check_attribute(&list))
            return false;
    } while (!sg_der_done(&list));
    return sg_der_end(value);
}

static void dump_attribute(struct sg_dump *dump, struct signet_span attribute)
{
    struct sg_tlv type, set, value;
    if (!sg_walk(&attribute, &type) || !sg_walk(&attribute, &set))
        return;
    sg_dump_map(dump, NULL);
    sg_dump_oid(dump, "type", type.value);
    sg_dump_list(dump, "values");
    while (sg_walk(&set.value, &value))
        sg_dump_string_element(dump, NULL, &value);
    sg_dump_end(dump);
    sg_dump_end(dump);
}

static void dump_attributes(struct sg_dump *dump, struct signet_span value)
{
    struct signet_span list = sg_walk_into(value);
    struct sg_tlv attribute;
    sg_dump_list(dump, "attributes");
    while (sg_walk(&list, &attribute))
        dump_attribute(dump, attribute.value);
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_subject_directory_attributes = {
    .oid = SG_OID_CE_SUBJECT_DIRECTORY_ATTRIBUTES,
    .places = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_attributes,
    .dump = dump_attributes,
};

/* A GeneralizedTime under an implicit tag, by putting its own tag on it. */
static bool parse_implicit_time(struct signet_span content, signet_time *out)
{
    enum { CONTENT_LEN = 15 };
    uint8_t element[2 + CONTENT_LEN] = {SG_TAG_GENERALIZED_TIME, CONTENT_LEN};
    if (content.len != CONTENT_LEN)
        return false;
    memcpy(element + 2, content.ptr, CONTENT_LEN);
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(element, sizeof(element)), &error);
    uint32_t tag;
    return sg_der_time(&der, out, &tag);
}

/* PrivateKeyUsagePeriod ::= SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1]
 * GeneralizedTime OPTIONAL } */
static bool check_usage_period(struct sg_der *value)
{
    struct sg_der content;
    signet_time time;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a PrivateKeyUsagePeriod"))
        return false;
    for (unsigned field = 0; field < 2; field++) {
        struct signet_span octets;
        if (!sg_der_optional(&content, SG_TAG_CONTEXT(field), &octets))
            return false;
        if (octets.ptr != NULL && !parse_implicit_time(octets, &time))
            return sg_der_fail_at(&content, octets.ptr, "a GeneralizedTime");
    }
    return sg_der_end(&content) && sg_der_end(value);
}

static void dump_usage_period(struct sg_dump *dump, struct signet_span value)
{
    struct signet_span rest = sg_walk_into(value);
    struct sg_tlv field;
    signet_time time;
    while (sg_walk(&rest, &field)) {
        if (parse_implicit_time(field.value, &time))
            sg_dump_time(dump, field.tag == SG_TAG_CONTEXT(0) ? "not_before" : "not_after", time);
    }
}

const struct sg_extension_type sg_ext_private_key_usage_period = {
    .oid = SG_OID_CE_PRIVATE_KEY_USAGE_PERIOD,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_usage_period,
    .dump = dump_usage_period,
};

/* SEQUENCE OF SEQUENCE { OBJECT IDENTIFIER, ANY OPTIONAL }: QCStatements, SMIMECapabilities. */
static bool check_pairs(struct sg_der *value)
{
    struct sg_der list, content;
    struct signet_span oid;
    struct sg_tlv parameter;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a SEQUENCE"))
        return false;
    while (!sg_der_done(&list)) {
        if (!sg_der_enter(&list, SG_TAG_SEQUENCE, &content, "a SEQUENCE") ||
            !sg_der_oid(&content, &oid, "an OBJECT IDENTIFIER") ||
            !(sg_der_done(&content) || sg_der_any(&content, &parameter)) || !sg_der_end(&content))
            return false;
    }
    return sg_der_end(value);
}

static void dump_pairs(struct sg_dump *dump, const char *key, struct signet_span value)
{
    struct signet_span list = sg_walk_into(value);
    struct sg_tlv pair, part;
    sg_dump_list(dump, key);
    while (sg_walk(&list, &pair)) {
        sg_dump_map(dump, NULL);
        if (sg_walk(&pair.value, &part))
            sg_dump_oid(dump, "id", part.value);
        if (sg_walk(&pair.value, &part))
            sg_dump_string_element(dump, "value", &part);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

static void dump_statements(struct sg_dump *dump, struct signet_span value)
{
    dump_pairs(dump, "statements", value);
}

const struct sg_extension_type sg_ext_qc_statements = {
    .oid = SG_OID_PE_QC_STATEMENTS,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_pairs,
    .dump = dump_statements,
};

static void dump_capabilities(struct sg_dump *dump, struct signet_span value)
{
    dump_pairs(dump, "capabilities", value);
}

const struct sg_extension_type sg_ext_smime_capabilities = {
    .oid = SG_OID_AA_SMIME_CAPABILITIES,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_pairs,
    .dump = dump_capabilities,
};

static const char *const netscape_types[] = {
    "SSL client", "SSL server", "S/MIME",    "object signing",
    NULL,         "SSL CA",     "S/MIME CA", "object signing CA",
};

static bool check_netscape_type(struct sg_der *value)
{
    struct signet_span octets;
    unsigned unused;
    return sg_der_bit_string(value, SG_TAG_BIT_STRING, &octets, &unused, "a BIT STRING") &&
           sg_der_end(value);
}

static void dump_netscape_type(struct sg_dump *dump, struct signet_span value)
{
    struct signet_span octets = sg_span_from(sg_walk_into(value), 1);
    sg_dump_list(dump, "types");
    for (size_t bit = 0; bit < 8 && octets.len > 0; bit++) {
        if ((octets.ptr[0] << bit & 0x80) != 0 && netscape_types[bit] != NULL)
            sg_dump_string(dump, NULL, netscape_types[bit]);
    }
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_netscape_cert_type = {
    .oid = SG_OID_NETSCAPE_CERT_TYPE,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_netscape_type,
    .dump = dump_netscape_type,
};

static bool check_netscape_comment(struct sg_der *value)
{
    struct signet_span text;
    return sg_der_value(value, SG_TAG_IA5_STRING, &text, "an IA5String") && sg_der_end(value);
}

static void dump_comment(struct sg_dump *dump, struct signet_span value)
{
    struct sg_tlv text;
    if (sg_walk(&value, &text))
        sg_dump_string_element(dump, "comment", &text);
}

const struct sg_extension_type sg_ext_netscape_comment = {
    .oid = SG_OID_NETSCAPE_COMMENT,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_netscape_comment,
    .dump = dump_comment,
};

/* EntrustVersInfo ::= SEQUENCE { entrustVers GeneralString, … } */
static bool check_entrust(struct sg_der *value)
{
    struct sg_der content;
    struct sg_tlv version;
    return sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a SEQUENCE") &&
           sg_der_any(&content, &version) && sg_der_end(value);
}

static void dump_entrust(struct sg_dump *dump, struct signet_span value)
{
    struct signet_span content = sg_walk_into(value);
    struct sg_tlv version;
    if (sg_walk(&content, &version))
        sg_dump_text(dump, "version", version.value);
}

const struct sg_extension_type sg_ext_entrust_version_info = {
    .oid = SG_OID_ENTRUST_VERSION_INFO,
    .places = SG_IN_CERTIFICATE,
    .shown_only = true,
    .check = check_entrust,
    .dump = dump_entrust,
};
