/* SPDX-License-Identifier: Apache-2.0 */
/* Of attribute certificates: auditIdentity, RFC 5755 4.3.1; targetInformation, 4.3.2. */
#include "x509/attribute_certificate_parts.h"
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/target.h"
#include "x509/walk.h"

static bool parse_audit_identity(struct sg_der *value, struct signet_span *identity)
{
    return sg_der_value(value, SG_TAG_OCTET_STRING, identity, "an OCTET STRING") &&
           sg_der_end(value);
}

static bool check_audit_identity(struct sg_der *value)
{
    struct signet_span identity;
    return parse_audit_identity(value, &identity);
}

static void dump_audit_identity(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span identity;
    if (parse_audit_identity(&der, &identity))
        sg_dump_hex(dump, "identity", identity);
}

/* Processing it is showing it: an audit trail names it in place of the holder. */
const struct sg_extension_type sg_ext_audit_identity = {
    .oid = SG_OID_PE_AC_AUDIT_IDENTITY,
    .places = SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_ATTRIBUTE_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_audit_identity,
    .dump = dump_audit_identity,
};

/* GeneralName is a CHOICE, so its tag here is EXPLICIT. */
static bool parse_named(struct sg_der *list, struct sg_target *out)
{
    struct sg_der content;
    out->has_name = true;
    return sg_der_enter(list, SG_TAG_CONTEXT_CONS((unsigned)out->type), &content, "a Target") &&
           sg_general_name_parse(&content, false, &out->name) && sg_der_end(&content);
}

/* TargetCert ::= SEQUENCE { targetCertificate IssuerSerial, targetName GeneralName OPTIONAL,
 * certDigestInfo ObjectDigestInfo OPTIONAL } */
static bool parse_certificate(struct sg_der *list, struct sg_target *out)
{
    struct sg_der content;
    if (!sg_der_enter(list, SG_TAG_CONTEXT_CONS(2), &content, "a TargetCert") ||
        !sg_issuer_serial_parse(&content, SG_TAG_SEQUENCE, &out->certificate))
        return false;
    out->has_name = !sg_der_done(&content) && !sg_der_next_is(&content, SG_TAG_SEQUENCE);
    if (out->has_name && !sg_general_name_parse(&content, false, &out->name))
        return false;
    return (sg_der_done(&content) ||
            sg_object_digest_parse(&content, SG_TAG_SEQUENCE, &out->digest)) &&
           sg_der_end(&content);
}

/* Target ::= CHOICE { targetName [0] GeneralName, targetGroup [1] GeneralName, targetCert [2]
 * TargetCert } */
static bool parse_target(struct sg_der *list, struct sg_target *out)
{
    *out = (struct sg_target){.type = SG_TARGET_NAME};
    if (sg_der_next_is(list, SG_TAG_CONTEXT_CONS(2))) {
        out->type = SG_TARGET_CERTIFICATE;
        return parse_certificate(list, out);
    }
    if (sg_der_next_is(list, SG_TAG_CONTEXT_CONS(1)))
        out->type = SG_TARGET_GROUP;
    return parse_named(list, out);
}

/* SEQUENCE OF Targets; Targets ::= SEQUENCE OF Target */
static bool check_targets(struct sg_der *value)
{
    struct sg_der lists, list;
    struct sg_target target;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &lists, "a SEQUENCE OF Targets"))
        return false;
    while (!sg_der_done(&lists)) {
        if (!sg_der_enter(&lists, SG_TAG_SEQUENCE, &list, "a Targets"))
            return false;
        while (!sg_der_done(&list)) {
            if (!parse_target(&list, &target))
                return false;
        }
    }
    return sg_der_end(value);
}

struct sg_targets sg_targets_begin(struct signet_span value)
{
    return (struct sg_targets){.lists = sg_walk_into(value)};
}

bool sg_targets_next(struct sg_targets *targets, struct sg_target *out)
{
    struct sg_tlv element;
    while (!sg_walk(&targets->rest, &element)) {
        if (!sg_walk(&targets->lists, &element))
            return false;
        targets->rest = element.value;
    }
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(element.full, &error);
    return parse_target(&der, out);
}

static void dump_target(struct sg_dump *dump, const struct sg_target *target)
{
    static const char *const keys[] = {
        [SG_TARGET_NAME] = "name",
        [SG_TARGET_GROUP] = "group",
        [SG_TARGET_CERTIFICATE] = "certificate_name",
    };
    sg_dump_map(dump, NULL);
    sg_issuer_serial_dump(dump, "certificate", &target->certificate);
    if (target->has_name)
        sg_dump_general_name(dump, keys[target->type], &target->name);
    sg_object_digest_dump(dump, "digest", &target->digest);
    sg_dump_end(dump);
}

static void dump_targets(struct sg_dump *dump, struct signet_span value)
{
    struct sg_targets targets = sg_targets_begin(value);
    struct sg_target target;
    sg_dump_list(dump, "targets");
    while (sg_targets_next(&targets, &target))
        dump_target(dump, &target);
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_target_information = {
    .oid = SG_OID_CE_TARGET_INFORMATION,
    .places = SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_ATTRIBUTE_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_targets,
    .dump = dump_targets,
};
