/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fetcher whose every answer is the test's: the functions of signet/fetch.h, without a process.
 */
#ifndef SG_TESTS_RETRIEVE_FAKE_FETCHER_H
#define SG_TESTS_RETRIEVE_FAKE_FETCHER_H

#include "signet/fetch.h"
#include "test.h"

enum { FAKE_MAX_REQUESTS = 64 };

struct signet_fetcher {
    struct {
        char url[64];
        bool pending, cancelled;
        size_t max_bytes;
    } asked[FAKE_MAX_REQUESTS];
    size_t num;
    enum signet_status start; /* what starting gives */
    /* The answer to come, to request number NEXT. */
    bool ready;
    size_t next;
    struct signet_fetch_answer answer;
    struct signet_fetch_value value;
};

/* The request for URL is answered by OUTCOME and OCTETS. */
static inline void fake_answer(struct signet_fetcher *fetcher, const char *url,
                               enum signet_fetch_outcome outcome, struct signet_span octets)
{
    size_t i = 0;

    while (i < fetcher->num && strcmp(fetcher->asked[i].url, url) != 0)
        i++;
    if (i == fetcher->num)
        fail_msg("%s was not asked", url);
    fetcher->value = (struct signet_fetch_value){"body", octets};
    fetcher->answer = (struct signet_fetch_answer){
        .id = (uint32_t)i + 1,
        .outcome = outcome,
        .reason = outcome == SIGNET_FETCH_DONE ? "" : "as the test wants it",
        .final_url = "",
        .content_type = "",
        .etag = "",
        .last_modified = "",
        .values = &fetcher->value,
        .num_values = outcome == SIGNET_FETCH_DONE};
    fetcher->next = i;
    fetcher->ready = true;
}

enum signet_status signet_fetcher_start(struct signet_fetcher *fetcher,
                                        const struct signet_fetch_request *request, uint32_t *id)
{
    if (fetcher->start != SIGNET_OK)
        return fetcher->start;
    assert_true(fetcher->num < FAKE_MAX_REQUESTS);
    snprintf(fetcher->asked[fetcher->num].url, sizeof fetcher->asked[0].url, "%s",
             request->url != NULL ? request->url : request->address);
    fetcher->asked[fetcher->num].pending = true;
    fetcher->asked[fetcher->num].max_bytes = request->max_bytes;
    *id = (uint32_t)++fetcher->num;
    return SIGNET_OK;
}

void signet_fetcher_cancel(struct signet_fetcher *fetcher, uint32_t id)
{
    fetcher->asked[id - 1].cancelled = true;
}

enum signet_status signet_fetcher_poll(struct signet_fetcher *fetcher, int timeout_ms,
                                       const struct signet_fetch_answer **answer)
{
    (void)timeout_ms;
    *answer = fetcher->ready ? &fetcher->answer : NULL;
    fetcher->ready = false;
    return SIGNET_OK;
}

const char *signet_fetcher_trouble(const struct signet_fetcher *fetcher)
{
    (void)fetcher;
    return "there is no signet-fetch";
}

#endif
