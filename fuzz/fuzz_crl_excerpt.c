/* SPDX-License-Identifier: Apache-2.0 */
/* A CRL from octets and excerpts of it: for each serial number an excerpt says what the whole says.
 */
#include "silent_dump.h"
#include "x509/crl_excerpt.h"
#include "x509/crl_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* So many entries of one CRL are looked at. */
enum { MAX_ENTRIES = 16 };

static void compare(const struct signet_crl *whole, const struct signet_crl *excerpt,
                    struct signet_span serial)
{
    struct sg_crl_entry a = {0}, b = {0};
    bool listed = sg_crl_find(whole, serial, &whole->issuer, &a);
    check(sg_crl_covers(excerpt, serial));
    check(sg_crl_find(excerpt, serial, &excerpt->issuer, &b) == listed);
    check(!listed ||
          (sg_span_equal(a.serial, b.serial) && a.reason == b.reason &&
           a.revocation_date == b.revocation_date && a.invalidity_date == b.invalidity_date));
}

static void compare_frames(const struct signet_crl *whole, const struct signet_crl *excerpt)
{
    check(signet_crl_is_excerpt(excerpt));
    check(signet_crl_num_entries(excerpt) == whole->num_entries);
    check(sg_span_equal(excerpt->extensions, whole->extensions));
    check(sg_span_equal(excerpt->signature, whole->signature));
    check(excerpt->this_update == whole->this_update && excerpt->unusable == whole->unusable);
    check(excerpt->notes.num == whole->notes.num);
    for (size_t i = 0; i < whole->notes.num; i++) {
        check(excerpt->notes.items[i].kind == whole->notes.items[i].kind);
        check(excerpt->notes.items[i].offset == whole->notes.items[i].offset);
    }
}

/* The first of the entries that have the serial number of the one at OFFSET. */
static bool is_first(const struct signet_crl *crl, size_t offset)
{
    struct signet_span serial = sg_crl_place_at(crl->entries, offset).serial;
    for (size_t before = 0; before < offset;) {
        struct sg_crl_place place = sg_crl_place_at(crl->entries, before);
        if (sg_span_equal(place.serial, serial))
            return false;
        before = place.next;
    }
    return true;
}

static void cut(const struct signet_crl *whole, struct sg_crl_excerpt_parts *parts, size_t offset)
{
    uint8_t other[8] = {0x55};
    struct signet_span serials[2];
    struct signet_crl *excerpt;
    struct sg_crl_place place = sg_crl_place_at(whole->entries, offset);
    serials[0] = place.serial;
    serials[1] = sg_span(other, sizeof(other)); /* mostly none of them */
    if (!is_first(whole, offset))
        return;
    parts->serials = serials;
    parts->num_serials = 1;
    parts->entries = sg_span(whole->entries.ptr + offset, place.next - offset);
    enum signet_status status = sg_crl_excerpt_new(parts, &excerpt);
    check(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
    if (status != SIGNET_OK)
        return;
    compare_frames(whole, excerpt);
    compare(whole, excerpt, serials[0]);
    check(!sg_crl_covers(excerpt, serials[1]));
    signet_crl_unref(excerpt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_crl *crl;
    struct sg_crl_excerpt_parts parts = {.der_len = size};
    if (signet_crl_parse(sg_span(data, size), &crl, NULL) != SIGNET_OK)
        return 0;
    parts.num_entries = crl->num_entries;
    if (sg_crl_frame_cut(crl, &parts.frame)) {
        size_t offset = 0;
        for (size_t i = 0; i < crl->num_entries && i < MAX_ENTRIES; i++) {
            cut(crl, &parts, offset);
            offset = sg_crl_place_at(crl->entries, offset).next;
        }
    }
    signet_crl_unref(crl);
    return 0;
}
