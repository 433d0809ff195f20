/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index of a stored CRL: pairs of a serial number's hash and an entry's offset, sorted and cut
 * into pieces of about a page. A piece says where the next one begins and carries a check, so that
 * what is missing or damaged is never taken for "not listed".
 */
#ifndef SG_STORE_CRL_PIECES_H
#define SG_STORE_CRL_PIECES_H

#include "store/store.h"

/* For the hashes: of the CRL's own fingerprint, so that nobody can choose serial numbers that fall
 * together. */
uint64_t sg_crl_pieces_seed(const uint8_t sha256[32]);

/* Writes the index of CRL, in which each serial number leads to its first entry. */
SIGNET_MUST_CHECK enum signet_status sg_crl_pieces_write(struct signet_store *store, int64_t object,
                                                         const struct signet_crl *crl,
                                                         uint64_t seed);

/* SIGNET_ERR_PARSE: the index is damaged, or not all of it is there. */
SIGNET_MUST_CHECK enum signet_status sg_crl_pieces_check(struct signet_store *store, int64_t object,
                                                         uint64_t seed);

struct sg_crl_offsets {
    uint32_t *items; /* into the content of revokedCertificates; in the arena */
    size_t num;
};
/* Where entries may be that have SERIAL; nearly always one or none. SIGNET_ERR_PARSE: the index is
 * damaged. */
SIGNET_MUST_CHECK enum signet_status sg_crl_pieces_find(struct signet_store *store, int64_t object,
                                                        uint64_t seed, struct signet_span serial,
                                                        struct sg_arena *arena,
                                                        struct sg_crl_offsets *out);

#endif
