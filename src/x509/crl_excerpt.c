/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_excerpt.h"

#include "asn1/der_writer.h"
#include "x509/crl_parts.h"

#include <stdlib.h>

/* In one block, with the octets of the serial numbers behind the keys. */
struct sg_crl_excerpt {
    size_t der_len, num_entries;
    uint8_t (*keys)[32];
    size_t num_keys;
    size_t num_serials;
    struct signet_span serials[]; /* sorted */
};

/* --- the frame of a whole CRL */

/* An oddity among the entries would be lost with them. */
static bool has_odd_entries(const struct signet_crl *crl)
{
    size_t first = (size_t)(crl->entries.ptr - crl->der.ptr), end = first + crl->entries.len;
    for (size_t i = 0; i < crl->notes.num; i++) {
        size_t offset = crl->notes.items[i].offset;
        if (first <= offset && offset < end)
            return true;
    }
    return crl->notes.dropped;
}

static bool may_be_excerpted(const struct signet_crl *crl)
{
    return crl->excerpt == NULL && crl->num_entries > 0 && crl->num_runs == 0 && !crl->is_delta &&
           !crl->idp.indirect_crl && !crl->unusable && !has_odd_entries(crl);
}

/* The octets of CRL from FIRST to END. */
static struct signet_span between(const uint8_t *first, const uint8_t *end)
{
    return sg_span(end > first ? first : NULL, (size_t)(end - first));
}

/* The first octet of the element whose content is VALUE. */
static const uint8_t *element_of(struct signet_span value)
{
    return value.ptr + value.len - sg_der_full_len(value.len);
}

bool sg_crl_frame_cut(const struct signet_crl *crl, struct sg_crl_frame *frame)
{
    struct signet_parse_error error = {0};
    struct sg_der tbs = sg_der_begin(crl->tbs, &error), fields;
    if (!may_be_excerpted(crl) || !sg_der_enter(&tbs, SG_TAG_SEQUENCE, &fields, "tbsCertList"))
        return false;
    const uint8_t *entries_end = crl->entries.ptr + crl->entries.len;
    const uint8_t *tbs_end = crl->tbs.ptr + crl->tbs.len;
    *frame = (struct sg_crl_frame){
        .front = between(fields.ptr, element_of(crl->entries)),
        .back = between(entries_end, tbs_end),
        .outer = between(tbs_end, crl->der.ptr + crl->der.len),
        .front_offset = (size_t)(fields.ptr - crl->der.ptr),
    };
    return frame->front.len + frame->back.len + frame->outer.len <= SG_CRL_MAX_FRAME_LEN;
}

bool sg_crl_frame_get(const struct signet_crl *crl, struct sg_crl_frame *frame)
{
    return crl->der.len >= SG_CRL_MIN_EXCERPTED_LEN && sg_crl_frame_cut(crl, frame);
}

/* --- making an excerpt */

/* An empty revokedCertificates is an oddity of its own, so without entries there is none. */
static size_t list_len(struct signet_span entries)
{
    return entries.len > 0 ? sg_der_full_len(entries.len) : 0;
}

static void add_der(struct sg_buffer *der, const struct sg_crl_excerpt_parts *parts)
{
    const struct sg_crl_frame *frame = &parts->frame;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE), tbs = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_buffer_add(der, frame->front);
    if (parts->entries.len > 0)
        sg_der_put(der, SG_TAG_SEQUENCE, parts->entries);
    sg_buffer_add(der, frame->back);
    sg_der_close(der, tbs);
    sg_buffer_add(der, frame->outer);
    sg_der_close(der, whole);
}

static int compare_serials(const void *left, const void *right)
{
    const struct signet_span *a = left, *b = right;
    return sg_crl_serial_compare(*a, *b);
}

static struct sg_crl_excerpt *note_parts(const struct sg_crl_excerpt_parts *parts)
{
    size_t len = sizeof(struct sg_crl_excerpt) + parts->num_serials * sizeof(struct signet_span) +
                 parts->keys.len;
    for (size_t i = 0; i < parts->num_serials; i++)
        len += parts->serials[i].len;
    struct sg_crl_excerpt *made = calloc(1, len);
    if (made == NULL)
        return NULL;

    made->der_len = parts->der_len;
    made->num_entries = parts->num_entries;
    made->num_keys = parts->keys.len / 32;
    made->num_serials = parts->num_serials;
    made->keys = (uint8_t(*)[32])(void *)(made->serials + parts->num_serials);
    uint8_t *next = (uint8_t *)(made->keys + made->num_keys);
    if (made->num_keys > 0)
        memcpy(made->keys, parts->keys.ptr, made->num_keys * 32);
    for (size_t i = 0; i < parts->num_serials; i++) {
        struct signet_span serial = parts->serials[i];
        if (serial.len > 0)
            memcpy(next, serial.ptr, serial.len);
        made->serials[i] = sg_span(next, serial.len);
        next += serial.len;
    }
    if (made->num_serials > 1)
        qsort(made->serials, made->num_serials, sizeof(made->serials[0]), compare_serials);
    return made;
}

