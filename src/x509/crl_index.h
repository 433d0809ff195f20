/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries of a CRL in groups by a keyed hash of their serial numbers: four octets an entry,
 * made in two passes whatever the serial numbers are. Serial numbers are chosen by a CA that may
 * mean ill; without the key it cannot choose those that meet in one group, and copies of one number
 * are only ever looked at by who asks for it.
 */
#ifndef SG_X509_CRL_INDEX_H
#define SG_X509_CRL_INDEX_H

#include "x509/crl.h"

struct sg_crl_index {
    uint64_t seed;
    unsigned shift;    /* from a hash to the number of its group */
    size_t num_groups; /* a power of two */
    uint32_t *offsets; /* of the entries, group by group, in each as in the CRL; in this block */
    uint32_t ends[];   /* of each group in OFFSETS */
};

/* CRL has entries. NULL: memory is out. */
struct sg_crl_index *sg_crl_index_new(const struct signet_crl *crl, uint64_t seed);
void sg_crl_index_free(struct sg_crl_index *index); /* NULL is legal */

/* Groups come in the order of these hashes. */
uint32_t sg_crl_index_hash(struct signet_span serial, uint64_t seed);

struct sg_crl_group {
    const uint32_t *offsets; /* of the entries, ascending */
    size_t num;
};
struct sg_crl_group sg_crl_index_group(const struct sg_crl_index *index, size_t number);
/* The one that has SERIAL if it is listed. */
struct sg_crl_group sg_crl_index_find(const struct sg_crl_index *index, struct signet_span serial);

#endif
