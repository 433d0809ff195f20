/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/choice.h"

#include "agent/path_result.h"
#include "base/span.h"
#include "store/choice_reason.h"
#include "store/choosing.h"
#include "store/keys.h"
#include "store/nearest.h"
#include "store/supply.h"
#include "x509/certificate.h"

#include <stdlib.h>

/* Certificates of one address that are judged, those that something binds to it first; and how
 * often the store is asked for one of them. */
enum { MAX_CANDIDATES = 64, MAX_ROUNDS = 16 };

struct signet_choice {
    struct sg_arena arena;
    struct signet_pool *pool; /* what the store supplied, above the caller's */
    struct signet_policy policy;
    struct signet_choice_candidate *items;
    size_t num;
    bool chosen;                     /* the first one */
    struct signet_span capabilities; /* what the address' holder said last; {NULL,0} */
};

/* The choice while it is made. */
struct chooser {
    struct signet_store *store;
    struct signet_context *context;
    struct sg_choosing *choosing; /* NULL: for one address alone */
    struct signet_choice *choice;
    const char *folded;
    uint8_t preferred[32]; /* the certificate that the address' holder asked for */
    bool has_preferred;
};

/* --- who stands for choice */

/* Whether and by what the certificate is bound; the strongest. */
static enum signet_status take_binding(void *context, const struct sg_store_binding *binding)
{
    struct signet_choice_candidate *candidate = context;
    if (!candidate->bound || binding->kind > candidate->binding)
        candidate->binding = binding->kind;
    candidate->bound = true;
    return SIGNET_OK;
}

static enum signet_status take_bound_id(void *context, const struct sg_store_binding *binding)
{
    struct sg_store_ids *ids = context;
    if (ids->num < ids->cap)
        ids->items[ids->num++] = binding->object;
    return SIGNET_OK;
}

/* Those that something binds are before all that anybody may have sent. */
static enum signet_status list_candidates(struct chooser *chooser, struct sg_store_ids *out)
{
    struct sg_arena *arena = &chooser->choice->arena;
    struct sg_store_ids classes[2] = {{0}, {0}};
    enum signet_status status =
        sg_store_address_list(chooser->store, chooser->folded, arena, &classes[1]);
    if (status != SIGNET_OK)
        return status;
    sg_ids_sort(&classes[1]);
    classes[0].cap = classes[1].num;
    classes[0].items = sg_arena_array(arena, classes[0].cap + 1, sizeof(*classes[0].items));
    if (classes[0].items == NULL)
        return SIGNET_ERR_MEMORY;
    status = sg_store_address_bindings(chooser->store, chooser->folded, &classes[1], take_bound_id,
                                       &classes[0]);
    if (status != SIGNET_OK)
        return status;
    sg_ids_sort(&classes[0]);
    return sg_nearest_choose(classes, 2, MAX_CANDIDATES, arena, out) ? SIGNET_OK
                                                                     : SIGNET_ERR_MEMORY;
}

