/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attribute certificates of a signer as text.
 */
#ifndef SG_REPORT_TEXT_ATTRIBUTES_H
#define SG_REPORT_TEXT_ATTRIBUTES_H

#include "report/text_parts.h"

/* A section for each; nothing where SIGNER has none. */
void sg_text_attributes(struct sg_text *text, const struct signet_signer *signer);

#endif
