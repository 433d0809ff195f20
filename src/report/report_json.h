/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The JSON reports; members as docs/schema.md has them.
 */
#ifndef SG_REPORT_REPORT_JSON_H
#define SG_REPORT_REPORT_JSON_H

#include "report/emit.h"

void sg_message_write_json(const struct signet_message_result *result,
                           const struct signet_report_options *options, struct sg_emit *emit);
void sg_path_write_json(const struct signet_path_result *result,
                        const struct signet_report_options *options, struct sg_emit *emit);

#endif
