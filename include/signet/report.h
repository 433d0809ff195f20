/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports: results as text for a person or as JSON for a program; and the decoding of objects for
 * `signet show`.
 */
#ifndef SIGNET_REPORT_H
#define SIGNET_REPORT_H

#include "signet/message.h"
#include "signet/path.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_format { SIGNET_FORMAT_TEXT = 0, SIGNET_FORMAT_JSON };

struct signet_report_options {
    enum signet_format format;
    const char *input; /* the name of what was judged, raw; the writer escapes it */
    bool color;        /* ANSI colours in text */
    bool explain;      /* text: also the paths that lost, and why; JSON: member "candidates" */
    unsigned width;    /* text: columns to wrap at; 0 does not wrap */
};

/* JSON is one object on one line, by the contract in docs/schema.md; text ends with a line end. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_message(const struct signet_message_result *result,
                      const struct signet_report_options *options, const struct signet_sink *sink);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_path(const struct signet_path_result *result,
                   const struct signet_report_options *options, const struct signet_sink *sink);

/*
 * Decodes BYTES (certificates, CRLs, attribute certificates, CMS objects, messages; DER, PEM,
 * base64) and shows all that they say. *ALL_READ is false when some of it could not be decoded;
 * what and where is in the report and in ERROR (may be NULL). MAX_ENTRIES limits the CRL entries
 * shown (0: none).
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_show(struct signet_span bytes, size_t max_entries,
                   const struct signet_report_options *options, const struct signet_sink *sink,
                   bool *all_read, struct signet_parse_error *error);

#ifdef __cplusplus
}
#endif

#endif
