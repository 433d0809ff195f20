/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of CAs, made fit for computing once for many judgements in a row, and their names: where
 * a thousand are judged, few CAs have issued for them. Keys are told by their octets, of which the
 * ring has copies, so it outlives the certificates. It holds no outcome of any signature.
 *
 * One ring is for one policy, since the policy limits the size of keys; for one sg_crypto, which
 * makes the keys; and for one thread.
 */
#ifndef SG_PATH_KEY_RING_H
#define SG_PATH_KEY_RING_H

#include "crypto/signature.h"

struct sg_key_ring;

/* What is known of one key by whoever has judged; each judgement fills in what it finds out. */
struct sg_ring_key {
    struct sg_public_key *key; /* the ring's; NULL: nobody has made it, or it is not fit */
    bool named;
    uint8_t name[32]; /* when NAMED, see sg_remembered_key */
};

/* Takes no more than MAX octets for what it knows; beyond that keys are made for each judgement.
 * NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_key_ring *sg_key_ring_new(size_t max);
/* After all judgements that use it. NULL is legal. */
void sg_key_ring_free(struct sg_key_ring *ring);

/* For the hashes below. */
uint64_t sg_key_ring_seed(const struct sg_key_ring *ring);

/* The entry of the key, a new one where there is none; HASH is of its octets, seeded. NULL: there
 * is no room. Lives as long as the ring. */
struct sg_ring_key *sg_key_ring_enter(struct sg_key_ring *ring, uint64_t hash,
                                      struct signet_span spki, struct signet_span parameters);

#endif
