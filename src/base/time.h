/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil time (proleptic Gregorian calendar, UTC) to and from seconds. Formatting is in
 * signet/base.h.
 */
#ifndef SG_BASE_TIME_H
#define SG_BASE_TIME_H

#include "signet/base.h"

struct sg_civil {
    int year; /* 0 to 9999 */
    int month, day, hour, minute, second;
};

/* False, *TIME untouched, for a date that does not exist: month 13, 30 February, hour 24,
 * second 60. */
SIGNET_MUST_CHECK bool sg_time_from_civil(const struct sg_civil *civil, signet_time *time);
/* TIME outside of the years 0000 to 9999 is taken as the nearest second of them. */
void sg_time_to_civil(signet_time time, struct sg_civil *civil);

/* 9999-12-31T23:59:59Z: RFC 5280 4.1.2.5, "no well-defined expiration date". */
#define SG_TIME_NO_END INT64_C(253402300799)

/* 2050-01-01T00:00:00Z: from here on GeneralizedTime, before it UTCTime (RFC 5280 4.1.2.5). */
#define SG_TIME_2050 INT64_C(2524608000)

#endif
