/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/general_name.h"

#include "asn1/oid.h"
#include "base/text.h"
#include "x509/name.h"
#include "x509/walk.h"

/* AnotherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY } */
static bool parse_other(struct sg_der *content, bool constraint, struct sg_general_name *out)
{
    (void)constraint;
    struct sg_der explicit_value;
    struct sg_tlv value;
    if (!sg_der_oid(content, &out->other_oid, "the type-id of an otherName") ||
        !sg_der_enter(content, SG_TAG_CONTEXT_CONS(0), &explicit_value,
                      "the value of an otherName") ||
        !sg_der_any(&explicit_value, &value) || !sg_der_end(&explicit_value))
        return false;
    out->value = value.full;
    return true;
}

static bool parse_ia5(struct sg_der *content, bool constraint, struct sg_general_name *out)
{
    if (out->value.len == 0 && !constraint)
        return sg_der_fail(content, "a name that is not empty");
    if (!sg_text_is_ascii(out->value))
        return sg_der_fail(content, "ASCII octets only");
    content->ptr = content->end;
    return true;
}

/* Types of X.400 and EDI: nothing but the frame. */
static bool parse_frame(struct sg_der *content, bool constraint, struct sg_general_name *out)
{
    (void)constraint;
    (void)out;
    struct sg_tlv element;
    do {
        if (!sg_der_any(content, &element))
            return false;
    } while (!sg_der_done(content));
    return true;
}

static bool parse_directory(struct sg_der *content, bool constraint, struct sg_general_name *out)
{
    (void)constraint;
    struct sg_name name;
    if (!sg_name_parse(content, &name, "the Name of a directoryName"))
        return false;
    out->value = name.der;
    return true;
}

bool sg_ip_mask_is_prefix(struct signet_span mask)
{
    size_t i = 0;
    while (i < mask.len && mask.ptr[i] == 0xff)
        i++;
    /* The zeros of the octet in which the ones end: a power of two less one. */
    unsigned zeros = i < mask.len ? 0xffu & ~(unsigned)mask.ptr[i] : 0;
    for (i++; i < mask.len; i++) {
        if (mask.ptr[i] != 0)
            return false;
    }
    return (zeros & (zeros + 1)) == 0;
}

static bool parse_ip(struct sg_der *content, bool constraint, struct sg_general_name *out)
{
    size_t len = constraint ? out->value.len / 2 : out->value.len;
    if ((len != 4 && len != 16) || (constraint && out->value.len % 2 != 0))
        return sg_der_fail(content, constraint ? "an address and mask of 8 or 32 octets"
                                               : "an address of 4 or 16 octets");
    if (constraint && !sg_ip_mask_is_prefix(sg_span_from(out->value, len)))
        return sg_der_fail_at(content, content->ptr + len, "a mask of ones followed by zeros");
    content->ptr = content->end;
    return true;
}

static bool parse_registered_id(struct sg_der *content, bool constraint,
                                struct sg_general_name *out)
{
    (void)constraint;
    if (!sg_oid_valid(out->value))
        return sg_der_fail(content, "a well-formed OBJECT IDENTIFIER");
    content->ptr = content->end;
    return true;
}

/* RFC 5280 4.2.1.6, by context tag. The tagging is IMPLICIT, but EXPLICIT for the CHOICE that Name
 * is. */
static const struct {
    uint32_t tag;
    const char *name;
    bool (*parse)(struct sg_der *content, bool constraint, struct sg_general_name *out);
} forms[] = {
    [SG_GN_OTHER] = {SG_TAG_CONTEXT_CONS(0), "otherName", parse_other},
    [SG_GN_RFC822] = {SG_TAG_CONTEXT(1), "rfc822Name", parse_ia5},
    [SG_GN_DNS] = {SG_TAG_CONTEXT(2), "dNSName", parse_ia5},
    [SG_GN_X400] = {SG_TAG_CONTEXT_CONS(3), "x400Address", parse_frame},
    [SG_GN_DIRECTORY] = {SG_TAG_CONTEXT_CONS(4), "directoryName", parse_directory},
    [SG_GN_EDI_PARTY] = {SG_TAG_CONTEXT_CONS(5), "ediPartyName", parse_frame},
    [SG_GN_URI] = {SG_TAG_CONTEXT(6), "uniformResourceIdentifier", parse_ia5},
    [SG_GN_IP] = {SG_TAG_CONTEXT(7), "iPAddress", parse_ip},
    [SG_GN_REGISTERED_ID] = {SG_TAG_CONTEXT(8), "registeredID", parse_registered_id},
};
static const size_t num_forms = sizeof(forms) / sizeof(forms[0]);

bool sg_general_name_parse(struct sg_der *der, bool constraint, struct sg_general_name *out)
{
    struct sg_der next = *der;
    struct sg_tlv element;
    size_t type = sg_der_done(der) ? num_forms : *der->ptr & 0x1fu;
    if (type >= num_forms || !sg_der_next_is(der, forms[type].tag))
        return sg_der_fail(der, "a GeneralName");
    if (!sg_der_any(&next, &element))
        return false;

    struct sg_general_name name = {.type = (enum sg_general_name_type)type, .value = element.value};
    struct sg_der content = sg_der_within(der, element.value);
    if (!forms[type].parse(&content, constraint, &name) || !sg_der_end(&content))
        return false;
    *out = name;
    *der = next;
    return true;
}

bool sg_general_names_parse(struct sg_der *names)
{
    struct sg_general_name name;
    do {
        if (!sg_general_name_parse(names, false, &name))
            return false;
    } while (!sg_der_done(names));
    return true;
}

/* The type-id and the value inside [0]. */
static void open_other(struct sg_general_name *name)
{
    struct signet_span rest = name->value;
    struct sg_tlv type_id = {0}, explicit_value = {0};
    if (sg_walk(&rest, &type_id) && sg_walk(&rest, &explicit_value)) {
        name->other_oid = type_id.value;
        name->value = explicit_value.value;
    }
}

bool sg_general_name_open(const struct sg_tlv *element, struct sg_general_name *out)
{
    size_t type = element->tag & 0x1fu;
    if (type >= num_forms || element->tag != forms[type].tag)
        return false;
    *out =
        (struct sg_general_name){.type = (enum sg_general_name_type)type, .value = element->value};
    if (type == SG_GN_OTHER)
        open_other(out);
    return true;
}

bool sg_general_names_next(struct sg_general_names *names, struct sg_general_name *out)
{
    struct sg_tlv element;
    return sg_walk(&names->rest, &element) && sg_general_name_open(&element, out);
}

const char *sg_general_name_type_name(enum sg_general_name_type type)
{
    return (size_t)type < num_forms ? forms[type].name : "unknown";
}
