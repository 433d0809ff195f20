/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anchors that came with the system's set and are not in it any more: whoever keeps the set has
 * taken its trust back.
 */
#ifndef CLI_DROPPED_ANCHORS_H
#define CLI_DROPPED_ANCHORS_H

#include "certificate_list.h"

/* Adds those of DATABASE (which may be without a store) that are not in CURRENT to DROPPED. False:
 * told. */
bool dropped_anchors_find(const struct database *database, const struct certificate_list *current,
                          struct certificate_list *dropped);

/* Distrusts them, within the transaction under way. */
enum signet_status dropped_anchors_distrust(const struct database *database,
                                            const struct certificate_list *dropped,
                                            signet_time now);

#endif
