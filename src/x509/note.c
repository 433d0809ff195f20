/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/note.h"

#include "base/span.h"

static bool is_noted(const struct sg_notes *notes, const struct sg_note *note)
{
    for (size_t i = 0; i < notes->num; i++) {
        if (notes->items[i].kind == note->kind && sg_span_equal(notes->items[i].oid, note->oid))
            return true;
    }
    return false;
}

void sg_notes_add(struct sg_notes *notes, const struct sg_note *note)
{
    if (is_noted(notes, note))
        return;
    if (notes->num == SG_MAX_NOTES)
        notes->dropped = true;
    else
        notes->items[notes->num++] = *note;
}

static void check_note(const struct sg_note *note, struct sg_where where,
                       struct sg_findings *findings)
{
    struct signet_param params[SIGNET_MAX_PARAMS] = {{0}};
    size_t num = 0;
    if (note->oid.len > 0)
        params[num++] = sg_oid_param("extension", note->oid);
    if (note->expected != NULL)
        params[num++] = sg_string("expected", note->expected);
    params[num++] = sg_number("offset", (int64_t)note->offset);
    sg_finding_add(findings, note->kind, where, params);
}

void sg_notes_check(const struct sg_notes *notes, enum sg_kind dropped, struct sg_where where,
                    struct sg_findings *findings)
{
    for (size_t i = 0; i < notes->num; i++)
        check_note(&notes->items[i], where, findings);
    if (notes->dropped)
        sg_finding_add(findings, dropped, where, NULL);
}
