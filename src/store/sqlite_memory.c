/* SPDX-License-Identifier: Apache-2.0 */
/* What was learned: capabilities of correspondents, places on the network. */
#include "store/sqlite_known.h"

#include <string.h>

enum signet_status sg_sqlite_capabilities_put(struct sg_store_db *db, const char *folded,
                                              const struct signet_capabilities *capabilities)
{
    struct sg_buffer value;
    sg_known_value_init(&value);
    sg_known_add_text(&value, capabilities->address);
    sg_known_add_blob(&value, capabilities->der);
    sg_known_add_blob(&value, capabilities->preferred_sha256);
    sg_known_add_int(&value, capabilities->signing_time);
    enum signet_status status = sg_known_put(db, SG_KNOWN_CAPABILITIES, 0, folded, &value);
    sg_buffer_free(&value);
    return status;
}

static bool read_capabilities(struct sg_known_value value, struct signet_capabilities *out)
{
    *out = (struct signet_capabilities){.address = sg_known_take_text(&value)};
    out->der = sg_known_take_blob(&value);
    out->preferred_sha256 = sg_known_take_blob(&value);
    out->signing_time = sg_known_take_int(&value);
    return sg_known_end(&value);
}

bool sg_known_is_capabilities(const struct sg_known *row, struct sg_arena *arena)
{
    struct signet_capabilities capabilities;
    (void)arena;
    return row->object == 0 && read_capabilities(row->value, &capabilities);
}

enum signet_status sg_sqlite_capabilities_get(struct sg_store_db *db, const char *folded,
                                              struct signet_capabilities *capabilities, bool *found)
{
    struct sg_known_value value;
    struct sg_sqlite_query query =
        sg_known_get(db, SG_KNOWN_CAPABILITIES, 0, folded, &value, found);
    bool reads = read_capabilities(value, capabilities);
    db->passed_over |= *found && !reads;
    *found = *found && reads;
    return sg_sqlite_query_keep(&query);
}

enum signet_status sg_sqlite_source_put(struct sg_store_db *db, const struct signet_source *source)
{
    struct sg_buffer value;
    sg_known_value_init(&value);
    sg_known_add_text(&value, source->url);
    sg_known_add_text(&value, source->etag);
    sg_known_add_text(&value, source->last_modified);
    sg_known_add_int(&value, source->fetched);
    sg_known_add_int(&value, source->failed);
    sg_known_add_text(&value, source->reason);
    sg_known_add_blob(&value, source->sha256);
    enum signet_status status = sg_known_put(db, SG_KNOWN_SOURCE, 0, source->url, &value);
    sg_buffer_free(&value);
    return status;
}

static bool read_source(struct sg_known_value value, struct signet_source *out)
{
    *out = (struct signet_source){.url = sg_known_take_text(&value)};
    out->etag = sg_known_take_text(&value);
    out->last_modified = sg_known_take_text(&value);
    out->fetched = sg_known_take_int(&value);
    out->failed = sg_known_take_int(&value);
    out->reason = sg_known_take_text(&value);
    out->sha256 = sg_known_take_blob(&value);
    return sg_known_end(&value);
}

bool sg_known_is_source(const struct sg_known *row, struct sg_arena *arena)
{
    struct signet_source source;
    (void)arena;
    return row->object == 0 && read_source(row->value, &source) &&
           strcmp(source.url, row->name) == 0;
}

enum signet_status sg_sqlite_source_get(struct sg_store_db *db, const char *url,
                                        struct signet_source *source, bool *found)
{
    struct sg_known_value value;
    struct sg_sqlite_query query = sg_known_get(db, SG_KNOWN_SOURCE, 0, url, &value, found);
    /* Nothing hangs on it but another request: no matter for a warning. */
    *found = read_source(value, source) && *found;
    return sg_sqlite_query_keep(&query);
}
