/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is odd about an object, found while it was parsed. An object stays what its octets say, so
 * its oddities are kept in it as notes, and become findings each time the object is judged.
 */
#ifndef SG_X509_NOTE_H
#define SG_X509_NOTE_H

#include "finding/finding.h"

struct sg_note {
    enum sg_kind kind;
    size_t offset;          /* in the object's DER */
    struct signet_span oid; /* the extension concerned, or {NULL,0} */
    const char *expected;   /* for malformed extensions: what was expected there; else NULL */
};

#define SG_MAX_NOTES 16

struct sg_notes {
    size_t num;
    bool dropped; /* there were more */
    struct sg_note items[SG_MAX_NOTES];
};

/* Adds NOTE unless one of its kind about the same extension is there: a hostile object cannot push
 * out one kind by many of another. */
void sg_notes_add(struct sg_notes *notes, const struct sg_note *note);

/*
 * Adds each note as a finding at WHERE, with the parameters extension, expected and offset where it
 * has them. When there were more, DROPPED is one as well: its kind must be as bad as the worst note
 * that could be missing.
 */
void sg_notes_check(const struct sg_notes *notes, enum sg_kind dropped, struct sg_where where,
                    struct sg_findings *findings);

#endif
