/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/field.h"

static void writes_each_form(void **state)
{
    (void)state;
    static const struct {
        const char *value, *field;
    } rows[] = {
        {"token", "name=token"},
        {"", "name=\"\""},
        {"two words", "name=\"two words\""},
        {"a\"b\\c", "name=\"a\\\"b\\\\c\""},
        {"a=b", "name=\"a=b\""},
        {"caf\xc3\xa9.txt", "name*=UTF-8''caf%C3%A9.txt"},
        {"\xc3\xa9'*%", "name*=UTF-8''%C3%A9%27%2A%25"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_field_param param = {text_bytes("name"), text_bytes(rows[i].value)};
        char wanted[200];
        snprintf(wanted, sizeof(wanted), "Content-Type: a/b; %s\r\n", rows[i].field);
        struct kept kept;
        assert_int_equal(sg_field_add_params(keep_begin(&kept), "Content-Type", text_bytes("a/b"),
                                             &param, 1, NULL),
                         SIGNET_OK);
        assert_span_text(keep_end(&kept), wanted);
    }
}

/* Whatever the value, our reader reads it as it was. */
static void is_read_back(void **state)
{
    (void)state;
    static const char *const units[] = {"x", "x ", "\"", "\\", "\xc3\xa9", "\xf0\x9f\x98\x80'"};
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 26);
    for (size_t unit = 0; unit < SG_NUM(units); unit++) {
        char value[1200] = "";
        for (size_t num = 0; num < 150; num++) {
            const struct sg_field_param params[] = {{text_bytes("first"), text_bytes("1")},
                                                    {text_bytes("name"), text_bytes(value)},
                                                    {text_bytes("last"), text_bytes("2")}};
            struct kept kept;
            assert_int_equal(sg_field_add_params(keep_begin(&kept), "Content-Disposition",
                                                 text_bytes("attachment"), params, 3, NULL),
                             SIGNET_OK);
            struct signet_span field = keep_end(&kept);
            struct sg_headers headers;
            size_t len;
            assert_true(sg_headers_parse(field, &arena, &headers, &len));
            assert_int_equal(headers.num, 1);
            struct sg_mime_value read;
            assert_true(sg_mime_value_parse(headers.items[0].value, &arena, &read));
            assert_false(read.malformed);
            assert_span_text(read.type, "attachment");
            assert_span_text(sg_mime_param_find(&read, "first"), "1");
            assert_span_text(sg_mime_param_find(&read, "last"), "2");
            assert_span_text(sg_mime_param_find(&read, "name"), value);
            size_t unit_len = strlen(units[unit]);
            if ((num + 1) * unit_len > 800)
                break;
            memcpy(value + num * unit_len, units[unit], unit_len + 1);
        }
    }
    sg_arena_clear(&arena);
}

static void refuses_what_breaks_out(void **state)
{
    (void)state;
    const struct {
        const char *type, *name;
        struct signet_span value;
    } bad[] = {
        {"", "n", text_bytes("v")},
        {"a/", "n", text_bytes("v")},
        {"/b", "n", text_bytes("v")},
        {"a/b/c", "n", text_bytes("v")},
        {"a/b\r\nX: y", "n", text_bytes("v")},
        {"a b", "n", text_bytes("v")},
        {"a/b", "", text_bytes("v")},
        {"a/b", "n=", text_bytes("v")},
        {"a/b", "n n", text_bytes("v")},
        {"a/b", "n", text_bytes("v\r\nX: y")},
        {"a/b", "n", text_bytes("\xe9")},
        {"a/b", "n", repeat(text_bytes(""), 'v', 2000)},
        {"a/b", as_text(repeat(text_bytes(""), 'n', 65)), text_bytes("v")},
    };
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_field_param param = {text_bytes(bad[i].name), bad[i].value};
        struct sg_compose_error error = {NULL, NULL};
        struct kept kept;
        if (sg_field_add_params(keep_begin(&kept), "Content-Type", text_bytes(bad[i].type), &param,
                                1, &error) != SIGNET_ERR_ARGUMENT)
            fail_msg("row %zu", i);
        assert_string_equal(error.where, "Content-Type");
        assert_int_equal(keep_end(&kept).len, 0);
    }
}

SG_TEST_MAIN(SG_TEST("", writes_each_form), SG_TEST("", is_read_back),
             SG_TEST("", refuses_what_breaks_out))
