/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where objects were looked for: every source used, and every one that failed, with the reason.
 */
#ifndef SG_REPORT_SOURCES_H
#define SG_REPORT_SOURCES_H

#include "report/json.h"
#include "report/text_parts.h"

/* The member "sources". */
void sg_json_sources(struct sg_json *json, const struct signet_report_options *options);

/* A section of its own, where something was asked of the network or would have been; with explain
 * also what the database had. */
void sg_text_sources(struct sg_text *text);

#endif
