/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors (RFC 5280 6.1.1 (d)).
 */
#ifndef SG_PATH_ANCHOR_H
#define SG_PATH_ANCHOR_H

#include "x509/certificate.h"

struct sg_anchor {
    struct sg_name subject;
    struct sg_spki spki;                          /* with its parameters, if any */
    const struct signet_certificate *certificate; /* NULL for an anchor given as name and key */
    bool honour_constraints;
};

#endif
