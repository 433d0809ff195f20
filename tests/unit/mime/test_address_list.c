/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/address_list.h"
#include "mime/header.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_address_list parsed(struct signet_span value)
{
    struct sg_address_list list;
    assert_true(sg_address_list_parse(value, &arena, &list));
    return list;
}

/* The addresses of LIST with commas between them. */
static const char *joined(const struct sg_address_list *list)
{
    size_t room = 1, len = 0;
    for (size_t i = 0; i < list->num; i++)
        room += list->items[i].text.len + 1;
    char *text = sg_test_keep(malloc(room));
    for (size_t i = 0; i < list->num; i++) {
        struct signet_span one = list->items[i].text;
        if (i > 0)
            text[len++] = ',';
        memcpy(text + len, one.ptr, one.len);
        len += one.len;
    }
    text[len] = '\0';
    return text;
}

struct row {
    const char *value, *addresses;
    bool malformed;
};

static void check(const struct row *rows, size_t num)
{
    sg_arena_init(&arena, 1 << 22);
    for (size_t i = 0; i < num; i++) {
        struct sg_address_list list = parsed(text_bytes(rows[i].value));
        const char *addresses = joined(&list);
        if (strcmp(addresses, rows[i].addresses) != 0 || list.malformed != rows[i].malformed)
            fail_msg("\"%s\": \"%s\", malformed %d", rows[i].value, addresses, list.malformed);
        for (size_t j = 0; j < list.num; j++) {
            struct sg_mailbox again;
            assert_true(sg_mailbox_parse(list.items[j].text, &arena, &again));
            assert_true(sg_mailbox_equal(&again, &list.items[j].mailbox, true));
        }
    }
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void reads_mailboxes(void **state)
{
    static const struct row rows[] = {
        {" alice@example.org", "alice@example.org", false},
        {"<alice@example.org>", "alice@example.org", false},
        {"Alice <alice@example.org>", "alice@example.org", false},
        {"\"Alice\" <alice@example.org>", "alice@example.org", false},
        {"Alice<alice@example.org>", "alice@example.org", false},
        {"\"A\"\"B\" c<alice@example.org>", "alice@example.org", false},
        {"John Q. Public <j@x.org>", "j@x.org", false}, /* obs-phrase */
        {".Net <j@x.org>", "j@x.org", false},
        {"J\xf6rg M\xc3\xbcller <j@x.org>", "j@x.org", false}, /* raw 8-bit */
        {"=?utf-8?q?J=C3=B6rg?= <j@x.org>", "j@x.org", false},
        {"jörg@bücher.example", "jörg@bücher.example", false},
        {"\"john doe\"@x.org", "\"john doe\"@x.org", false},
        {"J <\"a@b\"@x.org>", "\"a@b\"@x.org", false},
        {"J <\"a\\\"b\"@x.org>", "\"a\\\"b\"@x.org", false},
        {"a@[192.0.2.1]", "a@[192.0.2.1]", false},
        {"<@relay.example,@[192.0.2.1]:a@x.org>", "a@x.org", false},
        {"<@relay.example:a@x.org>", "a@x.org", false},
        {"< , @relay.example , : a@x.org >", "a@x.org", false},
        {"Alice\r\n <alice@\r\n example.org>", "alice@example.org", false},
        {"Alice <\r\n\talice@example.org\r\n >", "alice@example.org", false},
        {"a . b @ x . org", "a.b@x.org", false}, /* obs-local-part, obs-domain */
        {"a@x.org, b@x.org", "a@x.org,b@x.org", false},
        {"A <a@x.org>, \"B, C\" <b@x.org>,c@x.org", "a@x.org,b@x.org,c@x.org", false},
        {",, a@x.org,,\tb@x.org ,", "a@x.org,b@x.org", false}, /* obs-mbox-list */
        {"A@X.Org", "A@X.Org", false},
        {"a?b?=c@x.org", "a?b?=c@x.org", false},
    };
    (void)state;
    check(rows, SG_NUM(rows));
}

static void reads_groups(void **state)
{
    static const struct row rows[] = {
        {"Friends: a@x.org, B <b@x.org>;", "a@x.org,b@x.org", false},
        {"c@x.org, \"My Friends\":a@x.org;, d@x.org", "c@x.org,a@x.org,d@x.org", false},
        {"undisclosed-recipients:;", "", false},
        {"g: , a@x.org, ;", "a@x.org", false},
        {"g (c): (c) a@x.org (c);(c)", "a@x.org", false},
        {"g: a@x.org", "a@x.org", true},
        {"g: a@x.org; b@x.org", "a@x.org", true},
        {"g: h: a@x.org;;", "", true},
        {": a@x.org;", "", true},
        {"g: a@x.org;;", "a@x.org", true},
        {"alice@example.org: m@evil.example;", "", true},
    };
    (void)state;
    check(rows, SG_NUM(rows));
}

static void drops_comments(void **state)
{
    static const struct row rows[] = {
        {"(c) a@x.org", "a@x.org", false},
        {"a@x.org (c)", "a@x.org", false},
        {"a(c)@(c)x.org", "a@x.org", false},
        {"a(c).(c)b@x(c).(c)org", "a.b@x.org", false},
        {"A (c) B <(c)a@x.org(c)>(c)", "a@x.org", false},
        {"a@x.org ((nested (deep)))", "a@x.org", false},
        {"a@x.org (\\) , m@evil.example)", "a@x.org", false},
        {"(a@x.org)", "", true},
        {"a(c)b@x.org", "", true},
        {"a@x.org (c", "a@x.org", true},
        {"a@x.org c)", "", true},
    };
    (void)state;
    check(rows, SG_NUM(rows));
}

/* Names that look like the address of somebody else. */
static void is_not_fooled_by_what_is_shown(void **state)
{
    static const struct row rows[] = {
        {"\"alice@example.org\" <mallory@evil.example>", "mallory@evil.example", false},
        {"\"alice@example.org <alice@example.org>\" <mallory@evil.example>", "mallory@evil.example",
         false},
        {"\"alice@example.org\\\" <mallory@evil.example>\" <m@evil.example>", "m@evil.example",
         false},
        {"mallory@evil.example (alice@example.org)", "mallory@evil.example", false},
        {"(alice@example.org) mallory@evil.example", "mallory@evil.example", false},
        {"(alice@example.org,) <mallory@evil.example>", "mallory@evil.example", false},
        {"=?utf-8?q?alice=40example.org?= <m@evil.example>", "m@evil.example", false},
        {"=?utf-8?q?alice=40example.org=3E?= <m@evil.example>", "m@evil.example", false},
        {"=?utf-8?b?YWxpY2VAZXhhbXBsZS5vcmc=?= <m@evil.example>", "m@evil.example", false},
        {"\"=?utf-8?q?alice=40example.org=22_=3Calice=40example.org=3E?=\" <m@evil.example>",
         "m@evil.example", false},
        {"\"alice@example.org\"@evil.example", "\"alice@example.org\"@evil.example", false},
        {"alice@example.org(.evil.example)", "alice@example.org", false},
        {"alice@example.org (.) .evil.example", "alice@example.org.evil.example", false},
        {"alice%example.org@evil.example", "alice%example.org@evil.example", false},
        {"<@example.org:alice@evil.example>", "alice@evil.example", false},
        {"\"\xef\xbc\xa1lice\" <m@evil.example>", "m@evil.example", false},
    };
    (void)state;
    check(rows, SG_NUM(rows));
}

/* What readers take for different addresses is none. */
static void refuses_what_is_no_address_list(void **state)
{
    static const struct row rows[] = {
        {"", "", true},
        {" \r\n ", "", true},
        {",", "", true},
        {"Alice", "", true},
        {"\"Alice\"", "", true},
        {"<>", "", true},
        {"Alice <>", "", true},
        {"<alice>", "", true},
        {"alice@", "", true},
        {"@example.org", "", true},
        {"<@example.org>", "", true},
        {"<@example.org:>", "", true},
        {"a@b@c", "", true},
        {"<a@b@c>", "", true},
        {"alice@example.org <mallory@evil.example>", "", true},
        {"alice@example.org, <mallory@evil.example", "alice@example.org", true},
        {"<alice@example.org> <mallory@evil.example>", "", true},
        {"<alice@example.org> mallory@evil.example", "", true},
        {"<<alice@example.org>>", "", true},
        {"Alice <alice@example.org> Smith", "", true},
        {"alice@example.org mallory@evil.example", "", true},
        {"alice@example.org; mallory@evil.example", "", true},
        {"alice@example.org;", "", true},
        {"a@x.org, Alice", "a@x.org", true},
        {"a@x.org, b@", "a@x.org", true},
        {"[Alice] <a@x.org>", "", true},
        {"A \\\"B\\\" <a@x.org>", "", true},
        {"\"Alice <a@x.org>", "", true},
        {"\"a\".b@x.org", "", true}, /* obs-local-part mixed of both kinds */
        {"a.\"b\"@x.org", "", true},
        {"\"\"@x.org", "", true},
        {"a b@x.org", "", true},
        {"a@x org", "", true},
        {".a@x.org", "", true},
        {"a.@x.org", "", true},
        {"a..b@x.org", "", true},
        {"a@x..org", "", true},
        {"a@x.org.", "", true},
        {"a@[1", "", true},
        {"a@[]", "", true},
        {"a@x_y/z.org", "", true},
        {"=?utf-8?q?alice=40example.org?=", "", true},
        {"=?utf-8?q?alice?=@example.org", "", true},
        {"<=?utf-8?q?alice?=@example.org>", "", true},
        {"j\xf6rg@x.org", "", true}, /* Latin-1 where UTF-8 has to be */
        {"a@x\xf6.org", "", true},
        {"a@x.org\rFrom: b@x.org", "", true},
        {"a\x01@x.org", "", true},
        {"\"a\x7f\" <a@x.org>", "", true},
    };
    (void)state;
    check(rows, SG_NUM(rows));
}

static void refuses_nul_wherever_it_is(void **state)
{
    static const char text[] = "Alice (c) <alice@example.org>";
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    for (size_t i = 1; i < strlen(text); i++) {
        char with_nul[sizeof(text)];
        memcpy(with_nul, text, i);
        with_nul[i] = '\0';
        memcpy(with_nul + i + 1, text + i, strlen(text) - i);
        struct sg_address_list list = parsed(sg_test_copy(with_nul, strlen(text) + 1));
        assert_true(list.malformed);
        assert_int_equal(list.num, 0);
    }
    sg_arena_clear(&arena);
}

static void keeps_the_display_name_raw(void **state)
{
    static const struct {
        const char *value, *display; /* NULL: none */
    } rows[] = {
        {"a@x.org", NULL},
        {"<a@x.org>", NULL},
        {"(c) <a@x.org>", NULL},
        {"a@x.org (Alice)", NULL},
        {" Alice  Smith <a@x.org>", "Alice  Smith"},
        {"\"Alice \\\"A\\\" Smith\" <a@x.org>", "\"Alice \\\"A\\\" Smith\""},
        {"=?utf-8?q?J=C3=B6rg?= <a@x.org>", "=?utf-8?q?J=C3=B6rg?="},
        {"g: Alice <a@x.org>;", "Alice"},
    };
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_address_list list = parsed(text_bytes(rows[i].value));
        assert_int_equal(list.num, 1);
        if (rows[i].display == NULL)
            assert_null(list.items[0].display.ptr);
        else
            assert_span_text(list.items[0].display, rows[i].display);
    }
    sg_arena_clear(&arena);
}

