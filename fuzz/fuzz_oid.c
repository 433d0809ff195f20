/* SPDX-License-Identifier: Apache-2.0 */
/* OIDs as octets and as text: each is what the other is read back to. */
#include "asn1/oid.h"

#include "asn1/der.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_OCTETS = 256 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_octets(struct signet_span octets)
{
    struct sg_buffer text;
    uint8_t back[MAX_OCTETS];
    sg_buffer_init(&text, (size_t)1 << 20);
    sg_oid_add_dotted(&text, octets);
    sg_buffer_add_byte(&text, '\0');
    if (text.status == SIGNET_OK && octets.len <= sizeof(back)) {
        size_t len = sg_oid_from_dotted((const char *)text.ptr, back, sizeof(back));
        check(sg_oid_valid(octets) ? sg_span_equal(sg_span(back, len), octets) : len == 0);
    }
    sg_buffer_free(&text);
    enum sg_oid found = sg_oid_find(octets);
    check(found == SG_OID_UNKNOWN || sg_span_equal(sg_oid_octets(found), octets));
}

static void check_text(const char *dotted)
{
    uint8_t octets[MAX_OCTETS];
    size_t len = sg_oid_from_dotted(dotted, octets, sizeof(octets));
    if (len == 0)
        return;
    struct sg_buffer text;
    check(len <= sizeof(octets) && sg_oid_valid(sg_span(octets, len)));
    sg_buffer_init(&text, (size_t)1 << 20);
    sg_oid_add_dotted(&text, sg_span(octets, len));
    check(text.status != SIGNET_OK || sg_span_equal(sg_buffer_span(&text), sg_span_text(dotted)));
    sg_buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_buffer text;
    check_octets(sg_span(data, size));
    sg_buffer_init(&text, (size_t)1 << 20);
    sg_buffer_add(&text, sg_span(data, size));
    sg_buffer_add_byte(&text, '\0');
    if (text.status == SIGNET_OK)
        check_text((const char *)text.ptr);
    sg_buffer_free(&text);
    return 0;
}
