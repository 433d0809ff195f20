/* SPDX-License-Identifier: Apache-2.0 */
/* A CRL from octets: an object or an error, never both; every entry is found by its serial number.
 */
#include "silent_dump.h"
#include "x509/crl_index.h"
#include "x509/crl_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* So many entries of one CRL are looked for by hand. */
enum { MAX_EXPECTED = 64 };

#define ARENA_LEN ((size_t)1 << 26)

static void count_release(void *context)
{
    ++*(int *)context;
}

/* Groups have all entries, each where it is looked for. */
static void check_index(const struct signet_crl *crl)
{
    struct sg_crl_index *index = crl->num_entries > 0 ? sg_crl_index_new(crl, 1) : NULL;
    size_t num = 0;
    for (size_t i = 0; index != NULL && i < index->num_groups; i++) {
        struct sg_crl_group group = sg_crl_index_group(index, i);
        for (size_t j = 0; j < group.num; j++) {
            struct signet_span serial = sg_crl_place_at(crl->entries, group.offsets[j]).serial;
            check(sg_crl_index_find(index, serial).offsets == group.offsets);
            check(j == 0 || group.offsets[j - 1] < group.offsets[j]);
        }
        num += group.num;
    }
    check(index == NULL || num == crl->num_entries);
    sg_crl_index_free(index);
}

/* What is to be found for SERIAL where there are no certificate issuers. */
static struct sg_crl_entry expect(const struct signet_crl *crl, struct signet_span serial)
{
    struct sg_crl_entries entries = {crl->entries};
    struct sg_crl_entry entry, expected = {.reason = SG_REASON_REMOVE_FROM_CRL};
    while (expected.reason == SG_REASON_REMOVE_FROM_CRL && sg_crl_entries_next(&entries, &entry)) {
        if (sg_span_equal(entry.serial, serial))
            expected = entry;
    }
    return expected;
}

/* Without certificate issuers each entry is found; with them, each that belongs to the CRL's issuer
 * could be hidden by none. */
static void check_entries(const struct signet_crl *crl)
{
    struct sg_crl_entries entries = {crl->entries};
    struct sg_crl_entry entry, found;
    struct signet_span before = {NULL, 0};
    bool sorted = true;
    size_t num = 0;
    for (; sg_crl_entries_next(&entries, &entry); num++) {
        bool listed = sg_crl_find(crl, entry.serial, &crl->issuer, &found);
        check(listed || crl->num_runs > 0);
        check(!listed || sg_span_equal(found.serial, entry.serial));
        if (num < MAX_EXPECTED && crl->num_runs == 0)
            check(found.serial.ptr == expect(crl, entry.serial).serial.ptr);
        sorted = sorted && (num == 0 || sg_crl_serial_compare(before, entry.serial) <= 0);
        before = entry.serial;
    }
    check(num == crl->num_entries);
    check(num == 0 || sorted == crl->sorted);
}

static void judge(const struct signet_crl *crl)
{
    struct sg_arena arena;
    struct sg_findings findings;
    sg_arena_init(&arena, ARENA_LEN);
    sg_findings_init(&findings, &arena);
    sg_crl_check(crl, 0, &findings);
    check(findings.failed || sg_findings_have(&findings, SIGNET_CODE_CRL_INVALID) == crl->unusable);
    sg_arena_clear(&arena);
}

static void show(const struct signet_crl *crl)
{
    struct silent silent = {.dump = {&silent_writer}};
    sg_crl_dump(crl, &silent.dump, 1000);
    check(silent.depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    int released = 0;
    enum signet_status status =
        signet_crl_parse_borrowed(sg_span(data, size), count_release, &released, &crl, &error);
    check((status == SIGNET_OK) == (crl != NULL));
    check((status == SIGNET_ERR_PARSE) == (error.expected != NULL));
    check(error.offset <= size);
    if (crl != NULL) {
        check_index(crl);
        check_entries(crl);
        judge(crl);
        show(crl);
        signet_crl_unref(crl);
    }
    check(released == 1);
    return 0;
}
