/* SPDX-License-Identifier: Apache-2.0 */
/* Own private keys. A name is the fingerprint in hexadecimal, a blank, and the URI. */
#include "store/sqlite_known.h"

#include <string.h>

enum { SHA256_LEN = 32, START_LEN = 2 * SHA256_LEN + 1 };

/* With what names begin; what is no fingerprint begins none. */
static void write_start(struct signet_span sha256, char behind, char start[START_LEN + 1])
{
    static const char digits[] = "0123456789abcdef";
    char *out = start;
    for (size_t i = 0; i < SHA256_LEN && sha256.len == SHA256_LEN; i++) {
        *out++ = digits[sha256.ptr[i] >> 4];
        *out++ = digits[sha256.ptr[i] & 15];
    }
    *out++ = behind;
    *out = '\0';
}

static void write_value(const struct signet_stored_key *key, const char *uri,
                        struct sg_buffer *value)
{
    sg_known_value_init(value);
    sg_known_add_blob(value, key->sha256);
    sg_known_add_text(value, uri);
    sg_known_add_blob(value, key->pkcs8);
    sg_known_add_int(value, key->since);
}

enum signet_status sg_sqlite_own_put(struct sg_store_db *db, const struct signet_stored_key *key)
{
    struct sg_buffer name, value;
    char start[START_LEN + 1];
    const char *uri = key->uri != NULL ? key->uri : "";
    write_start(key->sha256, ' ', start);
    sg_buffer_init(&name, 2 * SG_STORE_MAX_TEXT);
    sg_buffer_add_text(&name, start);
    sg_buffer_add_text(&name, uri);
    sg_buffer_add_byte(&name, 0);
    write_value(key, uri, &value);
    enum signet_status status = name.status;
    if (status == SIGNET_OK)
        status = sg_known_put(db, SG_KNOWN_OWN_KEY, 0, (const char *)name.ptr, &value);
    sg_buffer_free(&value);
    sg_buffer_free(&name);
    return status;
}

/* The texts that the query is to have, as long as it lasts. */
struct range {
    char first[START_LEN + 1], last[START_LEN + 1];
};

static struct sg_sqlite_query begin(struct sg_store_db *db, struct signet_span sha256,
                                    struct range *range)
{
    if (sha256.ptr == NULL)
        return sg_known_list_all(db, SG_KNOWN_OWN_KEY);
    write_start(sha256, ' ', range->first);
    write_start(sha256, ' ' + 1, range->last);
    return sg_known_list(db, SG_KNOWN_OWN_KEY, 0, range->first, range->last);
}

enum signet_status sg_sqlite_own_has(struct sg_store_db *db, struct signet_span sha256, bool *has)
{
    struct range range;
    struct sg_sqlite_query query = begin(db, sha256, &range);
    return sg_sqlite_query_exists(&query, has);
}

static bool read_key(struct sg_known_value value, struct signet_stored_key *key)
{
    *key = (struct signet_stored_key){.sha256 = sg_known_take_blob(&value)};
    const char *uri = sg_known_take_text(&value);
    key->uri = *uri != '\0' ? uri : NULL;
    key->pkcs8 = sg_known_take_blob(&value);
    key->since = sg_known_take_int(&value);
    return sg_known_end(&value) && key->sha256.len == SHA256_LEN;
}

bool sg_known_is_own_key(const struct sg_known *row, struct sg_arena *arena)
{
    struct signet_stored_key key;
    char start[START_LEN + 1];
    (void)arena;
    if (!read_key(row->value, &key))
        return false;
    write_start(key.sha256, ' ', start);
    return strncmp(row->name, start, START_LEN) == 0 &&
           strcmp(row->name + START_LEN, key.uri != NULL ? key.uri : "") == 0;
}

enum signet_status sg_sqlite_own_walk(struct sg_store_db *db, struct signet_span sha256,
                                      signet_key_taker *taker, void *context)
{
    enum signet_status taken = SIGNET_OK;
    struct sg_known row;
    struct range range;
    struct sg_sqlite_query query = begin(db, sha256, &range);
    while (taken == SIGNET_OK && sg_known_next(&query, &row)) {
        struct signet_stored_key key;
        if (read_key(row.value, &key))
            taken = taker(context, &key);
        else
            db->passed_over = true;
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    return taken != SIGNET_OK ? taken : status;
}

enum signet_status sg_sqlite_own_count(struct sg_store_db *db, size_t *num)
{
    return sg_known_count(db, SG_KNOWN_OWN_KEY, num);
}
