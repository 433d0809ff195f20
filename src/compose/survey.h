/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What in some octets would not outlive the way through mail transports (RFC 8551 3.1.2, 3.1.3; RFC
 * 2049 3).
 */
#ifndef SG_COMPOSE_SURVEY_H
#define SG_COMPOSE_SURVEY_H

#include "signet/base.h"

/* Octets of a line without its end (RFC 5322 2.1.1). */
#define SG_LINE_MAX 998

struct sg_survey {
    bool eight_bit;     /* octets over 127 */
    bool utf8;          /* those that there are make UTF-8 */
    bool unfit;         /* a NUL, a CR that ends no line, or a line longer than SG_LINE_MAX */
    bool fragile;       /* blanks at the end of a line, or a line that begins with "From " */
    size_t num_escapes; /* octets that quoted-printable writes as three */
};

struct sg_survey sg_survey_make(struct signet_span bytes);

/* Nothing that a transport would change. */
static inline bool sg_survey_is_safe(const struct sg_survey *survey)
{
    return !survey->eight_bit && !survey->unfit && !survey->fragile;
}

/* 7bit as RFC 2045 2.7 has it: no transport may change it, though some do. */
static inline bool sg_survey_is_7bit(const struct sg_survey *survey)
{
    return !survey->eight_bit && !survey->unfit;
}

#endif
