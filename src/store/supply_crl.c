/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of the stored CRLs of an issuer a judgement gets: first those at the place that the
 * certificate names, of each scope those that some key is known to have signed before others, and
 * of these the newest. Anybody can have CRLs stored that look newer than the real ones.
 */
#include "agent/context.h"
#include "base/span.h"
#include "path/pool.h"
#include "store/crl_store.h"
#include "store/keys.h"
#include "store/nearest.h"
#include "store/supply.h"
#include "x509/crl.h"

#include <stdlib.h>

/* Of more CRLs of one issuer than this, not even the bodies are looked at. */
enum { MAX_BRIEFS = 1024 };
/* Beyond this no second one is read whole: junk in the name of the issuer. */
enum { MAX_WHOLE_LEN = 64 << 20 };

struct candidate {
    int64_t object;
    struct sg_crl_brief brief;
    struct signet_span keys; /* that verified it */
    bool elsewhere;          /* its place is none that a certificate names */
    size_t rank;             /* within its scope, 0 is the best */
};

struct crl_supply {
    struct sg_supply *supply;
    const struct sg_name *name;
    struct signet_span *serials;
    size_t num_serials;
    uint64_t *points; /* the names of distribution points */
    size_t num_points, cap_points;
    bool whole; /* somebody asks without saying for which certificate */
    struct candidate *candidates;
    size_t num;
    uint64_t num_octets; /* of CRLs that had to be read whole */
};

/* --- what is asked */

static bool add_points(struct crl_supply *crls, const struct signet_certificate *certificate)
{
    struct sg_distribution_points rest =
        sg_distribution_points_begin(certificate->crl_distribution_points);
    struct sg_distribution_point point;
    while (sg_distribution_points_next(&rest, &point)) {
        void *items = crls->points;
        if (!sg_arena_grow(crls->supply->arena, &items, &crls->cap_points, crls->num_points,
                           sizeof(*crls->points)))
            return false;
        crls->points = items;
        crls->points[crls->num_points++] = sg_crl_store_point(point.full_name);
    }
    return true;
}

static enum signet_status read_needs(struct crl_supply *crls,
                                     const struct signet_need *const *needs, size_t num)
{
    crls->serials = sg_arena_array(crls->supply->arena, num + 1, sizeof(*crls->serials));
    if (crls->serials == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < num; i++) {
        const struct signet_certificate *certificate = needs[i]->certificate;
        crls->whole |= certificate == NULL;
        if (certificate == NULL)
            continue;
        crls->serials[crls->num_serials++] = certificate->serial;
        if (!add_points(crls, certificate))
            return SIGNET_ERR_MEMORY;
    }
    return SIGNET_OK;
}

static bool is_elsewhere(const struct crl_supply *crls, uint64_t point)
{
    for (size_t i = 0; i < crls->num_points; i++) {
        if (crls->points[i] == point)
            return false;
    }
    return point != 0 && crls->num_points > 0;
}

/* --- what there is */

static enum signet_status take_candidate(struct crl_supply *crls, int64_t id)
{
    struct signet_store *store = crls->supply->store;
    struct candidate *candidate = &crls->candidates[crls->num];
    struct sg_store_object object;
    enum signet_status status = store->backend->object_get(store->db, id, &object);
    if (status != SIGNET_OK || object.id == 0 || object.kind != SIGNET_RECORD_CRL)
        return status;
    /* A damaged body says nothing; then the CRL is read whole. */
    if (sg_crl_store_brief(object.body, &candidate->brief) != SIGNET_OK)
        candidate->brief = (struct sg_crl_brief){0};
    candidate->object = id;
    candidate->elsewhere = is_elsewhere(crls, candidate->brief.point);
    crls->num++;
    return store->backend->fact_list(store->db, id, crls->supply->arena, &candidate->keys);
}

static enum signet_status list_candidates(struct crl_supply *crls)
{
    static const struct signet_span no_serial = {(const uint8_t *)"", 0};
    struct sg_supply *supply = crls->supply;
    struct sg_store_ids all = {0}, chosen;
    struct sg_store_key_range range;
    if (!sg_store_key_issuer(crls->name, no_serial, &range))
        return SIGNET_ERR_MEMORY;
    enum signet_status status = supply->store->backend->key_list(supply->store->db, range.first,
                                                                 range.last, supply->arena, &all);
    if (status != SIGNET_OK)
        return status;
    sg_ids_sort(&all);
    if (!sg_nearest_choose(&all, 1, MAX_BRIEFS, supply->arena, &chosen))
        return SIGNET_ERR_MEMORY;
    crls->candidates = sg_arena_array(supply->arena, chosen.num + 1, sizeof(*crls->candidates));
    if (crls->candidates == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < chosen.num && status == SIGNET_OK; i++)
        status = take_candidate(crls, chosen.items[i]);
    return status;
}

