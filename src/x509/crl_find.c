/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_index.h"
#include "x509/crl_parts.h"

/* The run that OFFSET lies in; NULL before the first: the CRL's issuer is the entry's too. */
static const struct sg_crl_issuer_run *find_run(const struct signet_crl *crl, uint32_t offset)
{
    size_t low = 0, high = crl->num_runs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (crl->runs[middle].first_offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &crl->runs[low - 1] : NULL;
}

static bool is_issued_by(const struct signet_crl *crl, uint32_t offset,
                         const struct sg_name *issuer)
{
    const struct sg_crl_issuer_run *run = find_run(crl, offset);
    if (run == NULL)
        return sg_name_equal(&crl->issuer, issuer);
    return !run->unusable && sg_name_equal(&run->issuer, issuer);
}

/* --- the entries that may be meant */

struct find {
    const struct signet_crl *crl;
    struct signet_span serial;
    const struct sg_name *issuer;
    bool found;
    struct sg_crl_entry entry;
};

/* False: nothing behind it matters. */
static bool take(struct find *find, size_t offset)
{
    struct sg_crl_entries at = {sg_span_from(find->crl->entries, offset)};
    struct sg_crl_entry entry;
    if (!is_issued_by(find->crl, (uint32_t)offset, find->issuer) ||
        !sg_crl_entries_next(&at, &entry))
        return true;
    find->entry = entry;
    find->found = true;
    return entry.reason == SG_REASON_REMOVE_FROM_CRL;
}

static void find_between(struct find *find, size_t first, size_t end)
{
    struct signet_span entries = find->crl->entries;
    bool more = true;
    for (size_t offset = first; more && offset < end;) {
        struct sg_crl_place place = sg_crl_place_at(entries, offset);
        if (sg_span_equal(place.serial, find->serial))
            more = take(find, offset);
        offset = place.next;
    }
}

/* The first mark whose serial number is not before that which is looked for; with BEHIND, the first
 * that is after it. */
static size_t find_mark(const struct find *find, bool behind)
{
    const struct signet_crl *crl = find->crl;
    size_t low = 0, high = crl->num_marks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct signet_span at = sg_crl_place_at(crl->entries, crl->marks[middle]).serial;
        int order = sg_crl_serial_compare(at, find->serial);
        if (order < 0 || (behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_in_sorted(struct find *find)
{
    const struct signet_crl *crl = find->crl;
    size_t first = find_mark(find, false), end = find_mark(find, true);
    find_between(find, first > 0 ? crl->marks[first - 1] : 0,
                 end < crl->num_marks ? crl->marks[end] : crl->entries.len);
}

static void find_in_group(struct find *find, struct sg_crl_group group)
{
    bool more = true;
    for (size_t i = 0; more && i < group.num; i++) {
        uint32_t offset = group.offsets[i];
        if (sg_span_equal(sg_crl_place_at(find->crl->entries, offset).serial, find->serial))
            more = take(find, offset);
    }
}

/* --- the index */

/* Most lists are asked once: passing over one costs a tenth of indexing it. Short ones are passed
 * over always. */
enum { MIN_INDEXED = 256, MAX_WALKS = 4 };

/* The key is made of the signature: of a CRL that has been verified, nobody could know it while the
 * serial numbers were chosen. Threads may make an index each; one is kept. */
static const struct sg_crl_index *make_index(struct signet_crl *crl)
{
    struct sg_crl_index *made = sg_crl_index_new(crl, sg_span_hash(crl->signature, 0)),
                        *kept = NULL;
    if (made == NULL || atomic_compare_exchange_strong(&crl->index, &kept, made))
        return made;
    sg_crl_index_free(made);
    return kept;
}

/* NULL: CRL is better passed over. */
static const struct sg_crl_index *get_index(const struct signet_crl *crl)
{
    struct signet_crl *shared = (struct signet_crl *)(uintptr_t)crl;
    if (crl->num_entries < MIN_INDEXED)
        return NULL;
    const struct sg_crl_index *index = atomic_load_explicit(&shared->index, memory_order_acquire);
    if (index != NULL ||
        atomic_fetch_add_explicit(&shared->num_walks, 1, memory_order_relaxed) < MAX_WALKS)
        return index;
    return make_index(shared);
}

bool sg_crl_find(const struct signet_crl *crl, struct signet_span serial,
                 const struct sg_name *issuer, struct sg_crl_entry *out)
{
    struct find find = {.crl = crl, .serial = serial, .issuer = issuer};
    const struct sg_crl_index *index = crl->sorted ? NULL : get_index(crl);
    if (crl->sorted)
        find_in_sorted(&find);
    else if (index != NULL)
        find_in_group(&find, sg_crl_index_find(index, serial));
    else
        find_between(&find, 0, crl->entries.len);
    if (find.found)
        *out = find.entry;
    return find.found;
}
