/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/part.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_part read_part(const char *raw)
{
    struct sg_part part = {.raw = text_bytes(raw)};
    assert_true(sg_part_read(&part, false, &arena));
    return part;
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

static void has_defaults_for_types(void **state)
{
    static const struct {
        const char *raw;
        bool in_digest;
        const char *type, *subtype;
        bool ambiguous;
    } rows[] = {
        {"\nx", false, "text", "plain", false},
        {"\nx", true, "message", "rfc822", false},
        {"Content-Type: image/png\n\nx", true, "image", "png", false},
        {"Content-Type: text\n\nx", false, "text", "plain", true},
        {"Content-Type:\n\nx", false, "text", "plain", true},
        {"Content-Type: multipart; boundary=b\n\nx", false, "text", "plain", true},
        {"Content-Type: a/b\nContent-Type: multipart/mixed; boundary=b\n\nx", false, "a", "b",
         true},
        {"Content-Type: text/plain; charset\n\nx", false, "text", "plain", false},
        {"Content-Type: multipart/mixed; boundary=b; x\n\n", false, "multipart", "mixed", true},
        {"no header", false, "text", "plain", true},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_part part = {.raw = text_bytes(rows[i].raw)};
        assert_true(sg_part_read(&part, rows[i].in_digest, &arena));
        assert_true(sg_part_is(&part, rows[i].type, rows[i].subtype));
        assert_true(sg_part_is(&part, rows[i].type, NULL));
        assert_false(sg_part_is(&part, "x", NULL));
        assert_false(sg_part_is(&part, rows[i].type, "x"));
        if (part.ambiguous != rows[i].ambiguous)
            fail_msg("ambiguous of \"%s\" is %d", rows[i].raw, part.ambiguous);
    }
    end();
}

static void takes_transfer_encodings_off(void **state)
{
    static const struct {
        const char *raw;
        enum sg_encoding encoding;
        const char *out;
        bool clean;
    } rows[] = {
        {"\nYWJj", SG_ENCODING_IDENTITY, "YWJj", true},
        {"Content-Transfer-Encoding: 7bit\n\na", SG_ENCODING_IDENTITY, "a", true},
        {"Content-Transfer-Encoding: 8BIT\n\na\xff", SG_ENCODING_IDENTITY, "a\xff", true},
        {"Content-Transfer-Encoding: binary\n\na\r\x80", SG_ENCODING_IDENTITY, "a\r\x80", true},
        {"Content-Transfer-Encoding:\n\na", SG_ENCODING_IDENTITY, "a", true},
        {"Content-Transfer-Encoding: Base64\n\nYWJj\n", SG_ENCODING_BASE64, "abc", true},
        {"Content-Transfer-Encoding: (c)\n base64 (c)\n\nYWJj", SG_ENCODING_BASE64, "abc", true},
        {"Content-Transfer-Encoding: base64;\n\nYWJj", SG_ENCODING_BASE64, "abc", true},
        {"Content-Transfer-Encoding: base64\n\nYW!Jj", SG_ENCODING_BASE64, "abc", false},
        {"Content-Transfer-Encoding: quoted-printable\n\na=62c", SG_ENCODING_QUOTED_PRINTABLE,
         "abc", true},
        {"Content-Transfer-Encoding: x-uuencode\n\nabc", SG_ENCODING_UNKNOWN, "abc", false},
        {"Content-Transfer-Encoding: base65\n\nabc", SG_ENCODING_UNKNOWN, "abc", false},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_part part = read_part(rows[i].raw);
        struct signet_span out;
        bool clean;
        assert_int_equal(part.encoding, rows[i].encoding);
        assert_false(part.ambiguous);
        assert_true(sg_part_decode(&part, &arena, &out, &clean));
        assert_span_text(out, rows[i].out);
        assert_int_equal(clean, rows[i].clean);
    }
    assert_true(read_part("Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\nx")
                    .ambiguous);
    assert_true(read_part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nx")
                    .ambiguous);
    assert_true(read_part("Content-Type: multipart/mixed; boundary=b\n"
                          "Content-Transfer-Encoding: quoted-printable\n\nx")
                    .ambiguous);
    end();
}

static void knows_the_name_that_is_shown(void **state)
{
    static const struct {
        const char *raw, *name; /* NULL: none */
    } rows[] = {
        {"\n", NULL},
        {"Content-Type: a/b; name=x.p7m\n\n", "x.p7m"},
        {"Content-Disposition: inline; filename=y\n\n", "y"},
        {"Content-Type: a/b; name=x\nContent-Disposition: inline; filename=y\n\n", "y"},
        {"Content-Type: a/b; name=x\nContent-Disposition: inline\n\n", "x"},
        {"Content-Disposition: attachment;\n filename*0*=utf-8''a%20;\n filename*1=b\n\n", "a b"},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_part part = read_part(rows[i].raw);
        if (rows[i].name == NULL)
            assert_null(sg_part_filename(&part).ptr);
        else
            assert_span_text(sg_part_filename(&part), rows[i].name);
    }
    end();
}

static void takes_no_memory_for_an_endless_encoding(void **state)
{
    struct signet_span start = text_bytes("Content-Transfer-Encoding: base64 (\n x");
    struct sg_part part = {.raw = repeat(start, 'x', 8 << 20)};
    (void)state;
    sg_arena_init(&arena, 4 << 20);
    assert_true(sg_part_read(&part, false, &arena));
    assert_int_equal(part.encoding, SG_ENCODING_BASE64);
    end();
}

static void tells_when_memory_is_out(void **state)
{
    bool done = false;
    (void)state;
    for (size_t max = 0; !done; max++) {
        struct sg_part part = {.raw =
                                   text_bytes("Content-Type: a/b;\n c=d\nContent-Disposition: e\n"
                                              "Content-Transfer-Encoding: base\n 64\n\nYWJj")};
        sg_arena_init(&arena, max);
        done = sg_part_read(&part, false, &arena);
        assert_int_equal(done, !arena.failed);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-1", has_defaults_for_types),
             SG_TEST("C-MIME-9", takes_transfer_encodings_off),
             SG_TEST("C-MIME-1", knows_the_name_that_is_shown),
             SG_TEST("", takes_no_memory_for_an_endless_encoding),
             SG_TEST("", tells_when_memory_is_out))
