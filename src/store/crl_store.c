/* SPDX-License-Identifier: Apache-2.0 */
#include "store/crl_store.h"

#include "base/span.h"
#include "store/crl_pieces.h"
#include "store/octets.h"
#include "store/parts.h"
#include "x509/crl_excerpt.h"
#include "x509/crl_parts.h"

/*
 * A body: one octet for the form, one for flags, thisUpdate, scope and point; then, where there are
 * excerpts, five numbers and the three parts of the frame; at its end a check of all before it.
 * Numbers have eight octets.
 */
enum { FORM = 1, NUMBER_LEN = 8, BRIEF_LEN = 2 + 3 * NUMBER_LEN };
enum { ENTRIES_LEN, NUM_ENTRIES, FRONT_OFFSET, FRONT_LEN, BACK_LEN, NUM_NUMBERS };
enum { LONG_LEN = BRIEF_LEN + NUM_NUMBERS * NUMBER_LEN };

/* Nearly every entry is read at once; one that is longer than the second is no matter of excerpts.
 */
enum { ENTRY_LEN = 512, MAX_ENTRY_LEN = 65536 };

enum { FLAG_EXCERPTED = 1, FLAG_DELTA = 2 };

struct body {
    uint64_t entries_len, num_entries;
    struct sg_crl_frame frame; /* borrowed */
};

/* --- writing */

static uint64_t scope_of(const struct signet_crl *crl)
{
    const struct sg_issuing_distribution_point *idp = &crl->idp;
    const uint8_t flags[] = {
        idp->only_user_certs, idp->only_ca_certs,    idp->only_attribute_certs,
        idp->indirect_crl,    (uint8_t)idp->reasons, (uint8_t)(idp->reasons >> 8),
        crl->is_delta};
    uint64_t hash = sg_span_hash(sg_span(flags, sizeof(flags)), 0);
    hash = sg_span_hash(idp->full_name, hash);
    hash = sg_span_hash(idp->relative_name, hash);
    return sg_span_hash(crl->aki.key_id, hash);
}

uint64_t sg_crl_store_point(struct signet_span full_name)
{
    return full_name.len > 0 ? sg_span_hash(full_name, 1) : 0;
}

static void add_number(struct sg_buffer *out, uint64_t number)
{
    uint8_t octets[NUMBER_LEN];
    sg_octets_put(octets, NUMBER_LEN, number);
    sg_buffer_add(out, sg_span(octets, NUMBER_LEN));
}

static uint64_t check_of(struct signet_span octets)
{
    return sg_span_hash(octets, FORM);
}

static void add_frame(struct sg_buffer *out, const struct signet_crl *crl,
                      const struct sg_crl_frame *frame)
{
    add_number(out, crl->entries.len);
    add_number(out, crl->num_entries);
    add_number(out, frame->front_offset);
    add_number(out, frame->front.len);
    add_number(out, frame->back.len);
    sg_buffer_add(out, frame->front);
    sg_buffer_add(out, frame->back);
    sg_buffer_add(out, frame->outer);
}

void sg_crl_store_body(const struct signet_crl *crl, struct sg_buffer *out)
{
    struct sg_crl_frame frame;
    bool excerpted = sg_crl_frame_get(crl, &frame);
    size_t start = out->len;
    sg_buffer_add_byte(out, FORM);
    sg_buffer_add_byte(
        out, (uint8_t)((excerpted ? FLAG_EXCERPTED : 0) | (crl->is_delta ? FLAG_DELTA : 0)));
    add_number(out, (uint64_t)crl->this_update);
    add_number(out, scope_of(crl));
    add_number(out, sg_crl_store_point(crl->idp.full_name));
    if (excerpted)
        add_frame(out, crl, &frame);
    if (out->status == SIGNET_OK)
        add_number(out, check_of(sg_span_from(sg_buffer_span(out), start)));
}

enum signet_status sg_crl_store_index(struct signet_store *store, int64_t object,
                                      const struct signet_crl *crl, const uint8_t sha256[32])
{
    struct sg_crl_frame frame;
    if (!sg_crl_frame_get(crl, &frame))
        return SIGNET_OK;
    return sg_crl_pieces_write(store, object, crl, sg_crl_pieces_seed(sha256));
}

enum signet_status sg_crl_store_check_index(struct signet_store *store, int64_t object,
                                            const struct signet_crl *crl, const uint8_t sha256[32])
{
    struct sg_crl_frame frame;
    if (!sg_crl_frame_get(crl, &frame) || crl->num_entries == 0)
        return SIGNET_OK;
    return sg_crl_pieces_check(store, object, sg_crl_pieces_seed(sha256));
}