static void gives_the_parts_of_an_address(void **state)
{
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    struct sg_address_list list = parsed(text_bytes("X <\"a \\b\" @ [192.0.2.1]>"));
    assert_int_equal(list.num, 1);
    assert_span_text(list.items[0].text, "\"a \\b\"@[192.0.2.1]");
    assert_span_text(list.items[0].mailbox.local, "a b");
    assert_span_text(list.items[0].mailbox.domain, "[192.0.2.1]");
    assert_true(list.items[0].mailbox.literal);
    sg_arena_clear(&arena);
}

/* From against what a certificate holds: any of its addresses will do, and only as an address. */
static void matches_any_address_of_a_certificate(void **state)
{
    static const char *const certificate[] = {"a.smith@example.org", "Alice@Example.org",
                                              "alice@xn--bcher-kva.example"};
    static const struct {
        const char *from;
        bool matches;
    } rows[] = {
        {"Alice <alice@example.org>", true},
        {"A.SMITH@EXAMPLE.ORG", true},
        {"\"alice\"@bücher.example", true},
        {"Alice <alice@example.com>", false},
        {"\"alice@example.org\" <mallory@example.com>", false},
        {"mallory@example.com (alice@example.org)", false},
        {"=?utf-8?q?alice=40example.org?= <mallory@example.com>", false},
        {"alice@example.org.evil.example", false},
        {"alice@example.org <mallory@example.com>", false},
    };
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_address_list list = parsed(text_bytes(rows[i].from));
        bool matches = false;
        for (size_t j = 0; j < list.num * SG_NUM(certificate); j++) {
            struct sg_mailbox held;
            struct signet_span text = text_bytes(certificate[j % SG_NUM(certificate)]);
            assert_true(sg_mailbox_parse(text, &arena, &held));
            matches |= sg_mailbox_equal(&list.items[j / SG_NUM(certificate)].mailbox, &held, false);
        }
        if (matches != rows[i].matches)
            fail_msg("%s", rows[i].from);
    }
    sg_arena_clear(&arena);
}

