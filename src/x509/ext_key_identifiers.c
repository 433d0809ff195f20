/* SPDX-License-Identifier: Apache-2.0 */
/* authorityKeyIdentifier, RFC 5280 4.2.1.1; subjectKeyIdentifier, 4.2.1.2. */
#include "asn1/element.h"
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/extension_values.h"

bool sg_subject_key_identifier_parse(struct sg_der *value, struct signet_span *key_id)
{
    struct signet_span octets;
    if (!sg_der_value(value, SG_TAG_OCTET_STRING, &octets, "a KeyIdentifier") || !sg_der_end(value))
        return false;
    *key_id = octets;
    return true;
}

static bool check_subject(struct sg_der *value)
{
    struct signet_span key_id;
    return sg_subject_key_identifier_parse(value, &key_id);
}

static void dump_subject(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span key_id;
    if (sg_subject_key_identifier_parse(&der, &key_id))
        sg_dump_hex(dump, "key_id", key_id);
}

const struct sg_extension_type sg_ext_subject_key_identifier = {
    .oid = SG_OID_CE_SUBJECT_KEY_IDENTIFIER,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_subject,
    .dump = dump_subject,
};

static bool parse_issuer(struct sg_der *content, struct signet_span *issuer)
{
    if (!sg_der_optional(content, SG_TAG_CONTEXT_CONS(1), issuer))
        return false;
    struct sg_der names = sg_der_within(content, *issuer);
    return issuer->ptr == NULL || sg_general_names_parse(&names);
}

/* [2] CertificateSerialNumber, as serial numbers go: not negative is not asked for. */
static bool parse_serial(struct sg_der *content, struct signet_span *serial)
{
    if (!sg_der_optional(content, SG_TAG_CONTEXT(2), serial))
        return false;
    if (serial->ptr == NULL || sg_integer_valid(*serial))
        return true;
    return sg_der_fail_at(content, serial->ptr, "a minimal INTEGER");
}

/*
 * AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] KeyIdentifier OPTIONAL,
 * authorityCertIssuer [1] GeneralNames OPTIONAL, authorityCertSerialNumber [2]
 * CertificateSerialNumber OPTIONAL }
 */
bool sg_authority_key_identifier_parse(struct sg_der *value, struct sg_aki *out)
{
    struct sg_aki aki = {0};
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "an AuthorityKeyIdentifier") ||
        !sg_der_optional(&content, SG_TAG_CONTEXT(0), &aki.key_id) ||
        !parse_issuer(&content, &aki.issuer) || !parse_serial(&content, &aki.serial) ||
        !sg_der_end(&content) || !sg_der_end(value))
        return false;
    *out = aki;
    return true;
}

static bool check_authority(struct sg_der *value)
{
    struct sg_aki aki;
    return sg_authority_key_identifier_parse(value, &aki);
}

static void dump_authority(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct sg_aki aki;
    if (!sg_authority_key_identifier_parse(&der, &aki))
        return;
    if (aki.key_id.ptr != NULL)
        sg_dump_hex(dump, "key_id", aki.key_id);
    sg_dump_general_names(dump, "issuer", aki.issuer);
    if (aki.serial.ptr != NULL)
        sg_dump_hex(dump, "serial", aki.serial);
}

const struct sg_extension_type sg_ext_authority_key_identifier = {
    .oid = SG_OID_CE_AUTHORITY_KEY_IDENTIFIER,
    .places = SG_IN_CERTIFICATE | SG_IN_CRL | SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE | SG_IN_CRL | SG_IN_ATTRIBUTE_CERTIFICATE,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_authority,
    .dump = dump_authority,
};
