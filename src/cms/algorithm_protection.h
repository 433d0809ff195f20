/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CMSAlgorithmProtection attribute (RFC 6211): the algorithm identifiers of a SignerInfo once
 * more, where the signature covers them.
 */
#ifndef SG_CMS_ALGORITHM_PROTECTION_H
#define SG_CMS_ALGORITHM_PROTECTION_H

#include "crypto/public_key.h"

struct sg_algorithm_protection {
    struct sg_algorithm digest;
    bool has_signature, has_mac;
    struct sg_algorithm signature; /* .full is that of the field [1] */
    struct sg_algorithm mac;       /* .full is that of the field [2] */
};

/* VALUE: one whole value of the attribute. False when it is not of its syntax. */
bool sg_algorithm_protection_parse(struct signet_span value, struct sg_algorithm_protection *out);

enum sg_algorithm_match {
    SG_ALGORITHM_EQUAL,
    SG_ALGORITHM_NULL_DIFFERS, /* one has NULL parameters, the other none: the same meaning (RFC
                                  5754 2) */
    SG_ALGORITHM_DIFFERS
};
enum sg_algorithm_match sg_algorithm_compare(const struct sg_algorithm *a,
                                             const struct sg_algorithm *b);

#endif
