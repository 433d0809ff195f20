/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stored objects and bindings in each format.
 */
#ifndef SG_REPORT_RECORD_REPORT_H
#define SG_REPORT_RECORD_REPORT_H

#include "report/emit.h"
#include "report/record_view.h"

/* CANDIDATE may be NULL, see signet_report_record. */
void sg_record_write_text(const struct sg_record_view *view,
                          const struct signet_choice_candidate *candidate, bool chosen,
                          const struct signet_report_options *options, struct sg_emit *emit);
void sg_record_write_json(const struct sg_record_view *view,
                          const struct signet_choice_candidate *candidate, bool chosen,
                          const struct signet_report_options *options, struct sg_emit *emit);

void sg_binding_write_text(const struct signet_binding *binding,
                           const struct signet_report_options *options, struct sg_emit *emit);
void sg_binding_write_json(const struct signet_binding *binding,
                           const struct signet_report_options *options, struct sg_emit *emit);

#endif
