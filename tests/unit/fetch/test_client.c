/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "fetch/frame.h"
#include "signet/fetch.h"
#include "test.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Programs that are no helpers: one ends at once, one never says a word, which is this one. */
#define ENDS  "/bin/true"
#define WAITS "/proc/self/exe"

__attribute__((constructor)) static void wait_if_run_as_helper(int argc, char **argv)
{
    if (argc == 1 && strcmp(argv[0], "signet-fetch") == 0) {
        /* Until the test ends, also where it has failed. */
        struct pollfd end = {.fd = STDIN_FILENO, .events = 0};
        while (poll(&end, 1, -1) < 0)
            continue;
        _exit(0);
    }
}

/* What the helper says instead, while it is set: whole frames, again and again, TIMES at most. */
static struct {
    struct signet_span frames;
    size_t times, num_received;
} chatter;

ssize_t __real_recv(int fd, void *octets, size_t len, int flags);
ssize_t __wrap_recv(int fd, void *octets, size_t len, int flags);

ssize_t __wrap_recv(int fd, void *octets, size_t len, int flags)
{
    if (chatter.frames.ptr == NULL)
        return __real_recv(fd, octets, len, flags);
    if (chatter.num_received == chatter.times) {
        errno = EAGAIN;
        return -1;
    }
    assert_true(len >= chatter.frames.len);
    memcpy(octets, chatter.frames.ptr, chatter.frames.len);
    chatter.num_received++;
    return (ssize_t)chatter.frames.len;
}

static struct signet_fetcher *open_fetcher(const char *program)
{
    struct signet_fetch_rules rules;
    struct signet_fetcher *fetcher = NULL;
    signet_fetch_rules_init(&rules);
    assert_int_equal(signet_fetcher_new(program, &rules, &fetcher), SIGNET_OK);
    return fetcher;
}

static uint32_t ask(struct signet_fetcher *fetcher, const char *url)
{
    const struct signet_fetch_request request = {.url = url};
    uint32_t id = 0;
    assert_int_equal(signet_fetcher_start(fetcher, &request, &id), SIGNET_OK);
    assert_int_not_equal(id, 0);
    return id;
}

static const struct signet_fetch_answer *poll_for(struct signet_fetcher *fetcher, int timeout_ms)
{
    const struct signet_fetch_answer *answer;
    assert_int_equal(signet_fetcher_poll(fetcher, timeout_ms, &answer), SIGNET_OK);
    return answer;
}

static void rules_that_cannot_be_are_refused(void **state)
{
    struct signet_fetch_rules rules[8];
    struct signet_fetcher *fetcher;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rules); i++)
        signet_fetch_rules_init(&rules[i]);
    rules[0].max_bytes = 0;
    rules[1].max_parallel = 0;
    rules[2].timeout_ms = 0;
    rules[3].ldap_tls = (enum signet_fetch_ldap_tls)3;
    rules[4].ca_file = as_text(repeat(text_bytes(""), 'x', 9000));
    rules[5].proxy = rules[4].ca_file;
    rules[6].max_parallel = 257;
    rules[7].timeout_ms = UINT_MAX;
    for (size_t i = 0; i < SG_NUM(rules); i++)
        assert_int_equal(signet_fetcher_new(NULL, &rules[i], &fetcher), SIGNET_ERR_ARGUMENT);
    signet_fetcher_free(NULL);
}

static void no_helper_runs_before_it_is_needed(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher("/no/such/program");
    uint32_t id;
    (void)state;
    assert_int_equal(signet_fetcher_fd(fetcher), -1);
    assert_null(poll_for(fetcher, 1000));
    assert_int_equal(signet_fetcher_start(fetcher, &(struct signet_fetch_request){.url = "x"}, &id),
                     SIGNET_ERR_IO);
    assert_non_null(strstr(signet_fetcher_trouble(fetcher), "/no/such/program"));
    assert_int_equal(signet_fetcher_num_pending(fetcher), 0);
    signet_fetcher_free(fetcher);
}

