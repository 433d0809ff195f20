/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/rules.h"

#include "base/span.h"
#include "fetch/frame.h"

void signet_fetch_rules_init(struct signet_fetch_rules *rules)
{
    *rules = (struct signet_fetch_rules){
        .max_bytes = (size_t)16 * 1024 * 1024,
        .max_redirects = 5,
        .max_parallel = 8,
        .timeout_ms = 10000,
    };
}

static bool fits(const char *text)
{
    return text == NULL || strlen(text) <= SG_FRAME_MAX_TEXT;
}

bool sg_fetch_rules_valid(const struct signet_fetch_rules *rules)
{
    return rules->max_bytes > 0 && rules->max_parallel > 0 &&
           rules->max_parallel <= SG_FRAME_MAX_PARALLEL && rules->timeout_ms > 0 &&
           rules->timeout_ms <= INT32_MAX && rules->ldap_tls <= SIGNET_FETCH_LDAP_TLS_NEVER &&
           fits(rules->proxy) && fits(rules->ca_file) && fits(rules->dns_anchor_file) &&
           fits(rules->dns_forward);
}

const char *sg_fetch_text_copy(struct sg_arena *arena, const char *text)
{
    struct signet_span copy = sg_arena_copy(
        arena, sg_span(text != NULL ? text : "", text != NULL ? strlen(text) + 1 : 1));
    return (const char *)copy.ptr;
}

static const char *copy_optional(struct sg_arena *arena, const char *text)
{
    return text != NULL && *text != '\0' ? sg_fetch_text_copy(arena, text) : NULL;
}

void sg_fetch_rules_copy(struct sg_arena *arena, const struct signet_fetch_rules *rules,
                         struct signet_fetch_rules *copy)
{
    *copy = *rules;
    copy->proxy = copy_optional(arena, rules->proxy);
    copy->ca_file = copy_optional(arena, rules->ca_file);
    copy->dns_anchor_file = copy_optional(arena, rules->dns_anchor_file);
    copy->dns_forward = copy_optional(arena, rules->dns_forward);
}
