/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SG_REPORT_DUMP_TEXT_H
#define SG_REPORT_DUMP_TEXT_H

#include "report/emit.h"
#include "x509/dump.h"

/* A dump as indented text, "key: value" to a line. */
struct sg_dump_text {
    struct sg_dump dump;
    struct sg_emit *emit;
    unsigned depth;
    bool item_starts; /* the next line is the first of a list's item: it begins with "- " */
};

void sg_dump_text_init(struct sg_dump_text *dump, struct sg_emit *emit);

#endif
