/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/rules.h"

#include "base/span.h"

void signet_retrieve_rules_init(struct signet_retrieve_rules *rules)
{
    *rules = (struct signet_retrieve_rules){
        .max_issuers = 4,
        .crls = true,
        .max_requests = 16,
        .max_hosts = 8,
        .max_bytes = (size_t)64 << 20,
        .max_object_bytes = (size_t)16 << 20,
        .recent = 12 * 3600,
        .failure_memory = 600,
        .order = {SIGNET_PLACE_DATABASE, SIGNET_PLACE_LDAP, SIGNET_PLACE_DNS, SIGNET_PLACE_HTTP},
        .num_order = SIGNET_NUM_PLACES,
    };
}

const char *sg_arena_text(struct sg_arena *arena, const char *text)
{
    return (const char *)sg_arena_copy(arena, sg_span(text, strlen(text) + 1)).ptr;
}

static const char *const *copy_texts(struct sg_arena *arena, const char *const *texts, size_t num)
{
    const char **copies = sg_arena_array(arena, num, sizeof *copies);

    for (size_t i = 0; copies != NULL && i < num; i++)
        copies[i] = sg_arena_text(arena, texts[i]);
    return copies;
}

bool sg_retrieve_rules_copy(struct sg_arena *arena, const struct signet_retrieve_rules *rules,
                            struct signet_retrieve_rules *out)
{
    *out = *rules;
    out->ldap = copy_texts(arena, rules->ldap, rules->num_ldap);
    out->http = copy_texts(arena, rules->http, rules->num_http);
    return !arena->failed;
}
