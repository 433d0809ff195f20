/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts that the JSON of messages and of paths have in common.
 */
#ifndef SG_REPORT_JSON_PARTS_H
#define SG_REPORT_JSON_PARTS_H

#include "report/json.h"

void sg_json_findings(struct sg_json *json, const char *key, struct signet_findings findings);

/* Subject, issuer, serial, fingerprint, validity, addresses, key, revocation. */
void sg_json_certificate(struct sg_json *json, const char *key,
                         const struct signet_path_certificate *certificate);

/* Member "revocation": status, date, reason, and the CRLs that decided. */
void sg_json_revocation(struct sg_json *json, const struct signet_revocation_status *status);

/* Members of the best path in the object under way: path, anchor, policies, paths_tried; with
 * EXPLAIN also candidates. */
void sg_json_candidates(struct sg_json *json, const struct signet_candidates *candidates,
                        bool explain);

#endif
