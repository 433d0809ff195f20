/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CompressedData (RFC 3274 1.1): what stands around a compressed content.
 */
#ifndef SG_CMS_COMPRESSED_DATA_H
#define SG_CMS_COMPRESSED_DATA_H

#include "cms/encapsulated_content.h"
#include "crypto/public_key.h"
#include "x509/dump.h"

struct sg_compressed_data {
    uint32_t version;
    struct sg_algorithm compression;
    struct sg_encapsulated_content content; /* its type is that of what is compressed */
};

/* Reads CONTENT, the element that ContentInfo holds. Segments are in the arena, all else in the
 * input. False with arena->failed: memory is out, and *ERROR says nothing. */
SIGNET_MUST_CHECK bool sg_compressed_data_parse(struct signet_span content, struct sg_arena *arena,
                                                struct sg_compressed_data *out,
                                                struct signet_parse_error *error);

/* What it says of itself; what is inside is another matter. */
void sg_compressed_data_dump(const struct sg_compressed_data *data, struct sg_dump *dump);

#endif
