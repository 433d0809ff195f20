/* SPDX-License-Identifier: Apache-2.0 */
/* keyUsage, RFC 5280 4.2.1.3; extKeyUsage, 4.2.1.12. */
#include "x509/extension_types.h"
#include "x509/extension_values.h"
#include "x509/walk.h"

static const char *const bit_names[] = {
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
    "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly",
};
enum { NUM_BITS = sizeof(bit_names) / sizeof(bit_names[0]) };

/* KeyUsage ::= BIT STRING { digitalSignature (0) … decipherOnly (8) }. Bits to come are passed
 * over. */
bool sg_key_usage_parse(struct sg_der *value, struct sg_key_usage_bits *out)
{
    struct sg_key_usage_bits parsed = {0};
    struct signet_span octets;
    unsigned unused;
    if (!sg_der_bit_string(value, SG_TAG_BIT_STRING, &octets, &unused, "the KeyUsage BIT STRING") ||
        !sg_der_end(value))
        return false;
    for (size_t bit = 0; bit < NUM_BITS && bit / 8 < octets.len; bit++) {
        if ((octets.ptr[bit / 8] << bit % 8 & 0x80) != 0)
            parsed.bits |= (uint16_t)(1u << bit);
    }
    if (octets.len > 0)
        parsed.trailing_zeros = (octets.ptr[octets.len - 1] >> unused & 1) == 0;
    *out = parsed;
    return true;
}

static bool check_key_usage(struct sg_der *value)
{
    struct sg_key_usage_bits usage;
    return sg_key_usage_parse(value, &usage);
}

static void dump_key_usage(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct sg_key_usage_bits usage;
    if (!sg_key_usage_parse(&der, &usage))
        return;
    sg_dump_list(dump, "usages");
    for (unsigned bit = 0; bit < NUM_BITS; bit++) {
        if ((usage.bits >> bit & 1) != 0)
            sg_dump_string(dump, NULL, bit_names[bit]);
    }
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_key_usage = {
    .oid = SG_OID_CE_KEY_USAGE,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_key_usage,
    .dump = dump_key_usage,
};

/* ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId */
bool sg_ext_key_usage_parse(struct sg_der *value, struct signet_span *purposes)
{
    struct sg_der content;
    struct signet_span oid;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "an ExtKeyUsageSyntax") ||
        !sg_der_end(value))
        return false;
    struct signet_span list = sg_span(content.ptr, (size_t)(content.end - content.ptr));
    do {
        if (!sg_der_oid(&content, &oid, "a KeyPurposeId"))
            return false;
    } while (!sg_der_done(&content));
    *purposes = list;
    return true;
}

static bool check_ext_key_usage(struct sg_der *value)
{
    struct signet_span purposes;
    return sg_ext_key_usage_parse(value, &purposes);
}

static void dump_ext_key_usage(struct sg_dump *dump, struct signet_span value)
{
    struct signet_span purposes = sg_walk_into(value);
    struct sg_tlv purpose;
    sg_dump_list(dump, "purposes");
    while (sg_walk(&purposes, &purpose))
        sg_dump_oid(dump, NULL, purpose.value);
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_ext_key_usage = {
    .oid = SG_OID_CE_EXT_KEY_USAGE,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check_ext_key_usage,
    .dump = dump_ext_key_usage,
};
