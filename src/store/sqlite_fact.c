/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts: which keys verified which object. Objects are many and keys few: an object has the number
 * of a set of keys, nearly always of one. A set is a row of table known, its value the digests one
 * after the other; another row leads from the digests to the number.
 */
#include "store/sqlite_known.h"

#include "base/span.h"
#include "base/text.h"

#include <string.h>

enum { DIGEST_LEN = 32 };
/* Of one object's keys. A second one is rare, but keys can be made to fit a signature. */
enum { MAX_KEYS = 16 };

struct set {
    uint8_t digests[MAX_KEYS * DIGEST_LEN];
    size_t num;
};

static void take_set(struct signet_span digests, struct set *set)
{
    *set = (struct set){.num = 0};
    if (digests.len > sizeof(set->digests) || digests.len % DIGEST_LEN != 0)
        return;
    set->num = digests.len / DIGEST_LEN;
    if (set->num > 0)
        memcpy(set->digests, digests.ptr, digests.len);
}

bool sg_known_is_key_set(const struct sg_known *row, struct sg_arena *arena)
{
    struct set set;
    (void)arena;
    take_set(row->value.rest, &set);
    return *row->name == '\0' && set.num > 0;
}

static struct signet_span digests_of(const struct set *set)
{
    return sg_span(set->digests, set->num * DIGEST_LEN);
}

static bool has_key(const struct set *set, struct signet_span key)
{
    for (size_t i = 0; i < set->num; i++) {
        if (sg_span_equal(sg_span(set->digests + i * DIGEST_LEN, DIGEST_LEN), key))
            return true;
    }
    return false;
}

/* The keys of OBJECT; none where there are none, or what is there is no set. */
static enum signet_status get_set(struct sg_store_db *db, int64_t object, struct set *set)
{
    struct sg_known_value value;
    bool found;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_FACT_GET);
    *set = (struct set){.num = 0};
    sg_sqlite_bind_int(&query, object);
    if (!sg_sqlite_query_step(&query))
        return sg_sqlite_query_end(&query);
    int64_t number = sg_sqlite_take_int(&query);
    enum signet_status status = sg_sqlite_query_end(&query);
    if (status != SIGNET_OK)
        return status;
    query = sg_known_get(db, SG_KNOWN_KEY_SET, number, "", &value, &found);
    take_set(value.rest, set);
    return sg_sqlite_query_end(&query);
}

/* NAME: the digests in hexadecimal. *NUMBER 0: there is no such set. */
static enum signet_status find_set(struct sg_store_db *db, const char *name, int64_t *number)
{
    struct sg_known_value value;
    bool found;
    struct sg_sqlite_query query =
        sg_known_get(db, SG_KNOWN_KEY_SET_NUMBER, 0, name, &value, &found);
    int64_t taken = sg_known_take_int(&value);
    *number = sg_known_end(&value) ? taken : 0;
    return sg_sqlite_query_end(&query);
}

static enum signet_status put_set(struct sg_store_db *db, const struct set *set, const char *name,
                                  int64_t number)
{
    struct sg_buffer digests, value;
    sg_known_value_init(&digests);
    sg_known_value_init(&value);
    sg_buffer_add(&digests, digests_of(set));
    sg_known_add_int(&value, number);
    enum signet_status status = sg_known_put(db, SG_KNOWN_KEY_SET, number, "", &digests);
    if (status == SIGNET_OK)
        status = sg_known_put(db, SG_KNOWN_KEY_SET_NUMBER, 0, name, &value);
    sg_buffer_free(&digests);
    sg_buffer_free(&value);
    return status;
}

/* The number of SET, made unless there is such a one. */
static enum signet_status number_of(struct sg_store_db *db, const struct set *set, int64_t *number)
{
    struct sg_buffer name;
    sg_buffer_init(&name, 2 * sizeof(set->digests) + 1);
    sg_text_add_hex(&name, digests_of(set), 0);
    sg_buffer_add_byte(&name, 0);
    enum signet_status status = name.status;
    if (status == SIGNET_OK)
        status = find_set(db, (const char *)name.ptr, number);
    if (status == SIGNET_OK && *number == 0) {
        status = sg_known_next_number(db, SG_KNOWN_KEY_SET, number);
        if (status == SIGNET_OK)
            status = put_set(db, set, (const char *)name.ptr, *number);
    }
    sg_buffer_free(&name);
    return status;
}

enum signet_status sg_sqlite_fact_put(struct sg_store_db *db, int64_t object,
                                      struct signet_span key_sha256)
{
    struct set set;
    int64_t number = 0;
    enum signet_status status = get_set(db, object, &set);
    if (status != SIGNET_OK || key_sha256.len != DIGEST_LEN || set.num == MAX_KEYS ||
        has_key(&set, key_sha256))
        return status;
    memcpy(set.digests + set.num++ * DIGEST_LEN, key_sha256.ptr, DIGEST_LEN);
    status = number_of(db, &set, &number);
    if (status != SIGNET_OK)
        return status;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_FACT_PUT);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_int(&query, number);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_fact_list(struct sg_store_db *db, int64_t object,
                                       struct sg_arena *arena, struct signet_span *keys)
{
    struct set set;
    enum signet_status status = get_set(db, object, &set);
    *keys = (struct signet_span){NULL, 0};
    if (status != SIGNET_OK || set.num == 0)
        return status;
    *keys = sg_arena_copy(arena, digests_of(&set));
    return sg_arena_status(arena);
}
