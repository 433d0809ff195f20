/* SPDX-License-Identifier: Apache-2.0 */
/* A CRL from octets: an object or an error, never both; every entry is found by its serial number.
 */
#include "silent_dump.h"
#include "x509/crl_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARENA_LEN ((size_t)1 << 26)

static void count_release(void *context)
{
    ++*(int *)context;
}

static void check_index(const struct signet_crl *crl)
{
    for (size_t i = 1; i < crl->num_entries; i++) {
        int order = sg_crl_serial_compare(sg_crl_entry_serial(crl->entries, crl->index[i - 1]),
                                          sg_crl_entry_serial(crl->entries, crl->index[i]));
        check(order < 0 || (order == 0 && crl->index[i - 1] < crl->index[i]));
    }
}

/* Without certificate issuers each entry is found; with them, each that belongs to the CRL's issuer
 * could be hidden by none. */
static void check_entries(const struct signet_crl *crl)
{
    struct sg_crl_entries entries = {crl->entries};
    struct sg_crl_entry entry, found;
    size_t num = 0;
    for (; sg_crl_entries_next(&entries, &entry); num++) {
        bool listed = sg_crl_find(crl, entry.serial, &crl->issuer, &found);
        check(listed || crl->num_runs > 0);
        check(!listed || sg_span_equal(found.serial, entry.serial));
    }
    check(num == crl->num_entries);
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
