/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/frame.h"
#include "test.h"

static struct sg_buffer out;

static void begin(void)
{
    sg_buffer_free(&out);
    sg_buffer_init(&out, 1 << 20);
}

/* The one frame that was written, and nothing after it. */
static struct sg_frame only(enum sg_frame_type type, uint32_t id)
{
    struct sg_frame frame = {0};
    size_t len = 0;
    assert_int_equal(out.status, SIGNET_OK);
    struct signet_span copy = sg_test_copy(out.ptr, out.len);
    assert_int_equal(sg_frame_parse(copy, &frame, &len), SG_FRAME_READ_WHOLE);
    assert_int_equal(len, out.len);
    assert_int_equal(frame.type, type);
    assert_int_equal(frame.id, id);
    return frame;
}

static void rules_are_read_as_they_were_written(void **state)
{
    struct signet_fetch_rules rules, got;
    (void)state;
    signet_fetch_rules_init(&rules);
    rules.allow_private = true;
    rules.ldap_tls = SIGNET_FETCH_LDAP_TLS_REQUIRE;
    rules.proxy = "http://proxy.example:3128";
    rules.dns_forward = "192.0.2.53@5353";
    begin();
    assert_true(sg_frame_write_rules(&out, &rules));
    assert_true(sg_frame_read_rules(only(SG_FRAME_RULES, 0).body, &got));
    assert_int_equal(got.max_bytes, rules.max_bytes);
    assert_int_equal(got.max_redirects, 5);
    assert_int_equal(got.max_parallel, 8);
    assert_int_equal(got.timeout_ms, 10000);
    assert_true(got.allow_private);
    assert_int_equal(got.ldap_tls, SIGNET_FETCH_LDAP_TLS_REQUIRE);
    assert_string_equal(got.proxy, rules.proxy);
    assert_null(got.ca_file);
    assert_null(got.dns_anchor_file);
    assert_string_equal(got.dns_forward, rules.dns_forward);
}

static void a_request_is_read_as_it_was_written(void **state)
{
    struct signet_fetch_request request = {.kind = SIGNET_FETCH_LDAP_ADDRESS,
                                           .url = "ldap://host/",
                                           .address = "a@example.com",
                                           .etag = "\"1\"",
                                           .max_bytes = SIZE_MAX,
                                           .own_place = true};
    struct signet_fetch_request got;
    (void)state;
    begin();
    assert_true(sg_frame_write_start(&out, 7, &request));
    assert_true(sg_frame_read_start(only(SG_FRAME_START, 7).body, &got));
    assert_int_equal(got.kind, request.kind);
    assert_true(got.max_bytes == SIZE_MAX);
    assert_true(got.own_place);
    assert_string_equal(got.url, request.url);
    assert_string_equal(got.address, request.address);
    assert_string_equal(got.etag, request.etag);
    assert_string_equal(got.last_modified, "");
}

static void an_answer_is_read_as_it_was_written(void **state)
{
    struct sg_frame_end end = {SIGNET_FETCH_UNPROVEN, "why", NULL, "text/html", "e", "m"}, got;
    const char *label;
    (void)state;
    begin();
    assert_true(sg_frame_write_value(&out, 9, "userCertificate"));
    assert_true(sg_frame_read_value(only(SG_FRAME_VALUE, 9).body, &label));
    assert_string_equal(label, "userCertificate");
    begin();
    sg_frame_write_data(&out, UINT32_MAX, text_bytes("octets"));
    assert_span_text(only(SG_FRAME_DATA, UINT32_MAX).body, "octets");
    begin();
    sg_frame_write_end(&out, 9, &end);
    assert_true(sg_frame_read_end(only(SG_FRAME_END, 9).body, &got));
    assert_int_equal(got.outcome, SIGNET_FETCH_UNPROVEN);
    assert_string_equal(got.reason, "why");
    assert_string_equal(got.final_url, "");
    assert_string_equal(got.content_type, "text/html");
    assert_string_equal(got.etag, "e");
    assert_string_equal(got.last_modified, "m");
    begin();
    sg_frame_write_cancel(&out, 3);
    assert_int_equal(only(SG_FRAME_CANCEL, 3).body.len, 0);
}

static void octets_of_any_number_are_cut_into_frames(void **state)
{
    struct signet_span octets = repeat(text_bytes(""), 'x', 3 * SG_FRAME_MAX_BODY + 1);
    size_t sum = 0, num = 0, len;
    struct sg_frame frame;
    (void)state;
    begin();
    sg_frame_write_data(&out, 1, octets);
    for (struct signet_span rest = sg_buffer_span(&out); rest.len > 0; num++) {
        assert_int_equal(sg_frame_parse(rest, &frame, &len), SG_FRAME_READ_WHOLE);
        sum += frame.body.len;
        rest = sg_span_from(rest, len);
    }
    assert_int_equal(num, 4);
    assert_int_equal(sum, octets.len);
    begin();
    sg_frame_write_data(&out, 1, text_bytes(""));
    assert_int_equal(out.len, 0);
}

