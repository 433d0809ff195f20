/* SPDX-License-Identifier: Apache-2.0 */
/* cRLNumber, RFC 5280 5.2.3; deltaCRLIndicator, 5.2.4; entries: reasonCode, 5.3.1;
 * invalidityDate, 5.3.2; holdInstructionCode, RFC 3280 5.3.2. */
#include "asn1/element.h"
#include "x509/crl.h"
#include "x509/extension_types.h"
#include "x509/extension_values.h"

bool sg_crl_number_parse(struct sg_der *value, struct signet_span *number)
{
    struct signet_span octets;
    if (!sg_der_integer(value, &octets, "a CRLNumber") || !sg_der_end(value))
        return false;
    *number = octets;
    return true;
}

static bool check_number(struct sg_der *value)
{
    struct signet_span number;
    return sg_crl_number_parse(value, &number);
}

static void dump_number(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span number;
    if (sg_crl_number_parse(&der, &number))
        sg_dump_hex(dump, "number", number);
}

const struct sg_extension_type sg_ext_crl_number = {
    .oid = SG_OID_CE_CRL_NUMBER,
    .places = SG_IN_CRL,
    .processed = SG_IN_CRL,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_number,
    .dump = dump_number,
};

const struct sg_extension_type sg_ext_delta_crl_indicator = {
    .oid = SG_OID_CE_DELTA_CRL_INDICATOR,
    .places = SG_IN_CRL,
    .processed = SG_IN_CRL,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_number,
    .dump = dump_number,
};

/* Larger numbers of reasons are all the same to us: unknown. */
enum { MAX_REASON = 255 };

/* CRLReason ::= ENUMERATED */
bool sg_reason_code_parse(struct sg_der *value, int *reason)
{
    struct signet_span octets;
    if (!sg_der_value(value, SG_TAG_ENUMERATED, &octets, "a CRLReason") || !sg_der_end(value))
        return false;
    if (!sg_integer_valid(octets) || (octets.ptr[0] & 0x80) != 0)
        return sg_der_fail_at(value, octets.ptr, "a minimal ENUMERATED that is not negative");
    *reason = octets.len == 1 ? octets.ptr[0] : MAX_REASON;
    return true;
}

static bool check_reason(struct sg_der *value)
{
    int reason;
    return sg_reason_code_parse(value, &reason);
}

static void dump_reason(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    int reason = SG_REASON_ABSENT;
    if (sg_reason_code_parse(&der, &reason))
        sg_dump_string(dump, "reason", sg_crl_reason_name(reason));
}

const struct sg_extension_type sg_ext_reason_code = {
    .oid = SG_OID_CE_REASON_CODE,
    .places = SG_IN_CRL_ENTRY,
    .processed = SG_IN_CRL_ENTRY,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_reason,
    .dump = dump_reason,
};

bool sg_invalidity_date_parse(struct sg_der *value, signet_time *time)
{
    signet_time parsed;
    uint32_t tag;
    if (!sg_der_next_is(value, SG_TAG_GENERALIZED_TIME))
        return sg_der_fail(value, "a GeneralizedTime");
    if (!sg_der_time(value, &parsed, &tag) || !sg_der_end(value))
        return false;
    *time = parsed;
    return true;
}

static bool check_invalidity_date(struct sg_der *value)
{
    signet_time time;
    return sg_invalidity_date_parse(value, &time);
}

static void dump_invalidity_date(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    signet_time time = SIGNET_TIME_UNKNOWN;
    if (sg_invalidity_date_parse(&der, &time))
        sg_dump_time(dump, "date", time);
}

const struct sg_extension_type sg_ext_invalidity_date = {
    .oid = SG_OID_CE_INVALIDITY_DATE,
    .places = SG_IN_CRL_ENTRY,
    .processed = SG_IN_CRL_ENTRY,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_invalidity_date,
    .dump = dump_invalidity_date,
};

static bool check_hold_instruction(struct sg_der *value)
{
    struct signet_span oid;
    return sg_der_oid(value, &oid, "a HoldInstructionCode") && sg_der_end(value);
}

static void dump_hold_instruction(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span oid;
    if (sg_der_oid(&der, &oid, "a HoldInstructionCode"))
        sg_dump_oid(dump, "instruction", oid);
}

/* What to do with a certificate on hold makes no difference: it counts as revoked. */
const struct sg_extension_type sg_ext_hold_instruction_code = {
    .oid = SG_OID_CE_HOLD_INSTRUCTION_CODE,
    .places = SG_IN_CRL_ENTRY,
    .processed = SG_IN_CRL_ENTRY,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_hold_instruction,
    .dump = dump_hold_instruction,
};
