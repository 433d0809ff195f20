/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dump_text.c and dump_json.c: the same dump through both.
 */
#include "fault.h"
#include "json_check.h"
#include "report/dump_json.h"
#include "report/dump_text.h"
#include "sink.h"

/* A tree with each kind of value, lists of values and of maps, and a list in a list. */
static void write_sample(struct sg_dump *dump)
{
    sg_dump_map(dump, NULL);
    sg_dump_string(dump, "the_name", "plain");
    sg_dump_text(dump, "odd", sg_span("a\x1b\"\xff", 4));
    sg_dump_hex(dump, "octets", sg_span("\x00\xab\xcd", 3));
    sg_dump_hex(dump, "none", sg_span(NULL, 0));
    sg_dump_oid(dump, "known", sg_span("\x55\x04\x03", 3));
    sg_dump_oid(dump, "unknown", sg_span("\x2a\x03\x04", 3));
    sg_dump_number(dump, "number", -7);
    sg_dump_boolean(dump, "yes", true);
    sg_dump_boolean(dump, "no", false);
    sg_dump_time(dump, "time", 0);
    sg_dump_time(dump, "never", SIGNET_TIME_UNKNOWN);
    sg_dump_list(dump, "maps");
    for (int i = 1; i <= 2; i++) {
        sg_dump_map(dump, NULL);
        sg_dump_number(dump, "first", i);
        sg_dump_number(dump, "second", i);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
    sg_dump_list(dump, "values");
    sg_dump_number(dump, NULL, 1);
    sg_dump_list(dump, NULL);
    sg_dump_number(dump, NULL, 2);
    sg_dump_end(dump);
    sg_dump_end(dump);
    sg_dump_map(dump, "empty");
    sg_dump_end(dump);
    sg_dump_end(dump);
}

static void text_is_indented_lines(void **state)
{
    static struct kept_text kept;
    struct signet_sink sink = {keep_bytes, &kept};
    struct sg_emit emit;
    struct sg_dump_text text;
    (void)state;
    sg_emit_init(&emit, &sink);
    sg_dump_text_init(&text, &emit);
    write_sample(&text.dump);
    assert_int_equal(sg_emit_finish(&emit), SIGNET_OK);
    assert_int_equal(text.depth, 0);
    static const char *const lines[] = {
        "  the name: plain\n",
        "  odd: a\\x1b\"\\xff\n",
        "  octets: 00:ab:cd\n",
        "  known: 2.5.4.3 (commonName)\n",
        "  unknown: 1.2.3.4\n",
        "  number: -7\n",
        "  yes: yes\n",
        "  no: no\n",
        "  time: 1970-01-01T00:00:00Z\n",
        "  never: unknown\n",
        "  maps: \n    - first: 1\n      second: 1\n    - first: 2\n      second: 2\n",
        "    - 1\n"};
    for (size_t i = 0; i < SG_NUM(lines); i++) {
        if (strstr(kept.text, lines[i]) == NULL)
            fail_msg("\"%s\" is not in:\n%s", lines[i], kept.text);
    }
}

static void json_is_valid_and_says_the_same(void **state)
{
    static struct kept_text kept;
    struct signet_sink sink = {keep_bytes, &kept};
    struct sg_emit emit;
    struct sg_dump_json json;
    (void)state;
    sg_emit_init(&emit, &sink);
    sg_dump_json_init(&json, &emit);
    write_sample(&json.dump);
    sg_emit_text(&emit, "\n");
    assert_int_equal(sg_emit_finish(&emit), SIGNET_OK);
    assert_true(json_is_valid(kept_span(&kept)));
    static const char *const parts[] = {
        "\"the_name\":\"plain\"",
        "\"odd\":\"a\\\\x1b\\\"\\\\xff\"",
        "\"octets\":\"00abcd\"",
        "\"none\":\"\"",
        "\"known\":\"2.5.4.3 (commonName)\"",
        "\"number\":-7",
        "\"yes\":true",
        "\"never\":null",
        "\"maps\":[{\"first\":1,\"second\":1},{\"first\":2,\"second\":2}]",
        "\"values\":[1,[2]]",
        "\"empty\":{}"};
    for (size_t i = 0; i < SG_NUM(parts); i++) {
        if (strstr(kept.text, parts[i]) == NULL)
            fail_msg("\"%s\" is not in:\n%s", parts[i], kept.text);
    }
}

static void failing_allocations_are_told(void **state)
{
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        static struct kept_text kept;
        struct signet_sink sink = {keep_bytes, &kept};
        struct sg_emit emit;
        struct sg_dump_text text;
        kept = (struct kept_text){.len = 0};
        sg_emit_init(&emit, &sink);
        sg_dump_text_init(&text, &emit);
        fault_begin(n);
        write_sample(&text.dump);
        fault_end();
        done = sg_emit_finish(&emit) == SIGNET_OK;
        assert_true(done || emit.status == SIGNET_ERR_MEMORY);
    }
}

SG_TEST_MAIN(SG_TEST("B-DN-10", text_is_indented_lines),
             SG_TEST("B-DN-10 D-ADM-1", json_is_valid_and_says_the_same),
             SG_TEST("", failing_allocations_are_told))
