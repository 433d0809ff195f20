/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results on standard output; a full disk or a closed pipe is an error, never a silent loss.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "options.h"

#include <stdio.h>

/* What output_sink() writes goes to SINK; NULL: to standard output. */
void output_to(const struct signet_sink *sink);
const struct signet_sink *output_sink(void);
/* From now on what is written goes out in large pieces and by output_flush, unless somebody sits
 * before it. */
void output_in_bulk(void);
/* Standard error, for what is shown beside a result. */
const struct signet_sink *output_error_sink(void);

/* How reports of INPUT are to look. */
struct signet_report_options output_options(const struct options *options, const char *input);

/* A line of text for a person, made safe for a terminal as messages are (message.h). */
void output_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tells what kept something from being written, of what WHAT names; the sinks have told of their
 * own failures. True: it was written. */
bool output_told(const char *what, enum signet_status status);

/* What was written reaches whoever reads. False: not all of it; output_finish tells. */
bool output_flush(void);

/* Flushes. False: something could not be written (told). */
bool output_finish(void);

#endif