/* What is odd is told where it stands in the whole: behind the entries, before them, or at the
 * beginning of tbsCertList. */
static void move_notes(struct signet_crl *crl, const struct sg_crl_excerpt_parts *parts)
{
    const struct sg_crl_frame *frame = &parts->frame;
    size_t back_offset = crl->der.len - frame->outer.len - frame->back.len;
    size_t front_offset = back_offset - list_len(parts->entries) - frame->front.len;
    size_t tbs_len = parts->der_len - frame->outer.len - frame->front_offset;
    for (size_t i = 0; i < crl->notes.num; i++) {
        size_t *offset = &crl->notes.items[i].offset;
        if (*offset >= back_offset)
            *offset += parts->der_len - crl->der.len;
        else if (*offset >= front_offset)
            *offset += frame->front_offset - front_offset;
        else
            *offset = frame->front_offset - (sg_der_full_len(tbs_len) - tbs_len);
    }
}

enum signet_status sg_crl_excerpt_new(const struct sg_crl_excerpt_parts *parts,
                                      struct signet_crl **crl)
{
    struct sg_crl_excerpt *excerpt = note_parts(parts);
    struct sg_buffer der;
    *crl = NULL;
    sg_buffer_init(&der, SIZE_MAX);
    add_der(&der, parts);
    if (excerpt == NULL || der.status != SIGNET_OK) {
        sg_buffer_free(&der);
        free(excerpt);
        return SIGNET_ERR_MEMORY;
    }
    enum signet_status status =
        signet_crl_parse_borrowed(sg_buffer_span(&der), free, der.ptr, crl, NULL);
    if (status != SIGNET_OK) {
        free(excerpt);
        return status;
    }
    (*crl)->excerpt = excerpt;
    sg_crl_set_sha256(*crl, parts->sha256);
    move_notes(*crl, parts);
    return SIGNET_OK;
}

/* --- asking it */

/* COMING: a thread is about to write it, and no other may. */
enum { VERIFIER_UNKNOWN, VERIFIER_COMING, VERIFIER_KNOWN };

bool signet_crl_is_excerpt(const struct signet_crl *crl)
{
    return crl->excerpt != NULL;
}

bool sg_crl_covers(const struct signet_crl *crl, struct signet_span serial)
{
    const struct sg_crl_excerpt *excerpt = crl->excerpt;
    return excerpt == NULL ||
           (excerpt->num_serials > 0 && bsearch(&serial, excerpt->serials, excerpt->num_serials,
                                                sizeof(serial), compare_serials) != NULL);
}

static bool is_noted(const struct signet_crl *crl, const uint8_t key_sha256[32])
{
    struct signet_crl *shared = (struct signet_crl *)(uintptr_t)crl;
    return atomic_load_explicit(&shared->verifier_state, memory_order_acquire) == VERIFIER_KNOWN &&
           memcmp(crl->verifier, key_sha256, sizeof(crl->verifier)) == 0;
}

bool sg_crl_is_verified_by(const struct signet_crl *crl, const uint8_t key_sha256[32])
{
    const struct sg_crl_excerpt *excerpt = crl->excerpt;
    if (excerpt == NULL)
        return is_noted(crl, key_sha256);
    for (size_t i = 0; i < excerpt->num_keys; i++) {
        if (memcmp(excerpt->keys[i], key_sha256, 32) == 0)
            return true;
    }
    return false;
}

void sg_crl_note_verified(const struct signet_crl *crl, const uint8_t key_sha256[32])
{
    struct signet_crl *shared = (struct signet_crl *)(uintptr_t)crl;
    unsigned char state = VERIFIER_UNKNOWN;
    if (!atomic_compare_exchange_strong(&shared->verifier_state, &state, VERIFIER_COMING))
        return;
    memcpy(shared->verifier, key_sha256, sizeof(shared->verifier));
    atomic_store_explicit(&shared->verifier_state, VERIFIER_KNOWN, memory_order_release);
}

bool sg_crl_same_whole(const struct signet_crl *a, const struct signet_crl *b)
{
    return a->has_sha256 && b->has_sha256 && memcmp(a->sha256, b->sha256, sizeof(a->sha256)) == 0;
}

bool sg_crl_excerpt_is_within(const struct signet_crl *excerpt, const struct signet_crl *crl)
{
    const struct sg_crl_excerpt *inner = excerpt->excerpt;
    if (crl->excerpt == NULL)
        return true;
    for (size_t i = 0; i < inner->num_serials; i++) {
        if (!sg_crl_covers(crl, inner->serials[i]))
            return false;
    }
    for (size_t i = 0; i < inner->num_keys; i++) {
        if (!sg_crl_is_verified_by(crl, inner->keys[i]))
            return false;
    }
    return true;
}

size_t signet_crl_num_entries(const struct signet_crl *crl)
{
    return crl->excerpt != NULL ? crl->excerpt->num_entries : crl->num_entries;
}

size_t sg_crl_whole_len(const struct signet_crl *crl)
{
    return crl->excerpt != NULL ? crl->excerpt->der_len : crl->der.len;
}