/* --- reading a body */

static uint64_t number_at(struct signet_span octets, size_t offset)
{
    return sg_octets_get(octets.ptr + offset, NUMBER_LEN);
}

/* All of a body but its check. False: it is no body, or not what was written. */
static bool open_body(struct signet_span octets, struct signet_span *out)
{
    if (octets.len < BRIEF_LEN + NUMBER_LEN || octets.ptr[0] != FORM)
        return false;
    *out = sg_span_first(octets, octets.len - NUMBER_LEN);
    return number_at(octets, out->len) == check_of(*out);
}

enum signet_status sg_crl_store_brief(struct signet_span body, struct sg_crl_brief *out)
{
    struct signet_span octets;
    *out = (struct sg_crl_brief){0};
    if (!open_body(body, &octets))
        return SIGNET_ERR_PARSE;
    out->excerpted = (octets.ptr[1] & FLAG_EXCERPTED) != 0;
    out->is_delta = (octets.ptr[1] & FLAG_DELTA) != 0;
    out->this_update = (signet_time)number_at(octets, 2);
    out->scope = number_at(octets, 2 + NUMBER_LEN);
    out->point = number_at(octets, 2 + 2 * NUMBER_LEN);
    return SIGNET_OK;
}

static bool read_frame(struct signet_span body, struct body *out)
{
    uint64_t numbers[NUM_NUMBERS];
    struct signet_span octets;
    if (!open_body(body, &octets) || octets.len < LONG_LEN ||
        octets.len > LONG_LEN + SG_CRL_MAX_FRAME_LEN)
        return false;
    for (size_t i = 0; i < NUM_NUMBERS; i++)
        numbers[i] = number_at(octets, BRIEF_LEN + i * NUMBER_LEN);
    struct signet_span rest = sg_span_from(octets, LONG_LEN);
    if (numbers[FRONT_LEN] > rest.len || numbers[BACK_LEN] > rest.len - numbers[FRONT_LEN])
        return false;
    out->entries_len = numbers[ENTRIES_LEN];
    out->num_entries = numbers[NUM_ENTRIES];
    out->frame.front_offset = (size_t)numbers[FRONT_OFFSET];
    out->frame.front = sg_span_first(rest, (size_t)numbers[FRONT_LEN]);
    rest = sg_span_from(rest, (size_t)numbers[FRONT_LEN]);
    out->frame.back = sg_span_first(rest, (size_t)numbers[BACK_LEN]);
    out->frame.outer = sg_span_from(rest, (size_t)numbers[BACK_LEN]);
    return true;
}

/* --- excerpts */

/* An excerpt being made of OBJECT. */
struct maker {
    struct signet_store *store;
    const struct sg_store_object *object;
    struct body body;
    uint64_t seed, entries_offset; /* of the entries in the DER */
    struct sg_arena *arena;
    struct sg_buffer entries;
};

/* Reads LEN octets from AT on, and of these the entry that they begin with. */
static enum signet_status try_entry(struct maker *maker, uint64_t at, size_t len,
                                    struct signet_span *full, struct sg_crl_entry *entry)
{
    struct signet_parse_error error = {0};
    uint8_t *octets = sg_arena_array(maker->arena, len, 1);
    if (octets == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status =
        sg_store_parts_read(maker->store, maker->object->id, at, len, octets);
    if (status != SIGNET_OK)
        return status;
    struct sg_der der = sg_der_begin(sg_span(octets, len), &error);
    if (!sg_crl_entry_parse(&der, entry))
        return SIGNET_ERR_PARSE;
    *full = sg_span(octets, (size_t)(der.ptr - octets));
    return SIGNET_OK;
}

static enum signet_status read_entry(struct maker *maker, uint32_t offset, struct signet_span *full,
                                     struct sg_crl_entry *entry)
{
    static const size_t lens[] = {ENTRY_LEN, MAX_ENTRY_LEN};
    enum signet_status status = SIGNET_ERR_PARSE;
    if (offset >= maker->body.entries_len)
        return SIGNET_ERR_PARSE;
    uint64_t room = maker->body.entries_len - offset;
    for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]) && status == SIGNET_ERR_PARSE; i++)
        status = try_entry(maker, maker->entries_offset + offset,
                           room < lens[i] ? (size_t)room : lens[i], full, entry);
    return status;
}

