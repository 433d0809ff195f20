/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_parts.h"
#include "x509/general_name.h"

#include <stdlib.h>

static bool grow(struct sg_crl_runs *runs)
{
    if (runs->num < runs->cap)
        return true;
    size_t cap = runs->cap == 0 ? 4 : runs->cap * 2;
    struct sg_crl_issuer_run *items = NULL;
    if (cap <= SIZE_MAX / sizeof(*items))
        items = realloc(runs->items, cap * sizeof(*items));
    if (items == NULL)
        return false;
    runs->items = items;
    runs->cap = cap;
    return true;
}

/* The first directory name; an empty span when there is none. */
static struct signet_span find_directory(struct signet_span names)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name name;
    while (sg_general_names_next(&rest, &name)) {
        if (name.type == SG_GN_DIRECTORY)
            return name.value;
    }
    return (struct signet_span){NULL, 0};
}

bool sg_crl_runs_add(struct sg_crl_runs *runs, uint32_t offset, struct signet_span names)
{
    struct sg_crl_issuer_run run = {.first_offset = offset};
    run.issuer.der = find_directory(names);
    run.unusable = run.issuer.der.ptr == NULL;
    /* CAs repeat the issuer in each entry. */
    if (runs->num > 0 && sg_span_equal(runs->items[runs->num - 1].issuer.der, run.issuer.der))
        return true;

    size_t before = runs->names.len;
    if (!grow(runs) || (!run.unusable && !sg_name_add_canonical(&run.issuer, &runs->names)))
        return false;
    run.issuer.canonical.len = runs->names.len - before; /* the place comes in the end */
    runs->items[runs->num++] = run;
    return true;
}

void sg_crl_runs_finish(struct sg_crl_runs *runs, struct signet_crl *crl)
{
    struct signet_span rest = sg_buffer_span(&runs->names);
    for (size_t i = 0; i < runs->num; i++) {
        struct sg_name *issuer = &runs->items[i].issuer;
        size_t len = issuer->canonical.len;
        sg_name_set_canonical(issuer, sg_span_first(rest, len));
        rest = sg_span_from(rest, len);
    }
    crl->runs = runs->items;
    crl->num_runs = runs->num;
    crl->run_names = runs->names.ptr;
    *runs = (struct sg_crl_runs){0};
}

void sg_crl_runs_free(struct sg_crl_runs *runs)
{
    sg_buffer_free(&runs->names);
    free(runs->items);
}
