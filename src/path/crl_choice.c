/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_choice.h"

#include "path/crl_age.h"
#include "path/crl_told.h"
#include "x509/crl_excerpt.h"

#include <stdlib.h>

static int compare_sequences(const struct signet_crl *a, const struct signet_crl *b)
{
    int order = sg_span_compare(a->issuer.canonical, b->issuer.canonical);
    if (order == 0)
        order = sg_issuing_distribution_point_compare(&a->idp, &b->idp);
    if (order == 0)
        order = sg_span_compare(a->aki.key_id, b->aki.key_id);
    return order != 0 ? order : (a->number.ptr != NULL) - (b->number.ptr != NULL);
}

bool sg_crl_same_sequence(const struct signet_crl *a, const struct signet_crl *b)
{
    return compare_sequences(a, b) == 0;
}

static int compare_times(const struct signet_crl *a, const struct signet_crl *b)
{
    return (a->this_update > b->this_update) - (a->this_update < b->this_update);
}

int sg_crl_compare_age(const struct signet_crl *a, const struct signet_crl *b)
{
    int order = sg_crl_number_compare(a->number, b->number);
    return order != 0 ? order : compare_times(a, b);
}

static int compare_uses(const void *left, const void *right)
{
    const struct sg_crl_use *a = left, *b = right;
    int order = compare_sequences(a->crl, b->crl);
    if (order == 0)
        order = sg_crl_compare_age(b->crl, a->crl);
    /* The answer must not hang on the order in which CRLs came. */
    return order != 0 ? order : sg_span_compare(a->crl->der, b->crl->der);
}

/* RFC 5280 5.2.4: the latest thisUpdate is the most current. */
static int compare_deltas(const void *left, const void *right)
{
    const struct sg_crl_use *a = left, *b = right;
    int order = compare_times(b->crl, a->crl);
    if (order == 0)
        order = sg_crl_number_compare(b->crl->number, a->crl->number);
    return order != 0 ? order : sg_span_compare(a->crl->der, b->crl->der);
}

static bool add_use(struct sg_arena *arena, struct sg_crl_use **uses, size_t *num, size_t *cap,
                    struct sg_crl_use use)
{
    void *items = *uses;
    if (!sg_arena_grow(arena, &items, cap, *num, sizeof(use)))
        return false;
    *uses = items;
    (*uses)[(*num)++] = use;
    return true;
}

/* An excerpt tells of those whom it covers, unless the whole of it is there, too. */
static bool take(struct sg_crl_choice *choice, struct sg_status_search *search,
                 const struct sg_crl_points *points, const struct signet_crl *crl)
{
    struct sg_crl_use use = {crl, 0};
    if (!sg_crl_covers(crl, sg_status_certificate(search)->serial) ||
        sg_pool_holds_whole(search->judgement->pool, crl))
        return true;
    choice->num_seen++;
    if (crl->unusable) {
        sg_crl_check(crl, search->index, &search->told[SG_CRL_REFUSED]);
        return true;
    }
    if (!sg_crl_points_reasons(points, search->judgement, search->scratch, crl, &use.reasons,
                               &search->limit))
        return false;
    if (use.reasons == 0)
        return true;
    if (sg_crl_is_from_future(search, crl)) {
        sg_crl_tell(search, &search->told[SG_CRL_REFUSED], SG_KIND_CRL_FROM_FUTURE, crl,
                    SG_PARAMS(sg_time("this_update", crl->this_update),
                              sg_time("now", sg_status_clock(search))));
        return true;
    }
    if (crl->is_delta)
        return add_use(search->scratch, &choice->deltas, &choice->num_deltas, &choice->cap_deltas,
                       use);
    return add_use(search->scratch, &choice->complete, &choice->num_complete, &choice->cap_complete,
                   use);
}

bool sg_crl_choice_collect(struct sg_crl_choice *choice, struct sg_status_search *search,
                           const struct sg_crl_points *points)
{
    *choice = (struct sg_crl_choice){0};
    for (size_t i = 0; i < points->num_issuers; i++) {
        struct sg_pool_cursor cursor = sg_pool_crls(search->judgement->pool, points->issuers[i]);
        const struct signet_crl *crl;
        while ((crl = sg_pool_crl_next(&cursor)) != NULL) {
            if (!take(choice, search, points, crl))
                return false;
        }
    }
    if (choice->num_complete > 1)
        qsort(choice->complete, choice->num_complete, sizeof(*choice->complete), compare_uses);
    if (choice->num_deltas > 1)
        qsort(choice->deltas, choice->num_deltas, sizeof(*choice->deltas), compare_deltas);
    return true;
}
