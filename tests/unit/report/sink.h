/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sink that keeps what is written, and can refuse it.
 */
#ifndef SG_TESTS_UNIT_REPORT_SINK_H
#define SG_TESTS_UNIT_REPORT_SINK_H

#include "report/emit.h"
#include "test.h"

struct kept_text {
    char text[65536];
    size_t len, num_writes;
    bool refuses;
};

static inline bool keep_bytes(void *context, struct signet_span bytes)
{
    struct kept_text *kept = context;
    kept->num_writes++;
    if (kept->refuses || bytes.len >= sizeof(kept->text) - kept->len)
        return false;
    memcpy(kept->text + kept->len, bytes.ptr, bytes.len);
    kept->len += bytes.len;
    kept->text[kept->len] = '\0';
    return true;
}

static inline struct signet_span kept_span(const struct kept_text *kept)
{
    return sg_span(kept->text, kept->len);
}

#endif
