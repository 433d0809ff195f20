/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the signature of an object holds, as far as the issuers that are stored can tell. That a
 * key made a signature is a fact whoever has the key; so nothing is asked of an issuer here but its
 * name and key, and lookalikes of issuers can cost no more than a bounded number of attempts.
 */
#ifndef SG_STORE_PROOF_H
#define SG_STORE_PROOF_H

#include "signet/intake.h"
#include "store/proof_key.h"
#include "x509/crl.h"

/* For one object: keys that are held against it; what they may cost, see sg_key_cost; stored
 * certificates that are looked at, by key identifier and by name each. */
#define SG_PROOF_MAX_KEYS       ((size_t)8)
#define SG_PROOF_MAX_COST       ((size_t)32)
#define SG_PROOF_MAX_CANDIDATES ((size_t)64)

struct sg_proof {
    /* 32 octets, or NULL: only the key of this name is held against the object, and FALSE means
     * that it has not made the signature. */
    const uint8_t *only;
    enum signet_proof outcome;
    uint8_t key[32]; /* VERIFIED: the name of the key, for the fact */
    /* FALSE, without ONLY: whose key it names; a reference of the proof. */
    struct signet_certificate *issuer;
};

/* Zero PROOF before, but for ONLY; to be cleared in any case. */
SIGNET_MUST_CHECK enum signet_status
sg_proof_of_certificate(struct sg_proof_keys *keys, const struct signet_certificate *certificate,
                        struct sg_proof *proof);
/* CRL is a whole one. */
SIGNET_MUST_CHECK enum signet_status
sg_proof_of_crl(struct sg_proof_keys *keys, const struct signet_crl *crl, struct sg_proof *proof);
void sg_proof_clear(struct sg_proof *proof);

/* Writes the fact, where there is one, of stored OBJECT. */
SIGNET_MUST_CHECK enum signet_status sg_proof_note(struct signet_store *store, int64_t object,
                                                   const struct sg_proof *proof);

#endif