static void a_kind_that_there_is_not_is_refused(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher(WAITS);
    struct signet_fetch_request request = {.kind = (enum signet_fetch_kind)4};
    uint32_t id;
    (void)state;
    assert_int_equal(signet_fetcher_start(fetcher, &request, &id), SIGNET_ERR_ARGUMENT);
    signet_fetcher_free(fetcher);
}

static void a_helper_that_ends_leaves_every_request_gone(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher(ENDS);
    uint32_t first = ask(fetcher, "http://a.example/"), second = ask(fetcher, "http://b.example/");
    (void)state;
    assert_int_not_equal(first, second);
    for (int i = 0; i < 2; i++) {
        const struct signet_fetch_answer *answer = poll_for(fetcher, 60000);
        assert_non_null(answer);
        assert_int_equal(answer->id, i == 0 ? first : second);
        assert_int_equal(answer->outcome, SIGNET_FETCH_GONE);
        assert_true(strlen(answer->reason) > 0);
    }
    assert_int_equal(signet_fetcher_num_pending(fetcher), 0);
    assert_null(poll_for(fetcher, 60000));
    ask(fetcher, "http://a.example/");
    assert_int_equal(poll_for(fetcher, 60000)->outcome, SIGNET_FETCH_GONE);
    signet_fetcher_free(fetcher);
    /* No child is left, alive or dead. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void polling_ends_when_nothing_comes(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher(WAITS);
    uint32_t first = ask(fetcher, "http://a.example/"), same = ask(fetcher, "http://a.example/");
    (void)state;
    assert_true(signet_fetcher_fd(fetcher) >= 0);
    assert_null(poll_for(fetcher, 0));
    assert_null(poll_for(fetcher, -1));
    assert_null(poll_for(fetcher, 20));
    assert_int_equal(signet_fetcher_num_pending(fetcher), 2);
    signet_fetcher_cancel(fetcher, same);
    signet_fetcher_cancel(fetcher, same);
    signet_fetcher_cancel(fetcher, 0);
    assert_int_equal(signet_fetcher_num_pending(fetcher), 1);
    signet_fetcher_cancel(fetcher, first);
    assert_int_equal(signet_fetcher_num_pending(fetcher), 0);
    assert_null(poll_for(fetcher, 1000));
    ask(fetcher, "http://c.example/");
    signet_fetcher_free(fetcher);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void what_cannot_be_sent_is_refused_and_not_an_error(void **state)
{
    const char *longer = as_text(repeat(text_bytes("http://"), 'x', 9000));
    struct signet_fetcher *fetcher = open_fetcher(WAITS);
    uint32_t waiting = ask(fetcher, "http://a.example/"), refused = ask(fetcher, longer);
    (void)state;
    const struct signet_fetch_answer *answer = poll_for(fetcher, 0);
    assert_int_equal(answer->id, refused);
    assert_int_equal(answer->outcome, SIGNET_FETCH_REFUSED);
    assert_string_equal(answer->final_url, "");
    assert_int_equal(signet_fetcher_num_pending(fetcher), 1);
    assert_true(waiting != refused);
    signet_fetcher_free(fetcher);
}

static void programs_with_endless_names_are_refused(void **state)
{
    static const struct {
        size_t len;
        enum signet_status status;
    } rows[] = {{PATH_MAX, SIGNET_OK}, {128 * 1024, SIGNET_ERR_LIMIT}};
    struct signet_fetch_rules rules;
    struct signet_fetcher *fetcher = NULL;
    (void)state;
    signet_fetch_rules_init(&rules);
    rules.proxy = rules.ca_file = rules.dns_anchor_file = rules.dns_forward =
        as_text(repeat(text_bytes(""), 'x', SG_FRAME_MAX_TEXT));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const char *program = as_text(repeat(text_bytes("/"), 'x', rows[i].len - 1));
        assert_int_equal(signet_fetcher_new(program, &rules, &fetcher), rows[i].status);
        signet_fetcher_free(fetcher);
        fetcher = NULL;
    }
}

static void a_helper_that_never_stops_talking_is_heard_in_parts(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher(WAITS);
    struct sg_buffer frames;
    (void)state;
    sg_buffer_init(&frames, 4096);
    sg_frame_write_end(&frames, 999, &(struct sg_frame_end){.outcome = SIGNET_FETCH_FAILED});
    ask(fetcher, "http://a.example/");
    chatter.frames = sg_buffer_span(&frames);
    chatter.times = 10000;
    for (size_t polls = 1; polls <= 2; polls++) {
        assert_null(poll_for(fetcher, 0));
        assert_int_equal(chatter.num_received, polls * 256);
    }
    chatter.frames = sg_span(NULL, 0);
    assert_int_equal(signet_fetcher_num_pending(fetcher), 1);
    signet_fetcher_free(fetcher);
    sg_buffer_free(&frames);
}

/* What does not fit is refused, and nothing else is lost. */
static void requests_that_nobody_takes_are_bounded(void **state)
{
    struct signet_fetcher *fetcher = open_fetcher(WAITS);
    enum signet_status status = SIGNET_OK;
    const char *longest = as_text(repeat(text_bytes(""), 'x', SG_FRAME_MAX_TEXT));
    size_t num = 0;
    (void)state;
    while (status == SIGNET_OK && num < 2000) {
        char url[32];
        snprintf(url, sizeof url, "http://%zu.example/", num);
        const struct signet_fetch_request request = {
            .url = url, .address = longest, .etag = longest, .last_modified = longest};
        uint32_t id;
        status = signet_fetcher_start(fetcher, &request, &id);
        num += status == SIGNET_OK;
    }
    /* 16 MB, and what the socket has taken. */
    assert_int_equal(status, SIGNET_ERR_LIMIT);
    assert_in_range(num, 16 * 1024 * 1024 / (3 * SG_FRAME_MAX_TEXT + 100), 1000);
    assert_int_equal(signet_fetcher_num_pending(fetcher), num);
    assert_null(poll_for(fetcher, 0));
    ask(fetcher, "http://short.example/");
    assert_null(poll_for(fetcher, 0));
    assert_int_equal(signet_fetcher_num_pending(fetcher), num + 1);
    signet_fetcher_free(fetcher);
}

static enum signet_status run_once(void)
{
    struct signet_fetch_rules rules;
    struct signet_fetcher *fetcher = NULL;
    const struct signet_fetch_answer *answer;
    uint32_t id;
    signet_fetch_rules_init(&rules);
    rules.proxy = "http://proxy.example/";
    enum signet_status status = signet_fetcher_new(ENDS, &rules, &fetcher);
    if (status == SIGNET_OK)
        status =
            signet_fetcher_start(fetcher, &(struct signet_fetch_request){.url = "http://x/"}, &id);
    if (status == SIGNET_OK)
        status = signet_fetcher_poll(fetcher, 60000, &answer);
    signet_fetcher_free(fetcher);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    enum signet_status status = SIGNET_ERR_MEMORY;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        fault_begin(n);
        status = run_once();
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        assert_true(n < 100);
    }
}

static void every_outcome_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i <= SIGNET_FETCH_GONE; i++)
        assert_true(strlen(signet_fetch_outcome_name((enum signet_fetch_outcome)i)) > 0);
}

SG_TEST_MAIN(SG_TEST("", rules_that_cannot_be_are_refused),
             SG_TEST("", no_helper_runs_before_it_is_needed),
             SG_TEST("", a_kind_that_there_is_not_is_refused),
             SG_TEST("", a_helper_that_ends_leaves_every_request_gone),
             SG_TEST("", polling_ends_when_nothing_comes),
             SG_TEST("", what_cannot_be_sent_is_refused_and_not_an_error),
             SG_TEST("", programs_with_endless_names_are_refused),
             SG_TEST("", a_helper_that_never_stops_talking_is_heard_in_parts),
             SG_TEST("", requests_that_nobody_takes_are_bounded),
             SG_TEST("", every_allocation_may_fail), SG_TEST("", every_outcome_has_a_name))