/* --- the order */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_in_scope(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = compare_numbers(a->brief.scope, b->brief.scope);
    if (order == 0)
        order = (a->keys.len == 0) - (b->keys.len == 0);
    if (order == 0)
        order = (a->brief.this_update < b->brief.this_update) -
                (a->brief.this_update > b->brief.this_update);
    return order != 0 ? order : (a->object < b->object) - (a->object > b->object);
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    int order = a->elsewhere - b->elsewhere;
    if (order == 0)
        order = compare_numbers(a->rank, b->rank);
    return order != 0 ? order : compare_in_scope(left, right);
}

static void sort_candidates(struct crl_supply *crls)
{
    struct candidate *items = crls->candidates;
    if (crls->num < 2)
        return;
    qsort(items, crls->num, sizeof(*items), compare_in_scope);
    for (size_t i = 1; i < crls->num; i++)
        items[i].rank =
            items[i].brief.scope == items[i - 1].brief.scope ? items[i - 1].rank + 1 : 0;
    qsort(items, crls->num, sizeof(*items), compare_candidates);
}

/* --- adding */

static enum signet_status add_crl(struct sg_supply *supply, const struct signet_crl *crl)
{
    size_t before = signet_pool_num_crls(supply->pool);
    enum signet_status status = signet_pool_add_crl(supply->pool, crl);
    supply->num_added += signet_pool_num_crls(supply->pool) - before;
    return status;
}

/* A CRL that nobody is known to have signed is needed whole in any case. */
static enum signet_status load(struct crl_supply *crls, const struct candidate *candidate,
                               struct signet_crl **crl)
{
    struct signet_store *store = crls->supply->store;
    struct sg_store_object object;
    *crl = NULL;
    enum signet_status status = store->backend->object_get(store->db, candidate->object, &object);
    if (status != SIGNET_OK || object.id == 0)
        return status;
    if (crls->whole || candidate->keys.len == 0) {
        bool first = crls->num_octets == 0;
        crls->num_octets += object.der_len;
        return first || crls->num_octets <= MAX_WHOLE_LEN ? sg_crl_store_whole(store, &object, crl)
                                                          : SIGNET_OK;
    }
    return sg_crl_store_excerpt(store, &object, crls->serials, crls->num_serials, candidate->keys,
                                crl);
}

static enum signet_status add_candidate(struct crl_supply *crls, const struct candidate *candidate)
{
    struct sg_supply *supply = crls->supply;
    struct signet_crl *crl;
    enum signet_status status = load(crls, candidate, &crl);
    if (status == SIGNET_OK && crl != NULL && sg_name_equal(&crl->issuer, crls->name)) {
        if (crl->has_sha256)
            sg_supply_facts(supply, crl->sha256, candidate->keys);
        status = add_crl(supply, crl);
    }
    signet_crl_unref(crl);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

enum signet_status sg_supply_crls(struct sg_supply *supply, const struct sg_name *name,
                                  const struct signet_need *const *needs, size_t num_needs)
{
    struct crl_supply crls = {.supply = supply, .name = name};
    enum signet_status status = read_needs(&crls, needs, num_needs);
    if (status == SIGNET_OK)
        status = list_candidates(&crls);
    if (status == SIGNET_OK)
        sort_candidates(&crls);
    for (size_t i = 0; i < crls.num && i < SG_SUPPLY_MAX_CRLS && status == SIGNET_OK; i++)
        status = add_candidate(&crls, &crls.candidates[i]);
    return status;
}

enum signet_status sg_supply_whole_crl(struct sg_supply *supply, const struct signet_crl *excerpt)
{
    struct signet_store *store = supply->store;
    struct sg_store_object object;
    struct signet_crl *crl = NULL;
    int64_t id = 0;
    if (!excerpt->has_sha256)
        return SIGNET_OK;
    enum signet_status status = sg_store_object_find(
        store, SIGNET_RECORD_CRL, sg_span(excerpt->sha256, sizeof(excerpt->sha256)), &id);
    if (status == SIGNET_OK && id != 0)
        status = store->backend->object_get(store->db, id, &object);
    if (status == SIGNET_OK && id != 0)
        status = sg_crl_store_whole(store, &object, &crl);
    if (crl != NULL)
        status = add_crl(supply, crl);
    signet_crl_unref(crl);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}
