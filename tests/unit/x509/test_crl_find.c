/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "long_crl.h"
#include "sample.h"
#include "x509/crl_index.h"

#include <pthread.h>

static struct sg_name name_of(const char *text)
{
    /* O=Example, CN=… as the world of samples.py names its people. */
    uint8_t bytes[64] = {
        SG_TAG_SEQUENCE,    0, SG_TAG_SET, 0, SG_TAG_SEQUENCE, 0, SG_TAG_OID, 3, 0x55, 4, 3,
        SG_TAG_UTF8_STRING, 0};
    size_t len = strlen(text);
    bytes[12] = (uint8_t)len;
    bytes[5] = (uint8_t)(len + 7);
    bytes[3] = (uint8_t)(len + 9);
    bytes[1] = (uint8_t)(len + 11);
    memcpy(bytes + 13, text, len);
    return canonical_name(sg_test_copy(bytes, len + 13));
}

static void finds_entries_and_only_them(void **state)
{
    static const struct {
        const char *serial;
        bool found;
    } rows[] = {{"05", true},
                {"07", true},
                {"012c", true},
                {"40000000000000000000000000000000000000", true},
                {"06", false},
                {"00", false},
                {"012d", false},
                {"0005", false},
                {"400000000000000000000000000000000000", false},
                {"", false}};
    (void)state;
    struct signet_crl *crl = crl_of("crl:plain");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_crl_entry entry;
        assert_int_equal(sg_crl_find(crl, hex(rows[i].serial), &crl->issuer, &entry),
                         rows[i].found);
        if (rows[i].found)
            assert_span_equal(entry.serial, hex(rows[i].serial));
    }
    signet_crl_unref(crl);
}

static void finds_nothing_in_an_empty_list(void **state)
{
    static const char *const names[] = {"crl:empty", "crl:list present and empty"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_crl *crl = crl_of(names[i]);
        struct sg_crl_entries entries = {crl->entries};
        struct sg_crl_entry entry;
        assert_false(sg_crl_find(crl, hex("05"), &crl->issuer, &entry));
        assert_false(sg_crl_entries_next(&entries, &entry));
        signet_crl_unref(crl);
    }
}

static void finds_serials_of_every_kind(void **state)
{
    static const struct {
        const char *serial;
        bool found;
    } rows[] = {
        {"ff", true},
        {"00ff", true},
        {"00", true},
        {"00ffffffffffffffffffffffffffffffffffffffff", true},
        {"0080000000000000000000000000000000000000 00", true},
        {"01", false},
        {"ffffffffffffffffffffffffffffffffffffffff", false},
        {"01000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "00",
         true},
    };
    (void)state;
    struct signet_crl *crl = crl_of("crl:serials");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_crl_entry entry;
        if (sg_crl_find(crl, hex(rows[i].serial), &crl->issuer, &entry) != rows[i].found)
            fail_msg("%s", rows[i].serial);
    }
    signet_crl_unref(crl);
}

static void tells_one_issuer_from_another(void **state)
{
    struct signet_crl *crl = crl_of("crl:indirect");
    struct sg_name alice = name_of("alice  CA"), bob = name_of("Bob CA"),
                   carol = name_of("Carol CA");
    const struct {
        const char *serial;
        const struct sg_name *issuer;
        bool found;
        int reason;
    } rows[] = {
        {"01", &crl->issuer, true, SG_REASON_ABSENT},
        {"01", &alice, true, SG_REASON_ABSENT},
        {"01", &bob, true, 4},
        {"01", &carol, false, 0},
        {"02", &alice, true, SG_REASON_ABSENT},
        {"02", &crl->issuer, false, 0},
        {"03", &alice, true, SG_REASON_ABSENT},
        {"03", &bob, false, 0},
        {"08", &crl->issuer, true, SG_REASON_ABSENT},
        {"08", &bob, false, 0},
    };
    (void)state;
    assert_int_equal(crl->num_runs, 3);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_crl_entry entry;
        bool found = sg_crl_find(crl, hex(rows[i].serial), rows[i].issuer, &entry);
        if (found != rows[i].found || (found && entry.reason != rows[i].reason))
            fail_msg("row %zu", i);
    }
    signet_crl_unref(crl);
}

static void takes_entries_behind_an_unnamed_issuer_for_nobodys(void **state)
{
    struct signet_crl *crl = crl_of("crl:certificate issuer unnamed");
    struct sg_crl_entry entry;
    (void)state;
    assert_true(sg_crl_find(crl, hex("05"), &crl->issuer, &entry));
    assert_false(sg_crl_find(crl, hex("06"), &crl->issuer, &entry));
    assert_false(sg_crl_find(crl, hex("07"), &crl->issuer, &entry));
    signet_crl_unref(crl);
}

