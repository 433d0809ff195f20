/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results on standard output; a full disk or a closed pipe is an error, never a silent loss.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "options.h"

const struct signet_sink *output_sink(void);

/* How reports of INPUT are to look. */
struct signet_report_options output_options(const struct options *options, const char *input);

/* Flushes. False: something could not be written (told). */
bool output_finish(void);

#endif
