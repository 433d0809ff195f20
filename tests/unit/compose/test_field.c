/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/field.h"

/* The field Subject with VALUE. */
static struct signet_span text_field(struct signet_span value, enum sg_field_charset charset)
{
    struct kept kept;
    struct sg_compose_error error = {NULL, NULL};
    enum signet_status status =
        sg_field_add_text(keep_begin(&kept), "Subject", value, charset, &error);
    if (status != SIGNET_OK)
        fail_msg("%s: %s", as_text(value), error.why);
    return keep_end(&kept);
}

static void folds_and_encodes(void **state)
{
    (void)state;
    static const struct {
        const char *value, *field;
    } rows[] = {
        {"", "Subject:\r\n"},
        {"hello", "Subject: hello\r\n"},
        {" two  blanks ", "Subject: two  blanks\r\n"},
        {"a\tb", "Subject: a b\r\n"},
        {"caf\xc3\xa9", "Subject: =?UTF-8?B?Y2Fmw6k=?=\r\n"},
        {"a caf\xc3\xa9 in the very old town",
         "Subject: a =?UTF-8?B?Y2Fmw6k=?= in the very old town\r\n"},
        {"caf\xc3\xa9 and \xc3\xa9t\xc3\xa9 x", "Subject: =?UTF-8?B?Y2Fmw6kgYW5kIMOpdMOp?= x\r\n"},
        {"=?UTF-8?Q?x?=", "Subject: =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=\r\n"},
        {"1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890",
         "Subject: 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\r\n "
         "1234567890\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(text_field(text_bytes(rows[i].value), SG_FIELD_ASCII), rows[i].field);
    assert_span_text(text_field(text_bytes("caf\xc3\xa9"), SG_FIELD_UTF8),
                     "Subject: caf\xc3\xa9\r\n");
    assert_span_text(text_field(text_bytes("=?x"), SG_FIELD_UTF8), "Subject: =?UTF-8?B?PT94?=\r\n");
}

/* Whatever the value, our reader shows it as it was, and no line is too long. */
static void is_shown_as_it_was(void **state)
{
    (void)state;
    static const char *const units[] = {
        "x", "word ", "\xc3\xa9", "\xe2\x82\xac ", "\xf0\x9f\x98\x80", "=?", "a \xc3\xa9 "};
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 26);
    for (size_t unit = 0; unit < SG_NUM(units); unit++) {
        char value[1200] = "";
        for (size_t num = 0; num < 150; num++) {
            struct signet_span field = text_field(text_bytes(value), SG_FIELD_ASCII);
            struct sg_headers headers;
            size_t len;
            assert_true(sg_headers_parse(field, &arena, &headers, &len));
            assert_int_equal(headers.num, 1);
            assert_false(headers.malformed);
            assert_int_equal(len, field.len);
            struct signet_span shown = sg_header_display(headers.items[0].value, &arena);
            assert_span_equal(shown, sg_span_trim(sg_span_text(value)));
            for (size_t i = 0, column = 0; i < field.len; i++) {
                assert_true(field.ptr[i] < 0x80);
                column = field.ptr[i] == '\n' ? 0 : column + 1;
                assert_true(column <= 79); /* with the CR */
            }
            memcpy(value + num * strlen(units[unit]), units[unit], strlen(units[unit]) + 1);
        }
    }
    sg_arena_clear(&arena);
}

static void lets_no_value_end_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        size_t len;
        const char *words;
    } bad[] = {
        {"a\r\nBcc: x@example.org", 20, "line end"},
        {"a\nb", 3, "line end"},
        {"a\rb", 3, "line end"},
        {"a\0b", 3, "control"},
        {"\x1b[1m", 4, "control"},
        {"\x7f", 1, "control"},
        {"\xe9", 1, "UTF-8"},
        {"\xc3", 1, "UTF-8"},
    };
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct kept kept;
        struct sg_compose_error error = {NULL, NULL};
        assert_int_equal(sg_field_add_text(keep_begin(&kept), "Subject",
                                           sg_test_copy(bad[i].value, bad[i].len), SG_FIELD_UTF8,
                                           &error),
                         SIGNET_ERR_ARGUMENT);
        assert_string_equal(error.where, "Subject");
        assert_non_null(strstr(error.why, bad[i].words));
        assert_int_equal(keep_end(&kept).len, 0);
    }
}

