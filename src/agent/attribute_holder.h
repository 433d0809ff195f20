/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether an attribute certificate is about the holder of a certificate (RFC 5755 4.2.2, 7.3).
 */
#ifndef SG_AGENT_ATTRIBUTE_HOLDER_H
#define SG_AGENT_ATTRIBUTE_HOLDER_H

#include "path/judgement.h"
#include "x509/attribute_certificate.h"

enum sg_holder_match {
    SG_HOLDER_DIFFERS = 0,
    SG_HOLDER_FITS,
    SG_HOLDER_WEAK,       /* only by a digest of which collisions are practical */
    SG_HOLDER_UNSUPPORTED /* by a digest that cannot be computed */
};

/* Every way in which ATTRIBUTES names its holder must fit CERTIFICATE. False: memory is out. */
SIGNET_MUST_CHECK bool sg_holder_match(struct sg_judgement *judgement,
                                       const struct signet_attribute_certificate *attributes,
                                       const struct signet_certificate *certificate,
                                       enum sg_holder_match *out);

#endif
