/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Locations that certificates name, and records of the DNS: what is read lies within the input, and
 * a URL that is made of it has no octet that could end it early.
 */
#include "base/span.h"
#include "retrieve/location.h"
#include "retrieve/smimea.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static bool is_within(struct signet_span part, struct signet_span whole)
{
    return part.ptr >= whole.ptr && part.len <= whole.len &&
           (size_t)(part.ptr - whole.ptr) <= whole.len - part.len;
}

static void read_location(struct sg_arena *arena, struct signet_span url)
{
    static const char *const directory = "ldap://ldap.example.com:389/dc=example";
    const struct signet_retrieve_rules rules = {.ldap = &directory, .num_ldap = 1};
    struct sg_location location, again;
    const char *made;

    if (sg_location_read(url, &location) != NULL)
        return;
    check(is_within(location.authority, url) && is_within(location.rest, url));
    check(sg_location_same_host(&location, &location));
    if (sg_location_refusal(&rules, &location) != NULL)
        return;
    made = sg_location_url(arena, &rules, url, &location, 0);
    check(made != NULL && sg_location_read(sg_span_text(made), &again) == NULL);
    check(again.authority.len > 0 && sg_span_equal(again.rest, location.rest));
}

static void fill(struct sg_arena *arena, struct signet_span address)
{
    char *text = sg_arena_printf(arena, "%.*s", (int)address.len, (const char *)address.ptr);
    const char *made = sg_location_fill(arena, "http://a/?{address}&{address}", text);

    /* The address stays one value, whatever is in it. */
    check(made == NULL || (strchr(made + 10, '/') == NULL && strchr(made + 10, '#') == NULL &&
                           strchr(made + 10, '&') == strrchr(made, '&')));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_span bytes = sg_span(data, size < 4096 ? size : 4096);
    struct sg_smimea record;
    struct sg_arena arena;

    sg_arena_init(&arena, (size_t)1 << 20);
    read_location(&arena, bytes);
    fill(&arena, bytes);
    if (sg_smimea_parse(bytes, &record))
        check(is_within(record.data, bytes) && record.usage <= SG_SMIMEA_DANE_EE);
    struct signet_span certificate = sg_cert_record_certificate(bytes);
    check(certificate.ptr == NULL || is_within(certificate, bytes));
    sg_arena_clear(&arena);
    return 0;
}
