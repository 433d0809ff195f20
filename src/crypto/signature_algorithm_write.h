/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The identifiers of algorithms that new signatures are made by (RFC 3370, 4056, 5754, 5753, 8419,
 * 8551 2.2).
 */
#ifndef SG_CRYPTO_SIGNATURE_ALGORITHM_WRITE_H
#define SG_CRYPTO_SIGNATURE_ALGORITHM_WRITE_H

#include "base/buffer.h"
#include "crypto/private_key.h"

/* What a signer may wish; zero is the usual. */
struct sg_signature_wish {
    enum sg_digest_type digest; /* SG_DIGEST_NONE: what suits the key's strength */
    bool pss;                   /* RSASSA-PSS with an RSA key */
};

/* How KEY signs: a scheme for its type, and the digest of the content. EdDSA has its own (RFC
 * 8419 3); so may a key for RSASSA-PSS alone have, by its parameters. False: KEY does not sign, or
 * the digest that is wished is not one for it. */
SIGNET_MUST_CHECK bool sg_signature_algorithm_choose(const struct signet_key *key,
                                                     const struct sg_signature_wish *wish,
                                                     struct sg_signature_algorithm *algorithm,
                                                     enum sg_digest_type *content_digest);

/* The same for the holder of the key that SPKI is of. */
SIGNET_MUST_CHECK bool sg_signature_algorithm_choose_for(const struct sg_spki *spki,
                                                         const struct sg_signature_wish *wish,
                                                         struct sg_signature_algorithm *algorithm,
                                                         enum sg_digest_type *content_digest);

/* Appends the AlgorithmIdentifier as SignerInfo and certificates have it. IN_SIGNER_INFO: RSA by
 * the key's algorithm alone, which the oldest readers know, too (RFC 3370 3.2). */
void sg_signature_algorithm_put(struct sg_buffer *der,
                                const struct sg_signature_algorithm *algorithm,
                                bool in_signer_info);

/* Appends the AlgorithmIdentifier of a digest: without parameters (RFC 5754 2, RFC 8702 3.1). */
void sg_digest_algorithm_put(struct sg_buffer *der, enum sg_digest_type digest);

#endif
