/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "fetch/exchange.h"
#include "test.h"

static const struct signet_fetch_request asked = {.url = "http://example.com/", .max_bytes = 100};
static struct sg_buffer out;

/* What the writers wrote into OUT is taken, frame by frame. */
static bool take(struct sg_fetch_exchange *exchange)
{
    bool good = true;
    struct sg_frame frame;
    size_t len;
    for (struct signet_span rest = sg_buffer_span(&out); good && !exchange->done && rest.len > 0;
         rest = sg_span_from(rest, len)) {
        assert_int_equal(sg_frame_parse(rest, &frame, &len), SG_FRAME_READ_WHOLE);
        good = sg_fetch_exchange_take(exchange, &frame);
    }
    sg_buffer_free(&out);
    return good;
}

static void add(const char *label, size_t len)
{
    assert_true(sg_frame_write_value(&out, 1, label));
    sg_frame_write_data(&out, 1, repeat(text_bytes(""), 'z', len));
}

static void add_end(enum signet_fetch_outcome outcome)
{
    sg_frame_write_end(&out, 1, &(struct sg_frame_end){.outcome = outcome, .reason = "why"});
}

static struct sg_fetch_exchange *fresh(void)
{
    struct sg_fetch_exchange *exchange = sg_fetch_exchange_new(&asked, 1000);
    assert_non_null(exchange);
    sg_buffer_init(&out, 1 << 20);
    return exchange;
}

static void values_are_gathered_from_pieces(void **state)
{
    struct sg_fetch_exchange *exchange = fresh();
    (void)state;
    add("one", 3);
    sg_frame_write_data(&out, 1, text_bytes("!"));
    assert_true(sg_frame_write_value(&out, 1, "two"));
    add_end(SIGNET_FETCH_DONE);
    assert_true(take(exchange));
    assert_true(exchange->done);
    assert_int_equal(exchange->num_values, 2);
    assert_string_equal(exchange->values[0].label, "one");
    assert_span_text(exchange->values[0].octets, "zzz!");
    assert_int_equal(exchange->values[1].octets.len, 0);
    assert_non_null(exchange->values[1].octets.ptr);
    sg_fetch_exchange_free(exchange);
}

static void what_is_not_done_has_no_values(void **state)
{
    struct sg_fetch_exchange *exchange = fresh();
    (void)state;
    add("one", 3);
    add_end(SIGNET_FETCH_TIMED_OUT);
    assert_true(take(exchange));
    assert_int_equal(exchange->num_values, 0);
    assert_int_equal(exchange->end.outcome, SIGNET_FETCH_TIMED_OUT);
    assert_string_equal(exchange->end.reason, "why");
    sg_fetch_exchange_free(exchange);
}

static void no_more_is_taken_than_was_allowed(void **state)
{
    static const struct {
        size_t first, second; /* octets of the two values; 0: there is no second */
        bool fits;
    } sizes[] = {{100, 0, true}, {101, 0, false}, {30, 6, true}, {30, 7, false}, {99, 1, false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(sizes); i++) {
        struct sg_fetch_exchange *exchange = fresh();
        add("one", sizes[i].first);
        if (sizes[i].second > 0)
            add("two", sizes[i].second);
        assert_int_equal(take(exchange), sizes[i].fits);
        sg_fetch_exchange_free(exchange);
    }
}

static void octets_before_a_value_are_not_taken(void **state)
{
    struct sg_fetch_exchange *exchange = fresh();
    (void)state;
    sg_frame_write_data(&out, 1, text_bytes("x"));
    assert_false(take(exchange));
    sg_buffer_init(&out, 1000);
    sg_frame_write_cancel(&out, 1);
    assert_false(take(exchange));
    sg_fetch_exchange_free(exchange);
}

static void equal_requests_are_known(void **state)
{
    struct signet_fetch_request others[] = {asked, asked, asked, asked, asked};
    struct sg_fetch_exchange *exchange = sg_fetch_exchange_new(&asked, 1000);
    (void)state;
    others[1].url = "http://example.com/x";
    others[2].etag = "\"1\"";
    others[3].max_bytes = 99;
    others[4].kind = SIGNET_FETCH_DNS_CERT;
    for (size_t i = 0; i < SG_NUM(others); i++) {
        struct sg_fetch_exchange *other = sg_fetch_exchange_new(&others[i], 1000);
        assert_int_equal(sg_fetch_exchange_same(exchange, other), i == 0);
        sg_fetch_exchange_free(other);
    }
    sg_fetch_exchange_free(exchange);
}

/* Whichever allocation fails, there is an answer that says so, or none is begun. */
static void every_allocation_may_fail(void **state)
{
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        sg_buffer_init(&out, 1 << 20);
        add("one", 30);
        add("two", 6);
        add_end(SIGNET_FETCH_DONE);
        fault_begin(n);
        struct sg_fetch_exchange *exchange = sg_fetch_exchange_new(&asked, 1000);
        bool good = exchange == NULL || take(exchange);
        fault_end();
        assert_true(good);
        if (exchange != NULL) {
            assert_true(exchange->done);
            done = exchange->end.outcome == SIGNET_FETCH_DONE;
            assert_true(done || exchange->end.outcome == SIGNET_FETCH_FAILED);
            assert_int_equal(exchange->num_values, done ? 2 : 0);
        }
        sg_fetch_exchange_free(exchange);
        sg_buffer_free(&out);
        assert_true(n < 100);
    }
}

SG_TEST_MAIN(SG_TEST("", values_are_gathered_from_pieces),
             SG_TEST("", what_is_not_done_has_no_values),
             SG_TEST("", no_more_is_taken_than_was_allowed),
             SG_TEST("", octets_before_a_value_are_not_taken),
             SG_TEST("", equal_requests_are_known), SG_TEST("", every_allocation_may_fail))