static struct signet_span many(const char *text, size_t num)
{
    size_t len = strlen(text);
    uint8_t *bytes = sg_test_keep(malloc(len * num));
    for (size_t i = 0; i < num; i++)
        memcpy(bytes + i * len, text, len);
    return sg_span(bytes, len * num);
}

static void bounds_its_work(void **state)
{
    static const char *const endless[] = {"(",  "\"",  "<",  "a.", "a ",
                                          "=?", "@a,", "g:", "\\", "(\\"};
    (void)state;
    sg_arena_init(&arena, 1 << 22);
    struct sg_address_list list = parsed(many("a@x,", SG_ADDRESS_LIST_MAX));
    assert_false(list.malformed);
    assert_int_equal(list.num, SG_ADDRESS_LIST_MAX);
    list = parsed(many("a@x,", SG_ADDRESS_LIST_MAX + 1));
    assert_true(list.malformed);
    assert_true(sg_address_list_parse_up_to(many("a@x,", 3000), 3000, &arena, &list));
    assert_false(list.malformed);
    assert_int_equal(list.num, 3000);
    assert_true(sg_address_list_parse_up_to(many("a@x,", 3000), 2999, &arena, &list));
    assert_true(list.malformed);
    for (size_t i = 0; i < SG_NUM(endless); i++)
        assert_true(parsed(many(endless[i], 100000)).malformed);
    list = parsed(many("a@x.org ", SG_HEADER_MAX_LEN / 8 + 1));
    assert_true(list.malformed);
    assert_int_equal(list.num, 0);
    assert_true(parsed(repeat(text_bytes("a@"), 'x', 300)).malformed);
    assert_true(parsed((struct signet_span){NULL, 0}).malformed);
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    bool done = false;
    (void)state;
    for (size_t max = 0; !done; max++) {
        struct sg_address_list list;
        sg_arena_init(&arena, max);
        done = sg_address_list_parse(text_bytes("A\n <\"a\\b\"@x.org>, b@\xc3\xbc.org"), &arena,
                                     &list);
        assert_int_equal(done, !arena.failed);
        if (done)
            assert_int_equal(list.num, 2);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("E-11", reads_mailboxes),
             SG_TEST("A-3-11 A-4.4.3-2 E-12 E-15", matches_any_address_of_a_certificate),
             SG_TEST("E-11 E-15", reads_groups), SG_TEST("E-15", drops_comments),
             SG_TEST("E-15", is_not_fooled_by_what_is_shown),
             SG_TEST("E-11 E-15", refuses_what_is_no_address_list),
             SG_TEST("E-15", refuses_nul_wherever_it_is),
             SG_TEST("E-15", keeps_the_display_name_raw),
             SG_TEST("A-3-2", gives_the_parts_of_an_address), SG_TEST("E-15", bounds_its_work),
             SG_TEST("", tells_when_memory_is_out))
