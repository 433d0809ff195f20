/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a stored object says of itself, in words that both formats write.
 */
#ifndef SG_REPORT_RECORD_VIEW_H
#define SG_REPORT_RECORD_VIEW_H

#include "base/arena.h"
#include "signet/report.h"

struct sg_record_view {
    const struct signet_record *record;
    const char *standing; /* "anchor", "distrusted", "own", "certificate", "crl", … */
    const char *name;     /* subject, of a CRL its issuer, or the holder */
    const char *issuer, *serial, *key; /* NULL where there is none */
    const struct signet_mail_address *addresses;
    size_t num_addresses;
    signet_time from, until; /* until: SIGNET_TIME_UNKNOWN where a CRL does not say */
    bool is_ca;
    struct signet_span sha256;
    const char *const *permitted, *const *excluded; /* subtrees of the anchor, as text */
    size_t num_permitted, num_excluded;
};

/* False: memory is out. */
SIGNET_MUST_CHECK bool sg_record_view_make(const struct signet_record *record,
                                           struct sg_arena *arena, struct sg_record_view *view);

#endif