static void writes_dates(void **state)
{
    (void)state;
    static const struct {
        const char *time, *field;
    } rows[] = {
        {"1970-01-01T00:00:00Z", "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"},
        {"1969-12-31T23:59:59Z", "Date: Wed, 31 Dec 1969 23:59:59 +0000\r\n"},
        {"2026-11-21T20:45:01Z", "Date: Sat, 21 Nov 2026 20:45:01 +0000\r\n"},
        {"2024-02-29T00:00:00Z", "Date: Thu, 29 Feb 2024 00:00:00 +0000\r\n"},
        {"1900-01-01T00:00:00Z", "Date: Mon, 1 Jan 1900 00:00:00 +0000\r\n"},
        {"9999-12-31T23:59:59Z", "Date: Fri, 31 Dec 9999 23:59:59 +0000\r\n"},
    };
    struct kept kept;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        signet_time time;
        assert_true(signet_time_parse(rows[i].time, &time));
        assert_int_equal(sg_field_add_date(keep_begin(&kept), "Date", time, NULL), SIGNET_OK);
        assert_span_text(keep_end(&kept), rows[i].field);
    }
    signet_time early;
    assert_true(signet_time_parse("1899-12-31T23:59:59Z", &early));
    const signet_time bad[] = {SIGNET_TIME_UNKNOWN, INT64_MAX, early};
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_compose_error error = {NULL, NULL};
        assert_int_equal(sg_field_add_date(keep_begin(&kept), "Date", bad[i], &error),
                         SIGNET_ERR_ARGUMENT);
        assert_string_equal(error.where, "Date");
        assert_int_equal(keep_end(&kept).len, 0);
    }
}

static void writes_message_identifiers(void **state)
{
    (void)state;
    static const char *const good[] = {"a@b", "a.b-c+d@host.example", "1@[127.0.0.1]",
                                       "x@[IPv6:::1]", "a@host"};
    static const char *const bad[] = {
        "",      "@",    "a@",     "@b",   "a b@c", "a@b\r\nX: y", "<a@b>",
        "a@b@c", ".a@b", "a..b@c", "a@b.", "a@[",   "a@[]",        "\xc3\xa9@b"};
    struct kept kept;
    for (size_t i = 0; i < SG_NUM(good); i++) {
        char wanted[100];
        snprintf(wanted, sizeof(wanted), "Message-ID: <%s>\r\n", good[i]);
        assert_int_equal(
            sg_field_add_message_id(keep_begin(&kept), "Message-ID", text_bytes(good[i]), NULL),
            SIGNET_OK);
        assert_span_text(keep_end(&kept), wanted);
    }
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_compose_error error = {NULL, NULL};
        if (sg_field_add_message_id(keep_begin(&kept), "Message-ID", text_bytes(bad[i]), &error) !=
            SIGNET_ERR_ARGUMENT)
            fail_msg("taken: %s", bad[i]);
        assert_string_equal(error.where, "Message-ID");
        assert_int_equal(keep_end(&kept).len, 0);
    }
    struct signet_span long_one = repeat(text_bytes("a@b"), 'x', 80);
    assert_int_equal(sg_field_add_message_id(keep_begin(&kept), "Message-ID", long_one, NULL),
                     SIGNET_OK);
    assert_int_equal(strncmp(as_text(keep_end(&kept)), "Message-ID:\r\n <a@b", 18), 0);
    assert_int_equal(
        sg_field_add_message_id(keep_begin(&kept), "Message-ID", repeat(long_one, 'x', 2000), NULL),
        SIGNET_ERR_ARGUMENT);
    (void)keep_end(&kept);
}

SG_TEST_MAIN(SG_TEST("", folds_and_encodes), SG_TEST("", is_shown_as_it_was),
             SG_TEST("", lets_no_value_end_its_field), SG_TEST("", writes_dates),
             SG_TEST("", writes_message_identifiers))
