/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/address_match.h"

#include "fault.h"
#include "test.h"

enum { ARENA_LEN = 1 << 24 };

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "address_scenes.inc"
};

static struct signet_certificate *certificate(const char *name)
{
    struct signet_certificate *parsed;
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0) {
            assert_int_equal(
                signet_certificate_parse(sg_span(samples[i].octets, samples[i].len), &parsed, NULL),
                SIGNET_OK);
            return parsed;
        }
    }
    fail_msg("no certificate \"%s\"", name);
    return NULL;
}

struct outcome {
    enum signet_address_result result;
    const char *field, *matched;
    const char *codes; /* of all findings, in order */
};

struct row {
    const char *certificate;
    const char *headers; /* a header block, or "=ADDRESS" for one that the caller gave */
    bool exact;
    struct outcome wanted;
};

static bool read_sender(const struct row *row, struct sg_arena *arena, struct sg_sender *sender)
{
    struct sg_headers headers;
    size_t len;
    if (row->headers[0] == '=')
        return sg_sender_give(row->headers + 1, arena, sender);
    return sg_headers_parse(text_bytes(row->headers), arena, &headers, &len) &&
           sg_sender_read(&headers, arena, sender);
}

static const char *codes_of(const struct sg_findings *findings)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 16);
    for (size_t i = 0; i < findings->num; i++)
        sg_buffer_printf(&text, "%s%s", i > 0 ? " " : "",
                         signet_code_name(findings->items[i].finding.code));
    const char *codes = as_text(sg_buffer_span(&text));
    sg_buffer_free(&text);
    return codes;
}

static bool is_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void try_row(const struct row *row)
{
    struct sg_arena arena;
    struct sg_sender sender;
    struct sg_findings findings;
    struct signet_address_check check;
    struct signet_certificate *holder = certificate(row->certificate);
    sg_arena_init(&arena, ARENA_LEN);
    sg_findings_init(&findings, &arena);
    assert_true(read_sender(row, &arena, &sender));
    assert_true(sg_address_check(holder, NULL, &sender, row->exact, &findings, &check));
    const char *codes = codes_of(&findings);
    if (check.result != row->wanted.result || !is_text(check.field, row->wanted.field) ||
        !is_text(check.matched, row->wanted.matched) || strcmp(codes, row->wanted.codes) != 0)
        fail_msg("%s, %s: %s by %s, told \"%s\"", row->certificate, row->headers,
                 signet_address_result_name(check.result),
                 check.field != NULL ? check.field : "none", codes);
    signet_certificate_unref(holder);
    sg_arena_clear(&arena);
}

static void try_rows(const struct row *rows, size_t num)
{
    for (size_t i = 0; i < num; i++)
        try_row(&rows[i]);
}

#define MATCH(field, address, codes)                                                               \
    {                                                                                              \
        SIGNET_ADDRESS_MATCH, field, address, codes                                                \
    }
#define MISMATCH(codes)                                                                            \
    {                                                                                              \
        SIGNET_ADDRESS_MISMATCH, NULL, NULL, codes                                                 \
    }
#define NOTHING(codes)                                                                             \
    {                                                                                              \
        SIGNET_ADDRESS_NONE, NULL, NULL, codes                                                     \
    }

#define ALICE   "alice@example.com"
#define MALLORY "mallory@example.net"

