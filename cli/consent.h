/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is only done when the user agrees: by --yes, or by an answer on a terminal.
 */
#ifndef CLI_CONSENT_H
#define CLI_CONSENT_H

#include "options.h"

/* QUESTION without its question mark, such as "trust this certificate". False: not agreed (told).
 */
bool consent_given(const struct options *options, const char *question);

#endif
