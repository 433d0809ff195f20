/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/field.h"
#include "mime/address_list.h"

static struct sg_arena arena;

static enum signet_status write_to(struct kept *kept, const char *display, const char *address,
                                   enum sg_field_charset charset, struct sg_compose_error *error)
{
    const struct sg_field_mailbox mailboxes[] = {{text_bytes(""), text_bytes("first@example.org")},
                                                 {text_bytes(display), text_bytes(address)}};
    return sg_field_add_mailboxes(keep_begin(kept), "To", mailboxes, 2, charset, &arena, error);
}

static void is_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *display, *address, *field;
        enum sg_field_charset charset;
    } rows[] = {
        {"", "bob@example.org", "bob@example.org", SG_FIELD_ASCII},
        {"Bob", "bob@example.org", "Bob <bob@example.org>", SG_FIELD_ASCII},
        {"Bob B", "bob@example.org", "Bob B <bob@example.org>", SG_FIELD_ASCII},
        {"Bob B.", "bob@example.org", "\"Bob B.\" <bob@example.org>", SG_FIELD_ASCII},
        {"a\"b\\", "bob@example.org", "\"a\\\"b\\\\\" <bob@example.org>", SG_FIELD_ASCII},
        {"eve@evil.example", "bob@example.org", "\"eve@evil.example\" <bob@example.org>",
         SG_FIELD_ASCII},
        {"a, b", "bob@example.org", "\"a, b\" <bob@example.org>", SG_FIELD_ASCII},
        {"Ren\xc3\xa9", "rene@example.org", "=?UTF-8?B?UmVuw6k=?=\r\n <rene@example.org>",
         SG_FIELD_ASCII},
        {"Ren\xc3\xa9", "ren\xc3\xa9@example.org", "\"Ren\xc3\xa9\" <ren\xc3\xa9@example.org>",
         SG_FIELD_UTF8},
        {"", "\"a b\"@example.org", "\"a b\"@example.org", SG_FIELD_ASCII},
    };
    sg_arena_init(&arena, (size_t)1 << 24);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct kept kept;
        struct sg_compose_error error = {NULL, NULL};
        if (write_to(&kept, rows[i].display, rows[i].address, rows[i].charset, &error) != SIGNET_OK)
            fail_msg("row %zu: %s", i, error.why);
        struct signet_span field = keep_end(&kept);
        struct sg_headers headers;
        size_t len;
        assert_true(sg_headers_parse(field, &arena, &headers, &len));
        struct sg_address_list list;
        assert_true(sg_address_list_parse(headers.items[0].value, &arena, &list));
        if (list.malformed)
            fail_msg("row %zu: %s", i, as_text(field));
        assert_int_equal(list.num, 2);
        assert_span_text(list.items[1].text, rows[i].address);
        if (strstr(as_text(field), rows[i].field) == NULL && strstr(rows[i].field, "\r\n") == NULL)
            fail_msg("row %zu: %s", i, as_text(field));
    }
}

static void writes_long_lists_in_short_lines(void **state)
{
    (void)state;
    struct sg_field_mailbox mailboxes[200];
    for (size_t i = 0; i < SG_NUM(mailboxes); i++)
        mailboxes[i] =
            (struct sg_field_mailbox){text_bytes("Somebody with a rather long name, who has a "
                                                 "comma in it too, and more than sixty octets"),
                                      text_bytes("somebody@example.org")};
    struct kept kept;
    assert_int_equal(sg_field_add_mailboxes(keep_begin(&kept), "Cc", mailboxes, 200, SG_FIELD_ASCII,
                                            &arena, NULL),
                     SIGNET_OK);
    struct signet_span field = keep_end(&kept);
    struct sg_address_list list;
    assert_true(sg_address_list_parse(sg_span_from(field, 3), &arena, &list));
    assert_int_equal(list.num, 200);
    assert_false(list.malformed);
    for (size_t i = 0, column = 0; i < field.len; i++) {
        column = field.ptr[i] == '\n' ? 0 : column + 1;
        assert_true(column <= 79);
    }
}

static void refuses_what_is_no_mailbox(void **state)
{
    (void)state;
    static const struct {
        const char *display, *address, *words;
    } bad[] = {
        {"", "", "none"},
        {"", "bob", "none"},
        {"", "bob@example.org, eve@example.org", "none"},
        {"", "<bob@example.org>", "none"},
        {"", "bob@example.org\r\nBcc: x@example.org", "none"},
        {"",
         "b\xc3\xb6"
         "b@example.org",
         "not ASCII"},
        {"Bob\r\nBcc: x@example.org", "bob@example.org", "line end"},
        {"Bob\xe9", "bob@example.org", "UTF-8"},
    };
    struct kept kept;
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_compose_error error = {NULL, NULL};
        if (write_to(&kept, bad[i].display, bad[i].address, SG_FIELD_ASCII, &error) !=
                SIGNET_ERR_ARGUMENT ||
            strstr(error.why, bad[i].words) == NULL)
            fail_msg("row %zu: %s", i, error.why);
        assert_string_equal(error.where, "To");
        assert_int_equal(keep_end(&kept).len, 0);
    }
    assert_int_equal(
        sg_field_add_mailboxes(keep_begin(&kept), "To", NULL, 0, SG_FIELD_ASCII, &arena, NULL),
        SIGNET_ERR_ARGUMENT);
    (void)keep_end(&kept);
}

static void tells_want_of_memory(void **state)
{
    (void)state;
    struct kept kept;
    sg_arena_clear(&arena);
    sg_arena_init(&arena, 0);
    assert_int_equal(write_to(&kept, "", "\"a\\b\"@example.org", SG_FIELD_ASCII, NULL),
                     SIGNET_ERR_LIMIT);
    (void)keep_end(&kept);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", is_read_back), SG_TEST("", writes_long_lists_in_short_lines),
             SG_TEST("", refuses_what_is_no_mailbox), SG_TEST("", tells_want_of_memory))