static void from_or_sender_must_be_in_the_certificate(void **state)
{
    static const struct row rows[] = {
        {"alice", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
        {"alice", "From: Alice <" ALICE ">\n", false, MATCH("From", ALICE, "")},
        {"several", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
        {"in-subject", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
        {"in-both", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
        {"alice", "From: " MALLORY "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"none", "From: " ALICE "\n", false, NOTHING("NO_ADDR")},
        {"alice", "From: " MALLORY "\nSender: " ALICE "\n", false,
         MATCH("Sender", ALICE, "SENDER_ONLY")},
        {"alice", "From: " ALICE "\nSender: " MALLORY "\n", false, MATCH("From", ALICE, "")},
        {"alice", "From: " MALLORY "\nSender: x@example.net\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "Sender: " ALICE "\n", false, MATCH("Sender", ALICE, "")},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void of_several_authors_the_matching_one_is_named(void **state)
{
    static const struct row rows[] = {
        {"alice", "From: " MALLORY ", " ALICE "\n", false, MATCH("From", ALICE, "OTHER_AUTHORS")},
        {"alice", "From: " ALICE ", " MALLORY ", x@y.example\n", false,
         MATCH("From", ALICE, "OTHER_AUTHORS OTHER_AUTHORS")},
        {"alice", "From: " ALICE "\nFrom: " ALICE "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "From: " ALICE "\nFrom: " MALLORY "\n", false, MISMATCH("ADDR_MISMATCH")},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void case_is_folded_by_the_rules(void **state)
{
    static const struct row rows[] = {
        {"Alice", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
        {"alice", "From: ALICE@EXAMPLE.COM\n", false, MATCH("From", "ALICE@EXAMPLE.COM", "")},
        {"Alice", "From: " ALICE "\n", true, MISMATCH("ADDR_MISMATCH")},
        {"Alice", "From: Alice@example.com\n", true, MATCH("From", "Alice@example.com", "")},
        {"utf8", "From: \xc3\xa4lice@Example.com\n", false,
         MATCH("From", "\xc3\xa4lice@Example.com", "")},
        {"utf8", "From: \xc3\x84lice@example.com\n", false, MISMATCH("ADDR_MISMATCH")},
        {"a-label",
         "From: alice@b\xc3\xbc"
         "cher.example\n",
         false,
         MATCH("From",
               "alice@b\xc3\xbc"
               "cher.example",
               "")},
        {"a-label", "From: alice@XN--BCHER-KVA.example\n", false,
         MATCH("From", "alice@XN--BCHER-KVA.example", "")},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void only_a_parsed_address_counts(void **state)
{
    static const struct row rows[] = {
        {"alice", "From: \"" ALICE "\" <" MALLORY ">\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "From: " MALLORY " (" ALICE ")\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "From: " MALLORY "\nResent-From: " ALICE "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "From: friends: " ALICE ";\n", false, MATCH("From", ALICE, "")},
        {"alice", "From: " ALICE " " MALLORY "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "From: Alice\n", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "Subject: x\n", false, NOTHING("NO_SENDER")},
        {"malformed", "From: " ALICE "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"malformed-nul", "From: " ALICE "\n", false, MISMATCH("ADDR_MISMATCH")},
        {"malformed-and-good", "From: " ALICE "\n", false, MATCH("From", ALICE, "")},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void what_the_caller_gave_goes_before(void **state)
{
    static const struct row rows[] = {
        {"alice", "=" ALICE, false, MATCH("given", ALICE, "")},
        {"alice", "=" MALLORY, false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "=Alice <" ALICE ">", false, MISMATCH("ADDR_MISMATCH")},
        {"alice", "=", false, MISMATCH("ADDR_MISMATCH")},
        {"none", "=" ALICE, false, NOTHING("NO_ADDR")},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void nothing_is_asked_of_a_bare_object(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    struct signet_address_check check;
    const struct sg_sender sender = {0};
    struct signet_certificate *holder = certificate("several");
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    sg_findings_init(&findings, &arena);
    assert_true(sg_address_check(holder, NULL, &sender, false, &findings, &check));
    assert_int_equal(check.result, SIGNET_ADDRESS_NONE);
    assert_int_equal(check.num_certificate, 3);
    assert_int_equal(findings.num, 0);
    signet_certificate_unref(holder);
    sg_arena_clear(&arena);
}

/* A mismatch must not become a match, nor silence, for want of memory. */
static void survives_every_failing_allocation(void **state)
{
    static const char *const blocks[] = {"From: " ALICE "\n", "From: " MALLORY "\n"};
    struct signet_certificate *holder = certificate("several");
    (void)state;
    for (size_t i = 0; i < SG_NUM(blocks); i++) {
        const struct row row = {.certificate = "several", .headers = blocks[i]};
        bool done = false;
        for (size_t n = 0; !done; n++) {
            struct sg_arena arena;
            struct sg_sender sender;
            struct sg_findings findings;
            struct signet_address_check check;
            sg_arena_init(&arena, ARENA_LEN);
            sg_findings_init(&findings, &arena);
            assert_true(read_sender(&row, &arena, &sender));
            fault_begin(n);
            done = sg_address_check(holder, NULL, &sender, false, &findings, &check) &&
                   !findings.failed;
            fault_end();
            if (done)
                assert_int_equal(check.result,
                                 i == 0 ? SIGNET_ADDRESS_MATCH : SIGNET_ADDRESS_MISMATCH);
            sg_arena_clear(&arena);
        }
    }
    signet_certificate_unref(holder);
}

SG_TEST_MAIN(SG_TEST("A-3-5 A-3-7 A-3-8 A-3-11 A-5-F1 E-11 E-14",
                     from_or_sender_must_be_in_the_certificate),
             SG_TEST("E-11", of_several_authors_the_matching_one_is_named),
             SG_TEST("E-12 D-ADR-1 D-ADR-2 B-GN-1", case_is_folded_by_the_rules),
             SG_TEST("E-15 E-11 A-3-2", only_a_parsed_address_counts),
             SG_TEST("A-3-11", what_the_caller_gave_goes_before),
             SG_TEST("A-3-13", nothing_is_asked_of_a_bare_object),
             SG_TEST("A-5-F1", survives_every_failing_allocation))