static void asks_for_the_issuer_of_a_direct_crl_too(void **state)
{
    struct signet_crl *crl = crl_of("crl:plain");
    struct sg_name alice = name_of("Alice CA");
    struct sg_crl_entry entry;
    (void)state;
    assert_false(sg_crl_find(crl, hex("05"), &alice, &entry));
    signet_crl_unref(crl);
}

static void prefers_what_revokes_among_several(void **state)
{
    struct signet_crl *twice = crl_of("crl:twice"), *removed = crl_of("crl:removed twice");
    struct sg_crl_entry entry;
    (void)state;
    assert_true(sg_crl_find(twice, hex("05"), &twice->issuer, &entry));
    assert_int_equal(entry.reason, 4);
    assert_true(sg_crl_find(removed, hex("05"), &removed->issuer, &entry));
    assert_int_equal(entry.reason, SG_REASON_REMOVE_FROM_CRL);
    signet_time second = entry.revocation_date;
    struct sg_crl_entries entries = {removed->entries};
    assert_true(sg_crl_entries_next(&entries, &entry));
    assert_true(entry.revocation_date < second);
    signet_crl_unref(twice);
    signet_crl_unref(removed);
}

static void reports_reason_and_dates(void **state)
{
    static const struct {
        const char *serial;
        int reason;
        signet_time invalidity_date;
    } rows[] = {
        {"01", 1, SIGNET_TIME_UNKNOWN},
        {"02", SG_REASON_ABSENT, INT64_C(1583280000)},
        {"03", 4, INT64_C(1583280000)},
        {"04", 4, INT64_C(1583280000)},
        {"05", SG_REASON_HOLD, INT64_C(1582934400)},
    };
    (void)state;
    struct signet_crl *crl = crl_of("crl:dates of invalidity"), *all = crl_of("crl:reasons");
    struct sg_crl_entry entry;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_true(sg_crl_find(crl, hex(rows[i].serial), &crl->issuer, &entry));
        assert_int_equal(entry.reason, rows[i].reason);
        assert_int_equal(entry.invalidity_date, rows[i].invalidity_date);
        assert_true(entry.revocation_date > INT64_C(1700000000));
    }
    struct sg_crl_entries entries = {all->entries};
    size_t num = 0;
    for (; sg_crl_entries_next(&entries, &entry); num++)
        assert_int_equal(entry.reason, entry.serial.ptr[0] - 100);
    assert_int_equal(num, 9);
    signet_crl_unref(crl);
    signet_crl_unref(all);
}

static void reads_every_day_of_the_calendar(void **state)
{
    struct signet_crl *crl = crl_of("crl:29 February");
    struct sg_crl_entry entry;
    (void)state;
    assert_true(sg_crl_find(crl, hex("01"), &crl->issuer, &entry));
    assert_int_equal(entry.revocation_date, INT64_C(1709164800));
    assert_true(sg_crl_find(crl, hex("02"), &crl->issuer, &entry));
    assert_int_equal(entry.revocation_date, INT64_C(1706745599));
    signet_crl_unref(crl);
}

/* Entry I of MAKE is found, for what it is. */
static bool finds(const struct signet_crl *crl, const struct long_crl *make, size_t i)
{
    uint8_t octets[32];
    struct signet_span serial = long_crl_serial(make, i, octets);
    struct sg_crl_entry entry;
    return sg_crl_find(crl, serial, &crl->issuer, &entry) && sg_span_equal(entry.serial, serial) &&
           entry.revocation_date == make->this_update - (signet_time)(i % 100000) &&
           (!make->reasons || i % 3 != 0 || entry.reason == (int)(i % 6 + 1));
}

static void finds_every_entry_of_long_lists(void **state)
{
    static const size_t sizes[] = {63, 64, 65, 128, 255, 256, 257, 3000};
    (void)state;
    for (size_t row = 0; row < 4 * SG_NUM(sizes); row++) {
        const struct long_crl make = {.num_entries = sizes[row / 4],
                                      .version = 2,
                                      .serial_len = row % 3 == 0 ? 5 : 16,
                                      .sorted = row % 2 == 0,
                                      .repeated = row / 2 % 2 == 0,
                                      .reasons = true,
                                      .this_update = INT64_C(1700000000)};
        struct signet_crl *crl = long_crl_parse(long_crl_der(&make));
        assert_int_equal(crl->sorted, make.sorted);
        for (size_t i = make.num_entries; i-- > 0;) {
            if (!finds(crl, &make, i))
                fail_msg("row %zu, entry %zu", row, i);
        }
        assert_false(finds(crl, &make, make.num_entries));
        assert_int_equal(crl->index != NULL, !make.sorted && crl->num_entries >= 256);
        signet_crl_unref(crl);
    }
}

