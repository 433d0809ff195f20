/* SPDX-License-Identifier: Apache-2.0 */
#include "address/mailbox.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_mailbox parsed(const char *text)
{
    struct sg_mailbox mailbox = {0};
    if (!sg_mailbox_parse(text_bytes(text), &arena, &mailbox))
        fail_msg("no address: \"%s\"", text);
    return mailbox;
}

static void begin(void)
{
    sg_arena_init(&arena, 1 << 20);
}

static void end(void)
{
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void reads_bare_addresses(void **state)
{
    static const struct {
        const char *text, *local, *domain;
        bool literal;
    } rows[] = {
        {"alice@example.org", "alice", "example.org", false},
        {"a.b+c@sub.example.org", "a.b+c", "sub.example.org", false},
        {"!#$%&'*+-/=?^_`{|}~@x", "!#$%&'*+-/=?^_`{|}~", "x", false},
        {"\"alice\"@example.org", "alice", "example.org", false},
        {"\"john doe\"@example.org", "john doe", "example.org", false},
        {"\"a@b\"@example.org", "a@b", "example.org", false},
        {"\"a\\\"b\\\\c\"@example.org", "a\"b\\c", "example.org", false},
        {"alice@[192.0.2.1]", "alice", "[192.0.2.1]", true},
        {"alice@[IPv6:2001:db8::1]", "alice", "[IPv6:2001:db8::1]", true},
        {"jörg@example.org", "j\xc3\xb6rg", "example.org", false},
        {"jörg@bücher.example", "j\xc3\xb6rg", "bücher.example", false},
        {"a@xn--bcher-kva.example", "a", "xn--bcher-kva.example", false},
        {"a@i\xe2\x9d\xa4.example", "a", "i\xe2\x9d\xa4.example", false},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_mailbox mailbox = parsed(rows[i].text);
        assert_span_text(mailbox.local, rows[i].local);
        assert_span_text(mailbox.domain, rows[i].domain);
        assert_int_equal(mailbox.literal, rows[i].literal);
    }
    end();
}

static void refuses_what_is_no_bare_address(void **state)
{
    static const char *const rows[] = {
        "",
        "alice",
        "@example.org",
        "alice@",
        "a@b@c",
        "Bob <b@x.org>",
        "<b@x.org>",
        "b@x.org (Bob)",
        "(Bob) b@x.org",
        " b@x.org",
        "b@x.org ",
        "b @x.org",
        "b@ x.org",
        "b@x. org",
        "b@x.org\n",
        "b@x.org,c@x.org",
        "b@x.org;",
        "mailto:b@x.org",
        ".b@x.org",
        "b.@x.org",
        "b..c@x.org",
        "b@.x.org",
        "b@x..org",
        "b@x.org.",
        "b@x!y",
        "b@*.org",
        "b@x/y",
        "\"b@x.org",
        "\"b\"c@x.org",
        "b\"c\"@x.org",
        "\"a\".b@x.org",
        "\"\"@x.org",
        "\"a\\\"@x.org",
        "\"a\tb\"@x.org",
        "\"a\nb\"@x.org",
        "a\\b@x.org",
        "b@[]",
        "b@[192.0.2.1",
        "b@192.0.2.1]",
        "b@[192.0.2.1]x",
        "b@[1 2]",
        "b@[a\\]]",
        "b@[[1]]",
        "b\x7f@x.org",
        "b\x01@x.org",
        "b\xc2\x85@x.org",    /* NEL, a C1 control */
        "b\xff@x.org",        /* no UTF-8 */
        "b\xc0\xae@x.org",    /* overlong dot */
        "b@\xed\xa0\x80.org", /* surrogate */
        "b@\xc3\xbc..org",
        "b@\xc3\xbc.org.",
        "b@\xc3\xbc@x.org",
        "b@\xc3\xbc!.org",
    };
    struct sg_mailbox mailbox;
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (sg_mailbox_parse(text_bytes(rows[i]), &arena, &mailbox))
            fail_msg("taken for an address: \"%s\"", rows[i]);
    }
    end();
}

static void refuses_nul_wherever_it_is(void **state)
{
    static const char text[] = "alice@example.org";
    struct sg_mailbox mailbox;
    (void)state;
    begin();
    for (size_t i = 0; i <= strlen(text); i++) {
        char with_nul[sizeof(text)];
        memcpy(with_nul, text, i);
        with_nul[i] = '\0';
        memcpy(with_nul + i + 1, text + i, strlen(text) - i);
        assert_false(sg_mailbox_parse(sg_test_copy(with_nul, strlen(text) + 1), &arena, &mailbox));
    }
    assert_false(sg_mailbox_parse(sg_test_copy("a@x.org\0.evil.example", 21), &arena, &mailbox));
    end();
}

