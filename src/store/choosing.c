/* SPDX-License-Identifier: Apache-2.0 */
#include "store/choosing.h"

#include "agent/need_set.h"
#include "path/pool.h"
#include "store/store.h"

#include <stdlib.h>

struct sg_choosing {
    struct signet_store *store;
    struct signet_context *context;
    struct signet_pool *pool;
    struct sg_key_ring *ring;
    struct sg_arena arena;
    struct sg_need_set answered; /* needs whose answers the pool, or that of a choice, has whole */
};

struct sg_choosing *sg_choosing_new(struct signet_store *store, struct signet_context *context,
                                    struct signet_pool *pool, struct sg_key_ring *ring)
{
    struct sg_choosing *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return NULL;
    made->store = store;
    made->context = context;
    made->pool = pool;
    made->ring = ring;
    sg_arena_init(&made->arena, SG_STORE_MAX_WORK);
    sg_need_set_init(&made->answered, &made->arena);
    return made;
}

void sg_choosing_free(struct sg_choosing *choosing)
{
    if (choosing == NULL)
        return;
    sg_arena_clear(&choosing->arena);
    free(choosing);
}

struct signet_pool *sg_choosing_pool(const struct sg_choosing *choosing)
{
    return choosing->pool;
}

struct signet_store *sg_choosing_store(const struct sg_choosing *choosing)
{
    return choosing->store;
}

struct signet_context *sg_choosing_context(const struct sg_choosing *choosing)
{
    return choosing->context;
}

struct sg_key_ring *sg_choosing_ring(const struct sg_choosing *choosing)
{
    return choosing->ring;
}

/* An excerpt of a CRL answers for one certificate, a whole one for all of its issuer. */
static bool has_excerpt(const struct signet_pool *own)
{
    const struct signet_crl *crl;
    for (size_t i = 0; sg_pool_holds_own_crl(own, crl = sg_pool_crl(own, i)); i++) {
        if (signet_crl_is_excerpt(crl))
            return true;
    }
    return false;
}

static enum signet_status note_answered(struct sg_choosing *choosing,
                                        const struct signet_need *needs, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (!sg_need_set_add(&choosing->answered, &needs[i]))
            return sg_arena_status(&choosing->arena);
    }
    return SIGNET_OK;
}

static enum signet_status ask(struct sg_choosing *choosing, struct signet_need *open, size_t num,
                              struct signet_pool *own, size_t *num_added)
{
    enum signet_status status =
        signet_store_supply(choosing->store, choosing->context, open, num, own, num_added);
    if (status != SIGNET_OK || has_excerpt(own))
        return status;
    return note_answered(choosing, open, num);
}

enum signet_status sg_choosing_supply(struct sg_choosing *choosing, const struct signet_need *needs,
                                      size_t num, struct signet_pool *own, size_t *num_added)
{
    struct signet_need *open = malloc((num + 1) * sizeof(*open));
    enum signet_status status = SIGNET_OK;
    size_t num_open = 0;
    *num_added = 0;
    if (open == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < num; i++) {
        if (!sg_need_set_has(&choosing->answered, &needs[i]))
            open[num_open++] = needs[i];
    }
    if (num_open > 0)
        status = ask(choosing, open, num_open, own, num_added);
    free(open);
    return status;
}

static enum signet_status share_certificates(struct signet_pool *pool,
                                             const struct signet_pool *own)
{
    const struct signet_certificate *certificate;
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK && (certificate = sg_pool_certificate(own, i)) != NULL &&
                       sg_pool_holds_own_certificate(own, certificate);
         i++)
        status = signet_pool_add_certificate(pool, certificate);
    return status;
}

static enum signet_status share_anchors(struct signet_pool *pool, const struct signet_pool *own)
{
    size_t num = signet_pool_num_anchors(own) - signet_pool_num_anchors(pool);
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        const struct sg_anchor *anchor = sg_pool_anchor(own, i);
        if (anchor->certificate != NULL)
            status = signet_pool_add_anchor(pool, anchor->certificate, &anchor->terms);
    }
    return status;
}

enum signet_status sg_choosing_share(struct sg_choosing *choosing, const struct signet_pool *own)
{
    const struct signet_crl *crl;
    enum signet_status status = share_certificates(choosing->pool, own);
    if (status == SIGNET_OK)
        status = share_anchors(choosing->pool, own);
    for (size_t i = 0; status == SIGNET_OK && sg_pool_holds_own_crl(own, crl = sg_pool_crl(own, i));
         i++) {
        if (!signet_crl_is_excerpt(crl))
            status = signet_pool_add_crl(choosing->pool, crl);
    }
    return status;
}
