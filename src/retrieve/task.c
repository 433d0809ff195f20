/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/task.h"

#include "base/span.h"
#include "retrieve/rules.h"

struct making {
    struct sg_task *task;
    struct sg_arena *arena;
    const struct signet_retrieve_rules *rules;
};

static void add_target(struct making *making, const struct sg_target *target)
{
    struct sg_task *task = making->task;

    if (task->num_targets < SG_TASK_MAX_TARGETS && target->url != NULL)
        task->targets[task->num_targets++] = *target;
}

/* What may be shown of octets that are no URL. */
static const char *as_text(struct sg_arena *arena, struct signet_span octets)
{
    octets = sg_span_first(octets, 256);
    for (size_t i = 0; i < octets.len; i++)
        if (octets.ptr[i] == 0)
            octets.len = i;
    return sg_arena_printf(arena, "%.*s", (int)octets.len, (const char *)octets.ptr);
}

static void add_location(struct making *making, struct signet_span url)
{
    struct sg_target target = {.kind = SIGNET_FETCH_URL};
    struct sg_location location;

    target.refusal = sg_location_read(url, &location);
    if (target.refusal != NULL) {
        target.url = as_text(making->arena, url);
        add_target(making, &target);
        return;
    }
    target.refusal = sg_location_refusal(making->rules, &location);
    target.own = location.scheme == SG_SCHEME_LDAP || location.scheme == SG_SCHEME_LDAPS;
    if (location.authority.len > 0 || target.refusal != NULL) {
        target.url = as_text(making->arena, url);
        if (target.refusal == NULL)
            target.url = sg_location_url(making->arena, making->rules, url, &location, 0);
        add_target(making, &target);
        return;
    }
    for (size_t i = 0; i < making->rules->num_ldap; i++) {
        target.url = sg_location_url(making->arena, making->rules, url, &location, i);
        add_target(making, &target);
    }
}

static bool is_ldap(struct signet_span url)
{
    return url.len > 4 && sg_span_is_word(sg_span_first(url, 4), "ldap");
}

/* In the order of the object, but those of the scheme that is asked first before the others. */
static void add_locations(struct making *making, const struct signet_need *need)
{
    bool ldap = making->rules->ldap_first;

    for (size_t i = 0; i < need->num_urls; i++)
        if (is_ldap(need->urls[i]) == ldap)
            add_location(making, need->urls[i]);
    for (size_t i = 0; i < need->num_urls; i++)
        if (is_ldap(need->urls[i]) != ldap)
            add_location(making, need->urls[i]);
}

/* Directories of the user, by address. DNS is left to the look-up that the user asks for: the
 * domain of a message would learn that it is being read. */
static void add_directories(struct making *making, const char *address)
{
    const struct signet_retrieve_rules *rules = making->rules;
    struct sg_target target = {.address = address, .own = true};

    for (size_t i = 0; i < rules->num_order; i++) {
        for (size_t j = 0; rules->order[i] == SIGNET_PLACE_LDAP && j < rules->num_ldap; j++) {
            target.kind = SIGNET_FETCH_LDAP_ADDRESS;
            target.url = rules->ldap[j];
            add_target(making, &target);
        }
        for (size_t j = 0; rules->order[i] == SIGNET_PLACE_HTTP && j < rules->num_http; j++) {
            target.kind = SIGNET_FETCH_URL;
            target.url = sg_location_fill(making->arena, rules->http[j], address);
            add_target(making, &target);
        }
    }
}

static bool is_allowed(const struct signet_retrieve_rules *rules, const struct signet_need *need)
{
    switch (need->kind) {
    case SIGNET_NEED_ISSUER:
        return rules->max_issuers > 0;
    case SIGNET_NEED_CRL:
    case SIGNET_NEED_WHOLE_CRL:
    case SIGNET_NEED_DELTA_CRL:
        return rules->crls && need->anchored;
    case SIGNET_NEED_SIGNER:
        return need->missing;
    case SIGNET_NEED_BINDING:
        break;
    }
    return false;
}

bool sg_task_init(struct sg_task *task, struct sg_arena *arena,
                  const struct signet_retrieve_rules *rules, const struct signet_need *need,
                  const struct sg_addresses *addresses)
{
    struct making making = {task, arena, rules};

    *task = (struct sg_task){.missing = need->missing, .request = SIZE_MAX};
    task->targets = sg_arena_array(arena, SG_TASK_MAX_TARGETS, sizeof *task->targets);
    if (task->targets == NULL || !sg_wanted_init(&task->wanted, arena, need))
        return false;
    if (!is_allowed(rules, need))
        return true;
    if (need->kind == SIGNET_NEED_SIGNER)
        for (size_t i = 0; i < addresses->num; i++)
            add_directories(&making, addresses->items[i]);
    else
        add_locations(&making, need);
    return !arena->failed;
}

bool sg_task_equal(const struct sg_task *a, const struct sg_task *b)
{
    if (!sg_wanted_equal(&a->wanted, &b->wanted) || a->num_targets != b->num_targets)
        return false;
    for (size_t i = 0; i < a->num_targets; i++)
        if (strcmp(a->targets[i].url, b->targets[i].url) != 0)
            return false;
    return true;
}

bool sg_need_is_recent(const struct signet_need *need, const struct signet_retrieve_rules *rules,
                       signet_time now)
{
    signet_time from, until;

    if (need->missing || need->crl == NULL)
        return false;
    from = signet_crl_this_update(need->crl);
    until = signet_crl_next_update(need->crl);
    if (from == SIGNET_TIME_UNKNOWN || from > now || now - from >= rules->recent)
        return false;
    return until == SIGNET_TIME_UNKNOWN || until - rules->margin > now;
}
