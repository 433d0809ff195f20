/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/object_kind.h"

#include "asn1/der.h"

/* The first elements of the signed part. */
#define MAX_FIRST 3

struct beginning {
    struct sg_tlv first[MAX_FIRST];
    size_t num;
    bool time_follows; /* the one after these is a time */
};

static bool read_beginning(struct signet_span der, struct beginning *out)
{
    struct signet_parse_error error;
    struct sg_der outer = sg_der_begin(der, &error), object, part;

    *out = (struct beginning){.num = 0};
    if (!sg_der_enter(&outer, SG_TAG_SEQUENCE, &object, "") ||
        !sg_der_enter(&object, SG_TAG_SEQUENCE, &part, ""))
        return false;
    while (out->num < MAX_FIRST && !sg_der_done(&part) && sg_der_any(&part, &out->first[out->num]))
        out->num++;
    out->time_follows =
        sg_der_next_is(&part, SG_TAG_UTC_TIME) || sg_der_next_is(&part, SG_TAG_GENERALIZED_TIME);
    return out->num > 0;
}

/* An element whose content begins with one of TAG. */
static bool holds(const struct sg_tlv *element, uint32_t tag)
{
    struct signet_parse_error error;
    struct sg_der content = sg_der_begin(element->value, &error);

    return sg_der_next_is(&content, tag);
}

/*
 * Version 2: an INTEGER and a Holder, which is empty or has context tags. Version 1: its subject
 * under [0] or [1], which holds a SEQUENCE or a name; the [0] of a certificate holds an INTEGER.
 */
static bool is_attribute_certificate(const struct beginning *beginning)
{
    const struct sg_tlv *first = &beginning->first[0], *second = &beginning->first[1];

    if (first->tag == SG_TAG_CONTEXT_CONS(1))
        return true;
    if (first->tag == SG_TAG_CONTEXT_CONS(0))
        return holds(first, SG_TAG_SEQUENCE);
    return first->tag == SG_TAG_INTEGER && beginning->num > 1 && second->tag == SG_TAG_SEQUENCE &&
           (second->value.len == 0 || (second->value.ptr[0] & 0xc0) == 0x80);
}

/*
 * A tbsCertificate begins with [0] version and an INTEGER, or for v1 with that; a tbsCertList with
 * an INTEGER version and an AlgorithmIdentifier, or for v1 with that. An INTEGER, an
 * AlgorithmIdentifier and a name are in both: a certificate then has a validity, a CRL a time.
 */
static bool is_crl(const struct beginning *beginning)
{
    if (beginning->first[0].tag == SG_TAG_SEQUENCE)
        return true;
    return beginning->first[0].tag == SG_TAG_INTEGER && beginning->num == MAX_FIRST &&
           beginning->time_follows;
}

enum sg_object_kind sg_object_kind_find(struct signet_span der)
{
    struct beginning beginning;

    if (!read_beginning(der, &beginning))
        return SG_OBJECT_CERTIFICATE;
    if (is_attribute_certificate(&beginning))
        return SG_OBJECT_ATTRIBUTE_CERTIFICATE;
    return is_crl(&beginning) ? SG_OBJECT_CRL : SG_OBJECT_CERTIFICATE;
}