/* Appends the entry of SERIAL, if it is listed. Each serial number leads to one entry only. */
static enum signet_status add_serial(struct maker *maker, struct signet_span serial)
{
    struct sg_crl_offsets offsets;
    enum signet_status status = sg_crl_pieces_find(maker->store, maker->object->id, maker->seed,
                                                   serial, maker->arena, &offsets);
    for (size_t i = 0; i < offsets.num && status == SIGNET_OK; i++) {
        struct signet_span full;
        struct sg_crl_entry entry;
        status = read_entry(maker, offsets.items[i], &full, &entry);
        if (status == SIGNET_OK && sg_span_equal(entry.serial, serial))
            sg_buffer_add(&maker->entries, full);
    }
    return status != SIGNET_OK ? status : maker->entries.status;
}

static enum signet_status make(struct maker *maker, const struct signet_span *serials,
                               size_t num_serials, struct signet_span keys, struct signet_crl **crl)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < num_serials && status == SIGNET_OK; i++)
        status = add_serial(maker, serials[i]);
    if (status != SIGNET_OK)
        return status;
    struct sg_crl_excerpt_parts parts = {.frame = maker->body.frame,
                                         .der_len = (size_t)maker->object->der_len,
                                         .num_entries = (size_t)maker->body.num_entries,
                                         .entries = sg_buffer_span(&maker->entries),
                                         .serials = serials,
                                         .num_serials = num_serials,
                                         .keys = keys};
    memcpy(parts.sha256, maker->object->sha256.ptr, sizeof(parts.sha256));
    return sg_crl_excerpt_new(&parts, crl);
}

/* The frame is copied: what the backend lends is gone with its next call. */
static enum signet_status begin(struct maker *maker)
{
    const struct sg_store_object *object = maker->object;
    struct signet_span body = sg_arena_copy(maker->arena, object->body);
    if (body.ptr == NULL)
        return SIGNET_ERR_MEMORY;
    if (!read_frame(body, &maker->body))
        return SIGNET_ERR_PARSE;
    const struct sg_crl_frame *frame = &maker->body.frame;
    uint64_t behind = frame->back.len + frame->outer.len;
    if (behind > object->der_len || maker->body.entries_len > object->der_len - behind)
        return SIGNET_ERR_PARSE;
    maker->entries_offset = object->der_len - behind - maker->body.entries_len;
    maker->seed = sg_crl_pieces_seed(object->sha256.ptr);
    return SIGNET_OK;
}

static enum signet_status make_excerpt(struct signet_store *store,
                                       const struct sg_store_object *object,
                                       const struct signet_span *serials, size_t num_serials,
                                       struct signet_span keys, struct signet_crl **crl)
{
    struct sg_arena arena;
    struct maker maker = {.store = store, .object = object, .arena = &arena};
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    sg_buffer_init(&maker.entries, SG_STORE_MAX_WORK);
    enum signet_status status = begin(&maker);
    if (status == SIGNET_OK)
        status = make(&maker, serials, num_serials, keys, crl);
    sg_buffer_free(&maker.entries);
    sg_arena_clear(&arena);
    return status;
}

enum signet_status sg_crl_store_whole(struct signet_store *store,
                                      const struct sg_store_object *object, struct signet_crl **crl)
{
    struct sg_store_object kept = *object;
    uint8_t sha256[32];
    *crl = NULL;
    if (object->sha256.len != sizeof(sha256))
        return SIGNET_ERR_PARSE;
    memcpy(sha256, object->sha256.ptr, sizeof(sha256));
    kept.sha256 = sg_span(sha256, sizeof(sha256));
    enum signet_status status = sg_store_parts_load_crl(store, &kept, crl);
    if (status == SIGNET_OK)
        sg_crl_set_sha256(*crl, sha256);
    return status;
}

enum signet_status sg_crl_store_excerpt(struct signet_store *store,
                                        const struct sg_store_object *object,
                                        const struct signet_span *serials, size_t num_serials,
                                        struct signet_span keys, struct signet_crl **crl)
{
    struct sg_store_object kept = *object;
    struct sg_crl_brief brief;
    uint8_t sha256[32];
    *crl = NULL;
    if (object->sha256.len != sizeof(sha256))
        return SIGNET_ERR_PARSE;
    memcpy(sha256, object->sha256.ptr, sizeof(sha256));
    kept.sha256 = sg_span(sha256, sizeof(sha256));
    enum signet_status status = sg_crl_store_brief(object->body, &brief);
    if (status == SIGNET_OK && brief.excerpted)
        status = make_excerpt(store, &kept, serials, num_serials, keys, crl);
    if (*crl != NULL || (status != SIGNET_OK && status != SIGNET_ERR_PARSE))
        return status;
    return sg_crl_store_whole(store, &kept, crl);
}
