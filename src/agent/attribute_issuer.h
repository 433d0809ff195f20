/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who issued an attribute certificate, and whether that is believed (RFC 5755 4.5, 5, 7.4).
 */
#ifndef SG_AGENT_ATTRIBUTE_ISSUER_H
#define SG_AGENT_ATTRIBUTE_ISSUER_H

#include "path/build.h"
#include "x509/attribute_certificate.h"

struct sg_attribute_authority {
    const struct signet_certificate *certificate; /* NULL: none at hand */
    struct sg_path_result paths;
};

/*
 * Finds the issuer's certificate in the judgement's pool: of several the one that made the
 * signature, is an attribute authority, and has the best path. Adds what speaks against signature,
 * path, issuer and attributes. False: memory is out.
 */
SIGNET_MUST_CHECK bool
sg_attribute_issuer_check(struct sg_judgement *judgement,
                          const struct signet_attribute_certificate *attributes,
                          struct sg_findings *findings, struct sg_attribute_authority *out);

/* Every aaControls in the path of AUTHORITY lets it certify an attribute of type OID (content
 * octets). */
bool sg_attribute_is_permitted(const struct sg_attribute_authority *authority,
                               struct signet_span oid);

#endif
