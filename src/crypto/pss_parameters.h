/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSASSA-PSS-params (RFC 4055 3.1), of a signature and of a key.
 */
#ifndef SG_CRYPTO_PSS_PARAMETERS_H
#define SG_CRYPTO_PSS_PARAMETERS_H

#include "asn1/der.h"
#include "crypto/digest.h"

struct sg_pss_parameters {
    enum sg_digest_type digest;     /* SG_DIGEST_NONE: a hash we do not know */
    enum sg_digest_type mgf_digest; /* SG_DIGEST_NONE: not MGF1, or such a hash */
    unsigned salt_len;
};

/*
 * One element, with the defaults of RFC 4055 where a field is absent. A default spelled out is
 * accepted as section 3.1 demands, DER or not. Another trailerField than 1 is malformed.
 */
SIGNET_MUST_CHECK bool sg_pss_parameters_parse(struct sg_der *der, struct sg_pss_parameters *out);

/* What RSASSA-PSS and RSAES-OAEP (RFC 4055 4.1) share: a HashAlgorithm, and a MaskGenAlgorithm with
 * its hash. SG_DIGEST_NONE: one that we do not know. */
SIGNET_MUST_CHECK bool sg_rsa_hash_parse(struct sg_der *der, enum sg_digest_type *out);
SIGNET_MUST_CHECK bool sg_rsa_mask_parse(struct sg_der *der, enum sg_digest_type *out);

#endif
