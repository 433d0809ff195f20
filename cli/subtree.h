/* SPDX-License-Identifier: Apache-2.0 */
/*
 * --permitted-subtree and --excluded-subtree: TYPE:NAME to DER of GeneralSubtrees (RFC
 * 5280 4.2.1.10).
 */
#ifndef CLI_SUBTREE_H
#define CLI_SUBTREE_H

#include "options.h"

/* From malloc; {NULL,0} for no items. False: an item is not TYPE:NAME, or memory is out (told). */
bool subtrees_encode(const struct strings *items, struct signet_span *out);

#endif
