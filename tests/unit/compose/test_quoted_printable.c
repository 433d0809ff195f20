/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/encode.h"
#include "compose/survey.h"
#include "mime/transfer.h"

static struct signet_span written(struct signet_span bytes)
{
    struct kept kept;
    sg_quoted_printable_write(keep_begin(&kept), bytes);
    return keep_end(&kept);
}

static void escapes_what_would_change(void **state)
{
    (void)state;
    static const struct {
        const char *text, *encoded;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"one\ntwo\r\n", "one\r\ntwo\r\n"},
        {"caf\xc3\xa9", "caf=C3=A9"},
        {"a=b", "a=3Db"},
        {"tab\there", "tab\there"},
        {"blank \n", "blank=20\r\n"},
        {"blanks  ", "blanks =20"},
        {"tab\t\n", "tab=09\r\n"},
        {" \n", "=20\r\n"},
        {"bare\rcr", "bare=0Dcr"},
        {"two\r\r\n", "two=0D\r\n"},
        {"From me\n From\n", "=46rom me\r\n From\r\n"},
        {".\n..\n", "=2E\r\n=2E.\r\n"},
        {"-- \n-\n--b\n", "=2D-=20\r\n-\r\n=2D-b\r\n"},
        {"\n\n", "\r\n\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(written(text_bytes(rows[i].text)), rows[i].encoded);
    assert_span_text(written(sg_span("\0", 1)), "=00");
}

/* What no transport may change, and every reader takes for the same. */
static void assert_fit(struct signet_span encoded)
{
    struct sg_survey survey = sg_survey_make(encoded);
    assert_true(sg_survey_is_safe(&survey));
    for (size_t i = 0, start = 0; i <= encoded.len; i++) {
        if (i < encoded.len && encoded.ptr[i] != '\n')
            continue;
        struct signet_span line = sg_span(encoded.ptr + start, i - start);
        assert_true(line.len <= 77); /* with the CR */
        assert_false(line.len >= 2 && memcmp(line.ptr, "--", 2) == 0);
        assert_false(line.len >= 1 && line.ptr[0] == '.');
        start = i + 1;
    }
}

/* Lines of every length around the breaks, of octets that act at the start of a line. */
static void is_read_back(void **state)
{
    (void)state;
    static const char *const units[] = {"x",     "=",  "\xe9", ".",  "-",   " ",
                                        "From ", "x ", "\t",   "\r", "x\n", "-.\r\n"};
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 26);
    for (size_t unit = 0; unit < SG_NUM(units); unit++) {
        for (size_t prefix = 60; prefix < 90; prefix++) {
            uint8_t text[400];
            memset(text, 'a', prefix);
            size_t len = prefix, unit_len = strlen(units[unit]);
            for (size_t i = 0; i < 30; i++, len += unit_len)
                memcpy(text + len, units[unit], unit_len);
            struct signet_span encoded = written(sg_span(text, len)), decoded;
            assert_fit(encoded);
            bool clean;
            assert_true(sg_quoted_printable_decode(encoded, &arena, &decoded, &clean));
            assert_true(clean);
            struct kept kept;
            sg_writer_add_lines(keep_begin(&kept), sg_span(text, len));
            assert_span_equal(decoded, keep_end(&kept));
        }
    }
    sg_arena_clear(&arena);
}

static void mends_what_is_encoded_already(void **state)
{
    (void)state;
    static const struct {
        const char *text, *mended;
    } rows[] = {
        {"", ""},
        {"caf=C3=A9", "caf=C3=A9"},
        {"caf=c3\xa9", "caf=C3=A9"},
        {"soft=\nbreak\n", "soft=\r\nbreak\r\n"},
        {"soft= \r\nbreak", "soft=\r\nbreak"},
        {"end=", "end=\r\n"},
        {"gone  \n", "gone\r\n"},
        {"lone = sign\n", "lone =3D sign\r\n"},
        {"=G0", "=3DG0"},
        {"=4", "=3D4"},
        {"=\nFrom x", "=\r\n=46rom x"},
        {"=\n--b", "=\r\n=2D-b"},
        {"=\n.\n", "=\r\n=2E\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct kept kept;
        sg_quoted_printable_mend(keep_begin(&kept), text_bytes(rows[i].text));
        struct signet_span mended = keep_end(&kept);
        assert_span_text(mended, rows[i].mended);
        assert_fit(mended);
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-13", escapes_what_would_change), SG_TEST("C-MIME-13", is_read_back),
             SG_TEST("", mends_what_is_encoded_already))
