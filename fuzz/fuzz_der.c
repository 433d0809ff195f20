/* SPDX-License-Identifier: Apache-2.0 */
/* Every DER getter at every element, to some depth. */
#include "asn1/der.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* A getter that has READ moves the cursor; one that has not leaves it and says why. */
static void check_cursor(const struct sg_der *before, const struct sg_der *after, bool read)
{
    size_t size = (size_t)(before->end - before->origin);
    check(after->end == before->end && after->ptr <= after->end);
    check(read ? after->ptr > before->ptr : after->ptr == before->ptr);
    check(read || (after->error->expected != NULL && after->error->offset <= size));
}

/* A fresh cursor at the same place, so that each getter's failure is its own. */
static struct sg_der copy(const struct sg_der *der, struct signet_parse_error *error)
{
    struct sg_der fresh = *der;
    *error = (struct signet_parse_error){0};
    fresh.error = error;
    return fresh;
}

static void read_each_way(const struct sg_der *der)
{
    struct signet_parse_error error;
    struct signet_span span;
    uint32_t number, tag;
    unsigned unused;
    signet_time time;
    bool truth;

    struct sg_der at = copy(der, &error);
    check_cursor(der, &at, sg_der_integer(&at, &span, "INTEGER"));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_uint32(&at, &number, "INTEGER"));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_boolean(&at, SG_TAG_BOOLEAN, &truth));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_oid(&at, &span, "OID"));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_bit_string(&at, SG_TAG_BIT_STRING, &span, &unused, "BIT STRING"));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_null(&at));
    at = copy(der, &error);
    check_cursor(der, &at, sg_der_time(&at, &time, &tag));
}

static void walk(struct sg_der *der, unsigned depth)
{
    while (!sg_der_done(der)) {
        struct sg_der before = *der;
        struct sg_tlv tlv;
        read_each_way(der);
        bool read = sg_der_any(der, &tlv);
        check_cursor(&before, der, read);
        if (!read)
            return;
        check(tlv.full.ptr == before.ptr && tlv.full.ptr + tlv.full.len == der->ptr);
        check(tlv.value.ptr + tlv.value.len == der->ptr && sg_der_next_is(&before, tlv.tag));
        if (depth > 0 && (tlv.tag & 0x20) != 0 && tlv.tag <= 0xff) {
            struct sg_der inner = sg_der_within(der, tlv.value);
            walk(&inner, depth - 1);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(data, size), &error);
    walk(&der, 16);
    return 0;
}
