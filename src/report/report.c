/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/report.h"

#include "report/report_json.h"
#include "report/report_text.h"
#include "report/show.h"

/* The formats: one row each. */
static const struct format {
    void (*message)(const struct signet_message_result *result,
                    const struct signet_report_options *options, struct sg_emit *emit);
    void (*path)(const struct signet_path_result *result,
                 const struct signet_report_options *options, struct sg_emit *emit);
} formats[] = {
    [SIGNET_FORMAT_TEXT] = {sg_message_write_text, sg_path_write_text},
    [SIGNET_FORMAT_JSON] = {sg_message_write_json, sg_path_write_json},
};

enum signet_status signet_report_message(const struct signet_message_result *result,
                                         const struct signet_report_options *options,
                                         const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    formats[options->format].message(result, options, &emit);
    return sg_emit_finish(&emit);
}

enum signet_status signet_report_path(const struct signet_path_result *result,
                                      const struct signet_report_options *options,
                                      const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    formats[options->format].path(result, options, &emit);
    return sg_emit_finish(&emit);
}