static enum signet_status take_origin(struct chooser *chooser, struct sg_store_loaded *loaded,
                                      const struct signet_origin **out)
{
    struct signet_choice *choice = chooser->choice;
    enum signet_status status = sg_store_load_origin(chooser->store, loaded);
    if (status != SIGNET_OK)
        return status;
    struct signet_origin *copy = sg_arena_alloc(&choice->arena, sizeof(*copy));
    if (copy == NULL)
        return SIGNET_ERR_MEMORY;
    *copy = loaded->object.origin;
    copy->detail = sg_arena_printf(&choice->arena, "%s", copy->detail);
    *out = copy;
    return copy->detail != NULL ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

/* Who is known to have signed the certificate. Nobody asks for it where the issuer is at hand. */
static enum signet_status take_facts(struct chooser *chooser, int64_t object,
                                     const struct sg_store_loaded *loaded)
{
    struct sg_supply supply = {.context = chooser->context};
    struct signet_span keys;
    if (chooser->choosing == NULL)
        return SIGNET_OK;
    enum signet_status status = chooser->store->backend->fact_list(chooser->store->db, object,
                                                                   &chooser->choice->arena, &keys);
    if (status == SIGNET_OK)
        sg_supply_facts(&supply, loaded->sha256, keys);
    return status;
}

/* Takes LOADED's certificate, which is OBJECT, over when it is of the address. */
static enum signet_status take_loaded(struct chooser *chooser, int64_t object,
                                      struct sg_store_loaded *loaded)
{
    struct signet_choice *choice = chooser->choice;
    struct signet_choice_candidate candidate = {.certificate = loaded->certificate};
    bool names;
    if (loaded->certificate == NULL)
        return SIGNET_OK;
    enum signet_status status = chooser->store->backend->binding_walk(
        chooser->store->db, chooser->folded, object, take_binding, &candidate);
    if (status == SIGNET_OK &&
        !sg_store_names_address(loaded->certificate, chooser->folded, &choice->arena, &names))
        status = SIGNET_ERR_MEMORY;
    if (status != SIGNET_OK || (!names && !candidate.bound))
        return status;
    status = take_origin(chooser, loaded, &candidate.origin);
    if (status != SIGNET_OK)
        return status;
    candidate.preferred = chooser->has_preferred &&
                          memcmp(chooser->preferred, loaded->sha256, sizeof(loaded->sha256)) == 0;
    choice->items[choice->num++] = candidate;
    loaded->certificate = NULL; /* the choice's now */
    return SIGNET_OK;
}

/* What the address' holder said by mail. */
static enum signet_status take_capabilities(struct chooser *chooser)
{
    struct signet_choice *choice = chooser->choice;
    struct signet_capabilities said;
    bool found;
    enum signet_status status =
        signet_store_capabilities(chooser->store, chooser->folded, &said, &found);
    if (status != SIGNET_OK || !found)
        return status;
    choice->capabilities = sg_arena_copy(&choice->arena, said.der);
    chooser->has_preferred = said.preferred_sha256.len == sizeof(chooser->preferred);
    if (chooser->has_preferred)
        memcpy(chooser->preferred, said.preferred_sha256.ptr, sizeof(chooser->preferred));
    return sg_arena_status(&choice->arena);
}

static enum signet_status take_candidates(struct chooser *chooser)
{
    struct signet_choice *choice = chooser->choice;
    struct sg_store_ids ids;
    enum signet_status status = take_capabilities(chooser);
    if (status == SIGNET_OK)
        status = list_candidates(chooser, &ids);
    if (status != SIGNET_OK)
        return status;
    choice->items = sg_arena_array(&choice->arena, ids.num + 1, sizeof(*choice->items));
    if (choice->items == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < ids.num && status == SIGNET_OK; i++) {
        struct sg_store_loaded loaded;
        status = sg_store_load(chooser->store, ids.items[i], &loaded);
        if (status == SIGNET_OK && loaded.certificate != NULL)
            status = take_facts(chooser, ids.items[i], &loaded);
        if (status == SIGNET_OK)
            status = take_loaded(chooser, ids.items[i], &loaded);
        else if (status == SIGNET_ERR_PARSE)
            status = SIGNET_OK; /* damaged: as if it were not there */
        sg_store_unload(&loaded);
    }
    return status;
}

/* --- what each is worth */

static enum signet_status supply(struct chooser *chooser, const struct signet_path_result *path,
                                 size_t *num_added)
{
    size_t num;
    const struct signet_need *needs = signet_path_result_needs(path, &num);
    *num_added = 0;
    if (chooser->choosing != NULL)
        return sg_choosing_supply(chooser->choosing, needs, num, chooser->choice->pool, num_added);
    return num > 0 ? signet_store_supply(chooser->store, chooser->context, needs, num,
                                         chooser->choice->pool, num_added)
                   : SIGNET_OK;
}

static enum signet_status judge(struct chooser *chooser, struct signet_choice_candidate *candidate)
{
    struct signet_choice *choice = chooser->choice;
    struct signet_path_result *path = NULL;
    size_t num_added = 1;
    struct sg_key_ring *ring =
        chooser->choosing != NULL ? sg_choosing_ring(chooser->choosing) : NULL;
    enum signet_status status = sg_path_verify_with(chooser->context, ring, candidate->certificate,
                                                    choice->pool, &choice->policy, &path);
    candidate->path = path;
    for (size_t i = 0; i < MAX_ROUNDS && num_added > 0 && status == SIGNET_OK; i++) {
        status = supply(chooser, path, &num_added);
        if (status == SIGNET_OK && num_added > 0)
            status = signet_path_result_update(path);
    }
    if (status != SIGNET_OK)
        return status;
    candidate->verdict = signet_path_result_verdict(path);
    sg_path_result_settle(path);
    return SIGNET_OK;
}

static int compare_fingerprints(const void *left, const void *right)
{
    const struct signet_choice_candidate *a = left, *b = right;
    return memcmp(a->certificate->sha256, b->certificate->sha256, sizeof(a->certificate->sha256));
}

/* In an order that hangs on nothing but the contents: what the pool has got for one, the next one
 * has, too. */
static enum signet_status judge_all(struct chooser *chooser)
{
    struct signet_choice *choice = chooser->choice;
    enum signet_status status = SIGNET_OK;
    if (choice->num > 1)
        qsort(choice->items, choice->num, sizeof(*choice->items), compare_fingerprints);
    for (size_t i = 0; i < choice->num && status == SIGNET_OK; i++)
        status = judge(chooser, &choice->items[i]);
    return status;
}

/* --- the order */

static bool is_bound_by_user(const struct signet_choice_candidate *candidate)
{
    return candidate->bound && candidate->binding == SIGNET_BINDING_USER;
}

static int compare_times(signet_time a, signet_time b)
{
    return (a > b) - (a < b);
}

static int compare_candidates(const void *left, const void *right)
{
    const struct signet_choice_candidate *a = left, *b = right;
    int order = (a->verdict > b->verdict) - (a->verdict < b->verdict);
    if (order == 0)
        order = is_bound_by_user(b) - is_bound_by_user(a);
    if (order == 0)
        order = b->preferred - a->preferred;
    if (order == 0)
        order = compare_times(b->certificate->not_before, a->certificate->not_before);
    if (order == 0)
        order = compare_times(b->certificate->not_after, a->certificate->not_after);
    return order != 0 ? order : compare_fingerprints(left, right);
}

static bool is_usable(const struct signet_choice_candidate *candidate)
{
    return candidate->verdict == SIGNET_VERDICT_GOOD || candidate->verdict == SIGNET_VERDICT_WARN;
}

static enum signet_status rank(struct signet_choice *choice)
{
    if (choice->num > 1)
        qsort(choice->items, choice->num, sizeof(*choice->items), compare_candidates);
    choice->chosen = choice->num > 0 && is_usable(&choice->items[0]);
    for (size_t i = 0; i < choice->num; i++) {
        const struct signet_choice_candidate *chosen = choice->chosen ? &choice->items[0] : NULL;
        choice->items[i].why = sg_choice_reason(&choice->items[i], chosen, choice->num,
                                                &choice->policy, &choice->arena);
        if (choice->items[i].why == NULL)
            return SIGNET_ERR_MEMORY;
    }
    return SIGNET_OK;
}

/* --- all of it */

static enum signet_status make(struct chooser *chooser)
{
    enum signet_status status = take_candidates(chooser);
    if (status == SIGNET_OK)
        status = judge_all(chooser);
    if (status == SIGNET_OK && chooser->choosing != NULL)
        status = sg_choosing_share(chooser->choosing, chooser->choice->pool);
    return status == SIGNET_OK ? rank(chooser->choice) : status;
}

static struct signet_choice *new_choice(const struct signet_pool *pool,
                                        const struct signet_policy *policy)
{
    struct signet_choice *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return NULL;
    sg_arena_init(&made->arena, SG_STORE_MAX_WORK);
    made->pool = signet_pool_new(pool);
    made->policy = *policy;
    if (made->pool != NULL)
        return made;
    signet_choice_free(made);
    return NULL;
}

static enum signet_status make_for(struct chooser *chooser, const char *address)
{
    struct signet_choice *made = chooser->choice;
    made->policy.email = sg_arena_printf(&made->arena, "%s", address);
    chooser->folded = sg_store_fold_address(sg_span_text(address), &made->arena);
    if (made->arena.failed)
        return SIGNET_ERR_MEMORY;
    if (chooser->folded == NULL)
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = sg_store_look(chooser->store);
    return status == SIGNET_OK ? sg_store_looked(chooser->store, make(chooser)) : status;
}

static enum signet_status make_or_free(struct chooser *chooser, const char *address,
                                       struct signet_choice **choice)
{
    *choice = NULL;
    if (chooser->choice == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = make_for(chooser, address);
    if (status == SIGNET_OK)
        *choice = chooser->choice;
    else
        signet_choice_free(chooser->choice);
    return status;
}

enum signet_status signet_choice_make(struct signet_store *store, struct signet_context *context,
                                      const char *address, const struct signet_pool *pool,
                                      const struct signet_policy *policy,
                                      struct signet_choice **choice)
{
    struct chooser chooser = {
        .store = store, .context = context, .choice = new_choice(pool, policy)};
    return make_or_free(&chooser, address, choice);
}

enum signet_status sg_choosing_make(struct sg_choosing *choosing, const char *address,
                                    const struct signet_policy *policy,
                                    struct signet_choice **choice)
{
    struct chooser chooser = {.store = sg_choosing_store(choosing),
                              .context = sg_choosing_context(choosing),
                              .choosing = choosing,
                              .choice = new_choice(sg_choosing_pool(choosing), policy)};
    return make_or_free(&chooser, address, choice);
}

/* What the certificates were lent as, they are given back as. */
static void unref(const struct signet_certificate *certificate)
{
    signet_certificate_unref((struct signet_certificate *)(uintptr_t)certificate);
}

void signet_choice_free(struct signet_choice *choice)
{
    if (choice == NULL)
        return;
    for (size_t i = 0; i < choice->num; i++) {
        signet_path_result_free((struct signet_path_result *)(uintptr_t)choice->items[i].path);
        unref(choice->items[i].certificate);
    }
    signet_pool_free(choice->pool);
    sg_arena_clear(&choice->arena);
    free(choice);
}

struct signet_span sg_choice_capabilities(const struct signet_choice *choice)
{
    return choice->capabilities;
}

const struct signet_choice_candidate *signet_choice_chosen(const struct signet_choice *choice)
{
    return choice->chosen ? &choice->items[0] : NULL;
}

const struct signet_choice_candidate *signet_choice_candidates(const struct signet_choice *choice,
                                                               size_t *num)
{
    *num = choice->num;
    return choice->items;
}
