/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#define ROW(name, unusable, ...)                                                                   \
    {                                                                                              \
        "crl:" name, unusable,                                                                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define K(name) SG_KIND_CRL_##name
#define NONE    SG_NUM_KINDS

static const struct row {
    const char *name;
    bool unusable;
    enum sg_kind kinds[SG_TEST_MAX_KINDS];
} rows[] = {
    ROW("plain", false, NONE),
    ROW("empty", false, NONE),
    ROW("v1", false, NONE),
    ROW("no next update", false, NONE),
    ROW("dates after 2050", false, NONE),
    ROW("delta", false, NONE),
    ROW("pointer", false, NONE),
    ROW("scope", false, NONE),
    ROW("AIA", false, NONE),
    ROW("unknown", false, NONE),
    ROW("entry unknown", false, NONE),
    ROW("reasons", false, NONE),
    ROW("dates of invalidity", false, NONE),
    ROW("serials", false, NONE),
    ROW("twice", false, NONE),
    ROW("long entries", false, NONE),

    ROW("v1 with extensions", true, K(EXTENSIONS_MISPLACED)),
    ROW("v1 with entry extensions", true, K(EXTENSIONS_MISPLACED)),
    ROW("issuer empty", true, K(ISSUER_EMPTY)),
    ROW("algorithms differ", true, K(ALGORITHMS_DIFFER)),
    ROW("signature of half octets", true, K(SIGNATURE_BITS)),
    ROW("unknown critical", true, K(CRITICAL_UNKNOWN)),
    ROW("repeated", true, K(EXTENSION_REPEATED)),
    ROW("malformed number", true, K(EXTENSION_MALFORMED), K(NUMBER_MISSING)),
    ROW("scope contradicts", true, K(SCOPE_CONTRADICTS)),
    ROW("scope contradicts again", true, K(SCOPE_CONTRADICTS)),
    ROW("scope malformed", true, K(EXTENSION_MALFORMED)),
    ROW("entry unknown critical", true, K(ENTRY_CRITICAL_UNKNOWN)),
    ROW("entry repeated", true, K(EXTENSION_REPEATED)),
    ROW("entry malformed", true, K(ENTRY_EXTENSION_MALFORMED)),
    ROW("remove outside of a delta", true, K(REMOVE_MISPLACED)),
    ROW("certificate issuer misplaced", true, K(CERTIFICATE_ISSUER_MISPLACED)),
    ROW("certificate issuer unnamed", true, K(CERTIFICATE_ISSUER_UNNAMED)),

    ROW("v1 written out", false, K(VERSION_DEFAULT)),
    ROW("GeneralizedTime before 2050", false, K(TIME_FORM)),
    ROW("list present and empty", false, K(LIST_EMPTY)),
    ROW("no number", false, K(NUMBER_MISSING)),
    ROW("no key identifier", false, K(AKI_MISSING)),
    ROW("extensions empty", false, K(EXTENSIONS_EMPTY), K(NUMBER_MISSING), K(AKI_MISSING)),
    ROW("number odd", false, K(NUMBER_ODD)),
    ROW("number negative", false, K(NUMBER_ODD)),
    ROW("number critical", false, K(EXTENSION_CRITICAL)),
    ROW("delta not critical", false, K(EXTENSION_NOT_CRITICAL)),
    ROW("delta with a pointer", false, K(FRESHEST_MISPLACED)),
    ROW("scope not critical", false, K(EXTENSION_NOT_CRITICAL)),
    ROW("scope empty", false, K(SCOPE_EMPTY)),
    ROW("scope with FALSE", false, K(EXTENSION_DEFAULT)),
    ROW("entry extensions empty", false, K(EXTENSIONS_EMPTY)),
    ROW("entry reason critical", false, K(EXTENSION_CRITICAL)),
    ROW("reason unknown", false, K(REASON_UNKNOWN)),
    ROW("indirect", false, K(EXTENSION_NOT_CRITICAL)),
};

static size_t num_kinds(const struct row *row)
{
    size_t num = 1;
    while (num < SG_TEST_MAX_KINDS && row->kinds[num] != 0)
        num++;
    return num;
}

static void finds_each_fault_and_no_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_crl *crl = crl_of(rows[i].name);
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        sg_crl_check(crl, 1, &findings);
        assert_kinds(rows[i].name, &findings, rows[i].kinds, num_kinds(&rows[i]));
        if (crl->unusable != rows[i].unusable ||
            sg_findings_have(&findings, SIGNET_CODE_CRL_INVALID) != rows[i].unusable)
            fail_msg("%s: unusable: %d", rows[i].name, crl->unusable);
        for (size_t j = 0; j < findings.num; j++) {
            assert_int_equal(findings.items[j].finding.object, SIGNET_OBJECT_CRL);
            assert_int_equal(findings.items[j].finding.certificate, 1);
        }
        sg_arena_clear(&arena);
        signet_crl_unref(crl);
    }
}

static void compares_numbers_of_any_length(void **state)
{
    static const struct {
        const char *a, *b;
        int order;
    } numbers[] = {
        {"01", "02", -1},
        {"02", "01", 1},
        {"05", "05", 0},
        {"7f", "0080", -1},
        {"00ff", "0100", -1},
        {"0100", "7f", 1},
        {"7fffffffffffffffffffffffffffffffffffffff", "00ffffffffffffffffffffffffffffffffffffffff",
         -1},
        {"00ffffffffffffffffffffffffffffffffffffffff",
         "0100000000000000000000000000000000000000 00", -1},
        {"ff", "00", -1},
        {"00", "ff", 1},
        {"80", "ff", 0},
        {"", "00", 0},
        {"", "01", -1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(numbers); i++)
        assert_int_equal(sg_crl_number_compare(hex(numbers[i].a), hex(numbers[i].b)),
                         numbers[i].order);
}

static void names_every_reason(void **state)
{
    static const char *const names[] = {
        "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
        "superseded",    "cessationOfOperation", "certificateHold", "unknown reason",
        "removeFromCRL", "privilegeWithdrawn",   "aACompromise",    "unknown reason"};
    (void)state;
    for (int i = 0; i < (int)SG_NUM(names); i++)
        assert_string_equal(sg_crl_reason_name(i), names[i]);
    assert_string_equal(sg_crl_reason_name(SG_REASON_ABSENT), "unspecified");
    assert_string_equal(sg_crl_reason_name(-2), "unknown reason");
    assert_string_equal(sg_crl_reason_name(255), "unknown reason");
}

SG_TEST_MAIN(
    SG_TEST("B-CRL-1 B-CRL-2 B-CRL-5 B-CRL-6 B-CRL-15 B-CRL-19 B-CRL-22 B-ENC-2 B-ENC-5 A-5-F4",
            finds_each_fault_and_no_other),
    SG_TEST("B-CRL-7", compares_numbers_of_any_length), SG_TEST("B-CRL-19", names_every_reason))
