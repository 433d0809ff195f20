/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/capability.h"

/* SMIMECapability ::= SEQUENCE { capabilityID OBJECT IDENTIFIER, parameters ANY OPTIONAL } */
static bool parse_capability(struct sg_der *list, struct sg_capability *out)
{
    struct sg_der fields;
    struct sg_tlv parameters = {0};
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &fields, "SMIMECapability SEQUENCE") ||
        !sg_der_oid(&fields, &out->type_octets, "capabilityID") ||
        (!sg_der_done(&fields) && !sg_der_any(&fields, &parameters)) || !sg_der_end(&fields))
        return false;
    out->type = sg_oid_find(out->type_octets);
    out->parameters = parameters.full;
    return true;
}

bool sg_capabilities_parse(struct signet_span value, struct sg_capabilities *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error), list;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &list, "SMIMECapabilities SEQUENCE") ||
        !sg_der_end(&der))
        return false;
    out->rest = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    while (!sg_der_done(&list)) {
        struct sg_capability capability;
        if (!parse_capability(&list, &capability))
            return false;
    }
    return true;
}

bool sg_capabilities_next(struct sg_capabilities *capabilities, struct sg_capability *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(capabilities->rest, &error);
    if (sg_der_done(&der) || !parse_capability(&der, out))
        return false;
    capabilities->rest = sg_span(der.ptr, (size_t)(der.end - der.ptr));
    return true;
}

uint32_t sg_capability_rc2_bits(const struct sg_capability *capability)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(capability->parameters, &error);
    uint32_t bits;
    if (capability->type != SG_OID_RC2_CBC || !sg_der_uint32(&der, &bits, "key bits"))
        return 0;
    return bits;
}
