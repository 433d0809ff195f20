/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inflating zlib data (RFC 1950, RFC 1951) of strangers: piece by piece, every octet counted before
 * it is kept, so that a kilobyte that says it is a gigabyte costs no memory.
 */
#ifndef SG_INFLATE_INFLATE_H
#define SG_INFLATE_INFLATE_H

#include "asn1/octets.h"
#include "base/spool.h"

enum sg_inflated {
    SG_INFLATED_DONE = 0,
    SG_INFLATED_NO_LIBRARY, /* zlib cannot be loaded */
    SG_INFLATED_TOO_LARGE,  /* more would come than there may */
    SG_INFLATED_HEADER,     /* no zlib data (RFC 1950 2.2) */
    SG_INFLATED_DICTIONARY, /* FDICT: the sender means a dictionary that nobody has */
    SG_INFLATED_CORRUPT,    /* no deflate data (RFC 1951 3.2) */
    SG_INFLATED_CHECKSUM,   /* the Adler-32 is another */
    SG_INFLATED_TRUNCATED,  /* the end is missing */
    SG_INFLATED_TRAILING    /* octets follow the end */
};
#define SG_NUM_INFLATED (SG_INFLATED_TRAILING + 1)

/*
 * Inflates OCTETS, which must be one zlib stream and nothing else.
 * They are added to OUT; with OUT NULL they are only counted. *LEN is how many there were when it
 * ended, at most MAX. What came out is to be believed only when *RESULT says DONE: the checksum is
 * at the end. SIGNET_ERR_MEMORY, else SIGNET_OK and *RESULT. Nothing of the content stays in memory
 * but what is in OUT.
 */
SIGNET_MUST_CHECK enum signet_status sg_inflate(const struct sg_octets *octets, size_t max,
                                                struct sg_spool *out, size_t *len,
                                                enum sg_inflated *result);

#endif