/* The list is passed over instead. */
static void finds_entries_without_memory_for_an_index(void **state)
{
    const struct long_crl make = {.num_entries = 1000,
                                  .version = 2,
                                  .serial_len = 12,
                                  .repeated = true,
                                  .this_update = INT64_C(1700000000)};
    struct signet_crl *crl = long_crl_parse(long_crl_der(&make));
    (void)state;
    fault_begin(0);
    for (size_t i = 0; i < 100; i++)
        assert_true(finds(crl, &make, i));
    assert_false(finds(crl, &make, make.num_entries));
    fault_end();
    assert_null(crl->index);
    assert_true(finds(crl, &make, 7));
    assert_non_null(crl->index);
    signet_crl_unref(crl);
}

/* The last entry, removeFromCRL, has the serial number of one before it. */
static void prefers_what_revokes_among_several_of_a_long_list(void **state)
{
    struct long_crl make = {
        .num_entries = 600, .version = 2, .serial_len = 8, .this_update = INT64_C(1700000000)};
    uint8_t octets[32];
    struct signet_span serial = long_crl_serial(&make, 300, octets); /* of eight octets */
    char last[128];
    int len = snprintf(last, sizeof(last), "3027 0208 ");
    for (size_t i = 0; i < serial.len; i++)
        len += snprintf(last + len, sizeof(last) - (size_t)len, "%02x", serial.ptr[i]);
    snprintf(last + len, sizeof(last) - (size_t)len,
             " 170d 3235303130313030303030305a 300c 300a 0603 551d15 0403 0a0108");
    make.last = last;
    struct signet_crl *crl = long_crl_parse(long_crl_der(&make));
    (void)state;
    for (size_t i = 0; i < 10; i++)
        assert_true(finds(crl, &make, 300));
    assert_non_null(crl->index);
    assert_int_equal(crl->num_entries, 601);
    signet_crl_unref(crl);
}

struct searcher {
    pthread_t thread;
    const struct signet_crl *crl;
    const struct long_crl *make;
    size_t num_found;
};

static void *search(void *context)
{
    struct searcher *searcher = context;
    for (size_t i = 0; i < searcher->make->num_entries; i++)
        searcher->num_found += finds(searcher->crl, searcher->make, i);
    return NULL;
}

/* Whoever comes first makes the index, and those who made one besides give it back. */
static void lets_threads_search_side_by_side(void **state)
{
    static const struct long_crl make = {
        .num_entries = 2000, .version = 2, .serial_len = 16, .this_update = INT64_C(1700000000)};
    struct searcher searchers[8];
    struct signet_crl *crl = long_crl_parse(long_crl_der(&make));
    (void)state;
    for (size_t i = 0; i < SG_NUM(searchers); i++) {
        searchers[i] = (struct searcher){.crl = crl, .make = &make};
        assert_int_equal(pthread_create(&searchers[i].thread, NULL, search, &searchers[i]), 0);
    }
    for (size_t i = 0; i < SG_NUM(searchers); i++) {
        assert_int_equal(pthread_join(searchers[i].thread, NULL), 0);
        assert_int_equal(searchers[i].num_found, make.num_entries);
    }
    assert_non_null(crl->index);
    signet_crl_unref(crl);
}

SG_TEST_MAIN(SG_TEST("A-2.1-1 B-SER-1", finds_entries_and_only_them),
             SG_TEST("B-CRL-22", finds_nothing_in_an_empty_list),
             SG_TEST("B-SER-1 B-SER-2", finds_serials_of_every_kind),
             SG_TEST("B-CRL-15", tells_one_issuer_from_another),
             SG_TEST("B-CRL-15", takes_entries_behind_an_unnamed_issuer_for_nobodys),
             SG_TEST("B-CRL-15", asks_for_the_issuer_of_a_direct_crl_too),
             SG_TEST("B-CRL-17 B-CRL-19", prefers_what_revokes_among_several),
             SG_TEST("B-CRL-19", reports_reason_and_dates),
             SG_TEST("B-CRL-3", reads_every_day_of_the_calendar),
             SG_TEST("B-CRL-22", finds_every_entry_of_long_lists),
             SG_TEST("B-CRL-22", finds_entries_without_memory_for_an_index),
             SG_TEST("B-CRL-17 B-CRL-22", prefers_what_revokes_among_several_of_a_long_list),
             SG_TEST("B-CRL-22", lets_threads_search_side_by_side))
