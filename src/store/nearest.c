/* SPDX-License-Identifier: Apache-2.0 */
#include "store/nearest.h"

#include <stdlib.h>

static int compare_ids(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

void sg_ids_sort(struct sg_store_ids *ids)
{
    size_t num = 0;
    if (ids->num > 1)
        qsort(ids->items, ids->num, sizeof(*ids->items), compare_ids);
    for (size_t i = 0; i < ids->num; i++) {
        if (num == 0 || ids->items[num - 1] != ids->items[i])
            ids->items[num++] = ids->items[i];
    }
    ids->num = num;
}

static bool make_room(struct sg_store_ids *out, size_t num, struct sg_arena *arena)
{
    *out = (struct sg_store_ids){.items = sg_arena_array(arena, num + 1, sizeof(*out->items)),
                                 .cap = num + 1};
    return out->items != NULL;
}

bool sg_ids_both(const struct sg_store_ids *a, const struct sg_store_ids *b, struct sg_arena *arena,
                 struct sg_store_ids *out)
{
    if (!make_room(out, a->num < b->num ? a->num : b->num, arena))
        return false;
    for (size_t i = 0, k = 0; i < a->num && k < b->num;) {
        if (a->items[i] == b->items[k])
            out->items[out->num++] = a->items[i];
        if (a->items[i] <= b->items[k])
            i++;
        else
            k++;
    }
    return true;
}

static bool is_chosen(const struct sg_store_ids *chosen, int64_t id)
{
    for (size_t i = 0; i < chosen->num; i++) {
        if (chosen->items[i] == id)
            return true;
    }
    return false;
}

bool sg_nearest_choose(const struct sg_store_ids *classes, size_t num, size_t max,
                       struct sg_arena *arena, struct sg_store_ids *out)
{
    size_t most = 0;
    for (size_t class = 0; class < num; class ++)
        most += classes[class].num;
    if (!make_room(out, most < max ? most : max, arena))
        return false;
    for (size_t class = 0; class < num; class ++) {
        const struct sg_store_ids *ids = &classes[class];
        for (size_t i = 0; i < ids->num && out->num < max; i++) {
            int64_t id = ids->items[i % 2 == 0 ? ids->num - 1 - i / 2 : i / 2];
            if (!is_chosen(out, id))
                out->items[out->num++] = id;
        }
    }
    return true;
}
