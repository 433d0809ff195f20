/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SG_REPORT_DUMP_JSON_H
#define SG_REPORT_DUMP_JSON_H

#include "report/json.h"
#include "x509/dump.h"

/* A dump as JSON. */
struct sg_dump_json {
    struct sg_dump dump;
    struct sg_json json;
};

void sg_dump_json_init(struct sg_dump_json *dump, struct sg_emit *emit);

#endif
