/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "json_check.h"
#include "report/json.h"
#include "sink.h"

struct fixture {
    struct kept_text kept;
    struct signet_sink sink;
    struct sg_emit emit;
    struct sg_json json;
};

static struct fixture *begin(void)
{
    struct fixture *f = sg_test_keep(calloc(1, sizeof(*f)));
    f->sink = (struct signet_sink){keep_bytes, &f->kept};
    sg_emit_init(&f->emit, &f->sink);
    sg_json_init(&f->json, &f->emit);
    return f;
}

/* The whole text, which must be valid. */
static const char *finish(struct fixture *f)
{
    sg_emit_text(&f->emit, "\n");
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_OK);
    if (!json_is_valid(kept_span(&f->kept)))
        fail_msg("not valid: %s", f->kept.text);
    return f->kept.text;
}

static void writes_values_of_every_kind(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_json_object(&f->json, NULL);
    sg_json_string(&f->json, "s", "text");
    sg_json_string(&f->json, "absent", NULL);
    sg_json_number(&f->json, "n", INT64_MIN);
    sg_json_boolean(&f->json, "b", true);
    sg_json_time(&f->json, "t", 951825600);
    sg_json_time(&f->json, "never", SIGNET_TIME_UNKNOWN);
    sg_json_hex(&f->json, "h", hex("00 ab"));
    sg_json_oid(&f->json, "o", hex("55 04 03"));
    sg_json_list(&f->json, "l");
    sg_json_number(&f->json, NULL, 1);
    sg_json_list(&f->json, NULL);
    sg_json_end(&f->json);
    sg_json_object(&f->json, NULL);
    sg_json_end(&f->json);
    sg_json_end(&f->json);
    sg_json_null(&f->json, "z");
    sg_json_end(&f->json);
    assert_string_equal(finish(f),
                        "{\"s\":\"text\",\"absent\":null,\"n\":-9223372036854775808,\"b\":true,"
                        "\"t\":\"2000-02-29T12:00:00Z\",\"never\":null,\"h\":\"00ab\","
                        "\"o\":\"2.5.4.3\",\"l\":[1,[],{}],\"z\":null}\n");
}

static void escapes_what_json_html_and_terminals_mind(void **state)
{
    static const struct {
        const char *octets, *bytes, *escaped;
    } rows[] = {
        {"61 22 62", "a\\\"b", "a\\\"b"},
        {"5c", "\\\\\\\\", "\\\\"},
        {"3c 2f", "\\u003c/", "\\u003c/"},
        {"00 1b 7f", "\\\\x00\\\\x1b\\\\x7f", "\\u0000\\u001b\\u007f"},
        {"0a", "\\\\x0a", "\\u000a"},
        {"c3 a9", "é", "é"},
        {"c3", "\\\\xc3", "\\\\xc3"},                                   /* no UTF-8 */
        {"ed a0 80", "\\\\xed\\\\xa0\\\\x80", "\\\\xed\\\\xa0\\\\x80"}, /* a surrogate */
        {"e2 80 ae", "\\\\u{202e}", "\xe2\x80\xae"}, /* what is escaped already is not looked at */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fixture *f = begin();
        char wanted[256];
        sg_json_list(&f->json, NULL);
        sg_json_bytes(&f->json, NULL, hex(rows[i].octets));
        sg_json_escaped(&f->json, NULL, hex(rows[i].octets));
        sg_json_end(&f->json);
        snprintf(wanted, sizeof(wanted), "[\"%s\",\"%s\"]\n", rows[i].bytes, rows[i].escaped);
        assert_string_equal(finish(f), wanted);
    }
}

static void every_octet_gives_valid_json(void **state)
{
    (void)state;
    for (unsigned octet = 0; octet < 256; octet++) {
        struct fixture *f = begin();
        uint8_t bytes[] = {'a', (uint8_t)octet, 'b'};
        sg_json_object(&f->json, NULL);
        sg_json_bytes(&f->json, "b", sg_span(bytes, 3));
        sg_json_escaped(&f->json, "e", sg_span(bytes, 3));
        sg_json_end(&f->json);
        finish(f);
    }
}

/* What is nested too deep is null, and what stands after it is there. */
static void stays_valid_at_any_depth(void **state)
{
    static const size_t depths[] = {SG_JSON_MAX_DEPTH - 1, SG_JSON_MAX_DEPTH, SG_JSON_MAX_DEPTH + 1,
                                    2 * SG_JSON_MAX_DEPTH};
    (void)state;
    for (size_t i = 0; i < SG_NUM(depths); i++) {
        struct fixture *f = begin();
        sg_json_object(&f->json, NULL);
        for (size_t k = 1; k < depths[i]; k++)
            sg_json_object(&f->json, "in");
        sg_json_number(&f->json, "deepest", 1);
        for (size_t k = 1; k < depths[i]; k++) {
            sg_json_end(&f->json);
            sg_json_number(&f->json, "after", 2);
        }
        sg_json_end(&f->json);
        const char *text = finish(f);
        bool fits = depths[i] <= SG_JSON_MAX_DEPTH;
        assert_int_equal(strstr(text, "deepest") != NULL, fits);
        assert_int_equal(strstr(text, "null") != NULL, !fits);
        assert_non_null(strstr(text, "\"after\":2}\n"));
    }
}

static void lost_memory_is_an_error(void **state)
{
    struct fixture *f = begin();
    (void)state;
    fault_begin(0);
    sg_json_bytes(&f->json, NULL, sg_span("abc", 3));
    fault_end();
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_ERR_MEMORY);

    f = begin();
    fault_begin(0);
    sg_json_escaped(&f->json, NULL, sg_span("\xff", 1));
    fault_end();
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_ERR_MEMORY);
}

SG_TEST_MAIN(SG_TEST("D-ADM-1", writes_values_of_every_kind),
             SG_TEST("B-DN-10 D-ADM-1", escapes_what_json_html_and_terminals_mind),
             SG_TEST("D-ADM-1", every_octet_gives_valid_json),
             SG_TEST("C-MIME-8 D-ADM-1", stays_valid_at_any_depth),
             SG_TEST("", lost_memory_is_an_error))