static void every_shorter_beginning_of_a_frame_needs_more(void **state)
{
    struct signet_fetch_request request = {.url = "http://example.com/"};
    struct sg_frame frame;
    size_t len;
    (void)state;
    begin();
    assert_true(sg_frame_write_start(&out, 1, &request));
    for (size_t i = 0; i < out.len; i++)
        assert_int_equal(sg_frame_parse(sg_test_copy(out.ptr, i), &frame, &len),
                         SG_FRAME_READ_SHORT);
}

static void what_is_no_frame_is_wrong(void **state)
{
    static const char *const wrong[] = {
        "00",                                  /* no version */
        "02 05 00 00 00 00 00 01 00 00 00 00", /* another */
        "01 00 00 00 00 00 00 01 00 00 00 00", /* no type */
        "01 07 00 00 00 00 00 01 00 00 00 00", /* none that there is */
        "01 05 01 00 00 00 00 01 00 00 00 00", /* what must be zero is not */
        "01 05 00 00 00 00 00 00 00 00 00 00", /* no request */
        "01 01 00 00 00 00 00 01 00 00 00 00", /* rules of a request */
        "01 05 00 00 00 00 00 01 00 01 00 01", /* larger than frames are */
        "01 05 00 00 00 00 00 01 ff ff ff ff",
    };
    struct sg_frame frame;
    size_t len;
    (void)state;
    for (size_t i = 0; i < SG_NUM(wrong); i++) {
        if (sg_frame_parse(hex(wrong[i]), &frame, &len) != SG_FRAME_READ_WRONG)
            fail_msg("taken: %s", wrong[i]);
    }
}

/* Bodies of END and VALUE that are nearly right. */
static void what_is_no_body_is_refused(void **state)
{
    static const char *const ends[] = {
        "",
        "00",
        "00 0000 00 0000 00 0000 00 0000 00",            /* a text is missing */
        "00 0000 00 0000 00 0000 00 0000 00 0000 00 00", /* something is left */
        "09 0000 00 0000 00 0000 00 0000 00 0000 00",    /* no such outcome */
        "00 0001 00 0000 00 0000 00 0000 00 0000 00",    /* a NUL inside */
        "00 0002 41 00 0000 00 0000 00 0000 00 0000 00", /* shorter than it says */
        "00 0001 41 41 0000 00 0000 00 0000 00 0000 00", /* no NUL */
        "00 ffff 00",
    };
    struct sg_frame_end end;
    const char *label;
    (void)state;
    for (size_t i = 0; i < SG_NUM(ends); i++) {
        if (sg_frame_read_end(hex(ends[i]), &end))
            fail_msg("taken: %s", ends[i]);
    }
    assert_true(sg_frame_read_end(hex("08 0000 00 0000 00 0000 00 0000 00 0000 00"), &end));
    assert_false(sg_frame_read_value(hex("0000"), &label));
    assert_false(sg_frame_read_value(repeat(hex("2001"), 'x', 0x2002), &label));
}

static void a_text_that_is_too_long_is_not_sent(void **state)
{
    const char *fits = as_text(repeat(text_bytes(""), 'u', SG_FRAME_MAX_TEXT));
    const char *longer = as_text(repeat(text_bytes(""), 'u', SG_FRAME_MAX_TEXT + 1));
    struct signet_fetch_request request = {.url = fits};
    struct signet_fetch_rules rules = {.proxy = longer};
    struct sg_frame_end end = {.outcome = SIGNET_FETCH_FAILED, .reason = longer};
    (void)state;
    begin();
    assert_true(sg_frame_write_start(&out, 1, &request));
    request.url = longer;
    size_t len = out.len;
    assert_false(sg_frame_write_start(&out, 1, &request));
    assert_false(sg_frame_write_rules(&out, &rules));
    assert_false(sg_frame_write_value(&out, 1, longer));
    assert_int_equal(out.len, len);
    begin();
    sg_frame_write_end(&out, 1, &end);
    assert_true(sg_frame_read_end(only(SG_FRAME_END, 1).body, &end));
    assert_int_equal(strlen(end.reason), SG_FRAME_MAX_TEXT);
    sg_buffer_free(&out);
}

SG_TEST_MAIN(SG_TEST("", rules_are_read_as_they_were_written),
             SG_TEST("", a_request_is_read_as_it_was_written),
             SG_TEST("", an_answer_is_read_as_it_was_written),
             SG_TEST("", octets_of_any_number_are_cut_into_frames),
             SG_TEST("", every_shorter_beginning_of_a_frame_needs_more),
             SG_TEST("", what_is_no_frame_is_wrong), SG_TEST("", what_is_no_body_is_refused),
             SG_TEST("", a_text_that_is_too_long_is_not_sent))
