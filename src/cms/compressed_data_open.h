/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening CompressedData: what comes out is counted before there is room for it, against what may
 * come out of one message, however deep its layers are nested.
 */
#ifndef SG_CMS_COMPRESSED_DATA_OPEN_H
#define SG_CMS_COMPRESSED_DATA_OPEN_H

#include "base/spool.h"
#include "cms/compressed_data.h"
#include "finding/finding.h"

enum sg_uncompressed {
    SG_UNCOMPRESSED_DONE = 0,
    SG_UNCOMPRESSED_VERSION,   /* RFC 3274 1.1: it is 0 */
    SG_UNCOMPRESSED_ALGORITHM, /* another than zlib (RFC 3274 2) */
    SG_UNCOMPRESSED_NO_CONTENT,
    SG_UNCOMPRESSED_NO_LIBRARY,
    SG_UNCOMPRESSED_TOO_LARGE,
    SG_UNCOMPRESSED_HEADER,
    SG_UNCOMPRESSED_DICTIONARY,
    SG_UNCOMPRESSED_CORRUPT,
    SG_UNCOMPRESSED_CHECKSUM,
    SG_UNCOMPRESSED_TRUNCATED,
    SG_UNCOMPRESSED_TRAILING
};
#define SG_NUM_UNCOMPRESSED (SG_UNCOMPRESSED_TRAILING + 1)

/* What one operation uncompresses. */
struct sg_uncompressing {
    size_t max;  /* octets that may come out in all */
    size_t left; /* of these */
    /* Begins OUT, where LEN octets are put. False: memory is out. */
    bool (*begin)(void *context, size_t len, struct sg_spool *out);
    void *context;
};

/* "done", "checksum" …: for dumps. */
const char *sg_uncompressed_name(enum sg_uncompressed result);

/* SIGNET_ERR_MEMORY when UNCOMPRESSING gave no room, or memory is out otherwise; else SIGNET_OK and
 * *RESULT. Only when that is DONE there is *PLAIN, never NULL then. */
SIGNET_MUST_CHECK enum signet_status sg_compressed_data_open(const struct sg_compressed_data *data,
                                                             struct sg_uncompressing *uncompressing,
                                                             struct signet_span *plain,
                                                             enum sg_uncompressed *result);

/* One finding (object MESSAGE) on how opening DATA, which PART holds, ended: with PLAIN_LEN octets
 * when RESULT is DONE. */
void sg_uncompressed_tell(const struct sg_compressed_data *data, const char *part,
                          const struct sg_uncompressing *uncompressing, enum sg_uncompressed result,
                          size_t plain_len, struct sg_findings *findings);

#endif