static void bounds_the_length(void **state)
{
    struct sg_mailbox mailbox;
    char text[SG_MAILBOX_MAX_LEN + 2];
    (void)state;
    begin();
    memset(text, 'a', sizeof(text));
    memcpy(text + SG_MAILBOX_MAX_LEN - 6, "@x.org", 6);
    assert_true(sg_mailbox_parse(sg_test_copy(text, SG_MAILBOX_MAX_LEN), &arena, &mailbox));
    memcpy(text + SG_MAILBOX_MAX_LEN - 6, "a@x.org", 7);
    assert_false(sg_mailbox_parse(sg_test_copy(text, SG_MAILBOX_MAX_LEN + 1), &arena, &mailbox));
    end();
}

static void compares_as_the_sender_match_wants(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal, exactly_equal;
    } rows[] = {
        {"a@x.org", "a@x.org", true, true},
        {"A@X.org", "A@x.ORG", true, true},
        {"a@x.org", "A@x.org", true, false},
        {"a@x.org", "b@x.org", false, false},
        {"a@x.org", "a@y.org", false, false},
        {"a@x.org", "a@sub.x.org", false, false},
        {"*@x.org", "a@x.org", false, false},
        {"a+tag@x.org", "a@x.org", false, false},
        {"a.b@x.org", "ab@x.org", false, false},
        {"\"a\"@x.org", "a@x.org", true, true},
        {"\"a\\b\"@x.org", "ab@x.org", true, true},
        {"\"a b\"@x.org", "ab@x.org", false, false},
        {"j\xc3\xb6@x.org", "j\xc3\xb6@X.org", true, true},
        {"j\xc3\xb6@x.org", "J\xc3\xb6@x.org", false, false}, /* octet by octet beside non-ASCII */
        {"j\xc3\xb6@x.org", "j\xc3\x96@x.org", false, false},
        {"j\xc3\xb6@x.org", "jo\xcc\x88@x.org", false, false},
        {"a@bücher.example", "a@xn--bcher-kva.example", true, true},
        {"a@BÜCHER.example", "a@XN--BCHER-KVA.example", true, true},
        {"a@[192.0.2.1]", "a@[192.0.2.1]", true, true},
        {"a@[IPv6:DB8::1]", "a@[ipv6:db8::1]", true, true},
        {"a@[192.0.2.1]", "a@192.0.2.1", false, false},
        {"a@\xd0\xb0pple.example", "a@apple.example", false, false},
        {"\xd0\xb0@x.org", "a@x.org", false, false},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_mailbox a = parsed(rows[i].a);
        struct sg_mailbox b = parsed(rows[i].b);
        assert_int_equal(sg_mailbox_equal(&a, &b, false), rows[i].equal);
        assert_int_equal(sg_mailbox_equal(&b, &a, false), rows[i].equal);
        assert_int_equal(sg_mailbox_equal(&a, &b, true), rows[i].exactly_equal);
        assert_int_equal(sg_mailbox_equal(&b, &a, true), rows[i].exactly_equal);
    }
    end();
}

static void latches_when_memory_is_out(void **state)
{
    struct sg_mailbox mailbox;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_true(sg_mailbox_parse(text_bytes("\"a b\"@x.org"), &arena, &mailbox));
    assert_false(arena.failed);
    assert_false(sg_mailbox_parse(text_bytes("\"a\\b\"@x.org"), &arena, &mailbox));
    assert_true(arena.failed);
    arena.failed = false;
    assert_false(sg_mailbox_parse(text_bytes("a@\xc3\xbc.org"), &arena, &mailbox));
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

/* RFC 5322 3.2.3, and RFC 6532 3.2 for what is not ASCII. */
static void knows_the_octets_of_atoms(void **state)
{
    static const char octets[] = "!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`"
                                 "abcdefghijklmnopqrstuvwxyz{|}~";
    (void)state;
    for (unsigned octet = 0; octet < 256; octet++)
        assert_int_equal(sg_mailbox_is_atext((uint8_t)octet),
                         octet >= 0x80 || memchr(octets, (int)octet, sizeof(octets) - 1) != NULL);
}

SG_TEST_MAIN(SG_TEST("A-3-2", knows_the_octets_of_atoms),
             SG_TEST("A-3-2 D-ADR-1", reads_bare_addresses),
             SG_TEST("A-3-2 E-15", refuses_what_is_no_bare_address),
             SG_TEST("E-15", refuses_nul_wherever_it_is), SG_TEST("", bounds_the_length),
             SG_TEST("E-12 B-GN-2 D-ADR-2", compares_as_the_sender_match_wants),
             SG_TEST("", latches_when_memory_is_out))
