/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/keep.h"

#include "base/span.h"
#include "retrieve/rules.h"
#include "signet/intake.h"
#include "x509/crl.h"

/* Only memory that is out ends what was begun. */
static enum signet_status tolerate(enum signet_status status)
{
    return status == SIGNET_ERR_MEMORY ? status : SIGNET_OK;
}

static enum signet_status keep_in_pool(const struct sg_catch *catch, struct signet_pool *pool)
{
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < catch->num_certificates && status == SIGNET_OK; i++)
        status = signet_pool_add_certificate(pool, catch->certificates[i]);
    for (size_t i = 0; i < catch->num_crls && status == SIGNET_OK; i++)
        status = signet_pool_add_crl(pool, catch->crls[i]);
    return status;
}

static enum signet_status take_all(const struct sg_catch *catch, struct signet_intake *intake,
                                   const struct signet_origin *origin)
{
    struct signet_intake_counts ignored;
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < catch->num_certificates && status == SIGNET_OK; i++)
        status =
            tolerate(signet_intake_certificate(intake, catch->certificates[i], origin, 0, NULL));
    for (size_t i = 0; i < catch->num_crls && status == SIGNET_OK; i++)
        status = tolerate(signet_intake_crl(intake, catch->crls[i], origin, 0, NULL));
    return status == SIGNET_OK ? tolerate(signet_intake_finish(intake, &ignored)) : status;
}

/* What has a false signature may come from anybody between here and its place. */
static enum signet_status keep_in_store(const struct sg_catch *catch, struct signet_store *store,
                                        const struct signet_origin *origin)
{
    static const struct signet_intake_terms terms = {0};
    struct signet_intake *intake;
    enum signet_status status = signet_intake_new(store, &terms, &intake);

    if (status == SIGNET_OK)
        status = take_all(catch, intake, origin);
    signet_intake_free(intake);
    return status;
}

static size_t count(const struct signet_pool *pool)
{
    return pool == NULL ? 0 : signet_pool_num_certificates(pool) + signet_pool_num_crls(pool);
}

enum signet_status sg_catch_keep(const struct sg_catch *catch, struct signet_pool *pool,
                                 struct signet_store *store, const struct signet_origin *origin,
                                 size_t *num_added)
{
    size_t before = count(pool);
    enum signet_status status = pool != NULL ? keep_in_pool(catch, pool) : SIGNET_OK;

    if (status == SIGNET_OK && store != NULL && catch->num_certificates + catch->num_crls > 0)
        status = keep_in_store(catch, store, origin);
    *num_added += count(pool) - before;
    return status;
}

/* The fingerprint of the one object; false: there are more, or none. */
static bool fingerprint(const struct sg_catch *catch, uint8_t sha256[32])
{
    if (catch->num_certificates + catch->num_crls != 1)
        return false;
    if (catch->num_crls == 1)
        return sg_crl_sha256(catch->crls[0], sha256);
    memcpy(sha256, signet_certificate_sha256(catch->certificates[0]).ptr, 32);
    return true;
}

enum signet_status sg_source_answered(struct sg_source_memory *memory, const char *url,
                                      const struct signet_fetch_answer *answer,
                                      const struct sg_catch *catch, signet_time now)
{
    uint8_t sha256[32];
    bool one = fingerprint(catch, sha256);

    return sg_source_memory_put(
        memory, &(struct signet_source){.url = url,
                                        .etag = one ? answer->etag : "",
                                        .last_modified = one ? answer->last_modified : "",
                                        .fetched = now,
                                        .failed = SIGNET_TIME_UNKNOWN,
                                        .reason = "",
                                        .sha256 = one ? sg_span(sha256, 32) : sg_span(NULL, 0)});
}

/* A copy of what is known, in ARENA; all unknown where nothing is. */
static enum signet_status copy_known(struct sg_source_memory *memory, struct sg_arena *arena,
                                     const char *url, struct signet_source *out)
{
    struct signet_source known;
    bool found;
    enum signet_status status = sg_source_memory_find(memory, url, &known, &found);

    *out = (struct signet_source){.url = url,
                                  .etag = "",
                                  .last_modified = "",
                                  .fetched = SIGNET_TIME_UNKNOWN,
                                  .failed = SIGNET_TIME_UNKNOWN,
                                  .reason = ""};
    if (status != SIGNET_OK || !found)
        return status;
    out->etag = sg_arena_text(arena, known.etag);
    out->last_modified = sg_arena_text(arena, known.last_modified);
    out->fetched = known.fetched;
    if (known.sha256.ptr != NULL)
        out->sha256 = sg_arena_copy(arena, known.sha256);
    return sg_arena_status(arena);
}

static enum signet_status change(struct sg_source_memory *memory, const char *url,
                                 signet_time fetched, signet_time failed, const char *reason)
{
    struct signet_source source;
    struct sg_arena arena;
    enum signet_status status;

    sg_arena_init(&arena, (size_t)1 << 20);
    status = copy_known(memory, &arena, url, &source);
    if (fetched != SIGNET_TIME_UNKNOWN)
        source.fetched = fetched;
    source.failed = failed;
    source.reason = reason;
    if (status == SIGNET_OK)
        status = sg_source_memory_put(memory, &source);
    sg_arena_clear(&arena);
    return status;
}

enum signet_status sg_source_failed(struct sg_source_memory *memory, const char *url,
                                    const char *reason, signet_time now)
{
    return change(memory, url, SIGNET_TIME_UNKNOWN, now, reason);
}

enum signet_status sg_source_unchanged(struct sg_source_memory *memory, const char *url,
                                       signet_time now)
{
    return change(memory, url, now, SIGNET_TIME_UNKNOWN, "");
}
