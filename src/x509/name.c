/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name.h"

#include "x509/name_plain.h"
#include "x509/walk.h"

/* X.690 11.6: as octet strings, the shorter one filled up with zeros. */
static bool is_after(struct signet_span a, struct signet_span b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = memcmp(a.ptr, b.ptr, len);
    if (order != 0)
        return order > 0;
    for (size_t i = len; i < a.len; i++) {
        if (a.ptr[i] != 0)
            return true;
    }
    return false;
}

/* AttributeTypeAndValue ::= SEQUENCE { type AttributeType, value AttributeValue } */
static bool parse_attribute(struct sg_der *set, struct signet_span *full)
{
    struct sg_der attribute;
    struct signet_span type;
    struct sg_tlv value;
    return sg_der_element(set, SG_TAG_SEQUENCE, full, &attribute, "an AttributeTypeAndValue") &&
           sg_der_oid(&attribute, &type, "an attribute type") && sg_der_any(&attribute, &value) &&
           sg_der_end(&attribute);
}

/* RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue */
bool sg_rdn_parse(struct sg_der *set, bool *unordered)
{
    struct signet_span previous, next;
    if (!parse_attribute(set, &previous))
        return false;
    while (!sg_der_done(set)) {
        if (!parse_attribute(set, &next))
            return false;
        *unordered |= is_after(previous, next);
        previous = next;
    }
    return true;
}

/* Passes over RDNs that are plain and right. */
static void pass_plain(struct sg_der *rdns)
{
    struct signet_span rest = sg_span(rdns->ptr, (size_t)(rdns->end - rdns->ptr));
    struct sg_plain_rdn rdn;
    while (sg_plain_rdn_take(&rest, &rdn) && sg_oid_valid(rdn.type))
        rdns->ptr = rest.ptr;
}

bool sg_name_parse(struct sg_der *der, struct sg_name *out, const char *expected)
{
    struct sg_name name = {0};
    struct sg_der rdns, set;
    if (!sg_der_element(der, SG_TAG_SEQUENCE, &name.der, &rdns, expected))
        return false;
    for (pass_plain(&rdns); !sg_der_done(&rdns); pass_plain(&rdns)) {
        if (!sg_der_enter(&rdns, SG_TAG_SET, &set, "a RelativeDistinguishedName") ||
            !sg_rdn_parse(&set, &name.set_unordered))
            return false;
    }
    *out = name;
    return true;
}

void sg_name_set_canonical(struct sg_name *name, struct signet_span canonical)
{
    name->canonical = canonical;
    name->hash = sg_span_hash(canonical, 0);
}

bool sg_name_within(const struct sg_name *name, const struct sg_name *base)
{
    return base->canonical.len <= name->canonical.len &&
           sg_span_equal(sg_span_first(name->canonical, base->canonical.len), base->canonical);
}

struct sg_name_iterator sg_name_begin(const struct sg_name *name)
{
    return (struct sg_name_iterator){.rest = sg_walk_into(name->der)};
}

struct sg_name_iterator sg_rdn_begin(struct signet_span rdn)
{
    return (struct sg_name_iterator){.set_rest = rdn, .num_rdns = 1};
}

bool sg_name_next(struct sg_name_iterator *iterator, struct sg_attribute *out)
{
    struct sg_tlv element, type, value;
    if (iterator->set_rest.len == 0) {
        if (!sg_walk(&iterator->rest, &element))
            return false;
        iterator->set_rest = element.value;
        iterator->num_rdns++;
    }
    if (!sg_walk(&iterator->set_rest, &element) || !sg_walk(&element.value, &type) ||
        !sg_walk(&element.value, &value))
        return false;
    *out = (struct sg_attribute){.rdn = iterator->num_rdns - 1,
                                 .type = type.value,
                                 .tag = value.tag,
                                 .full = value.full,
                                 .value = value.value};
    return true;
}
