/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attribute certificates of a signer as JSON.
 */
#ifndef SG_REPORT_JSON_ATTRIBUTES_H
#define SG_REPORT_JSON_ATTRIBUTES_H

#include "report/json.h"

/* Member "attributes" of the object under way; nothing where SIGNER has none. */
void sg_json_attributes(struct sg_json *json, const struct signet_signer *signer);

#endif
