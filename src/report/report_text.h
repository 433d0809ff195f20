/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text reports, made for a person: the verdict first, one line for each aspect, then findings
 * with what to do next, then the path as a small tree.
 */
#ifndef SG_REPORT_REPORT_TEXT_H
#define SG_REPORT_REPORT_TEXT_H

#include "report/emit.h"

void sg_message_write_text(const struct signet_message_result *result,
                           const struct signet_report_options *options, struct sg_emit *emit);
void sg_path_write_text(const struct signet_path_result *result,
                        const struct signet_report_options *options, struct sg_emit *emit);

#endif
