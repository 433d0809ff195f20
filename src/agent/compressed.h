/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CompressedData within messages (RFC 8551 3.6, RFC 3274): opened wherever it stands, as if what is
 * inside stood there itself.
 */
#ifndef SG_AGENT_COMPRESSED_H
#define SG_AGENT_COMPRESSED_H

#include "cms/compressed_data_open.h"
#include "cms/content_info.h"

/* What may come out of one message, put into ARENA: MAX octets in all. Apart from the arena's own
 * maximum, against which what lies in scratch does not count. */
struct sg_uncompressing sg_uncompressing_begin(struct sg_arena *arena, size_t max);

/*
 * Opens the CompressedData that INFO has, of which PART tells where it stands. INSIDE->has_content:
 * it was opened, INSIDE->type is the type of INSIDE->content. For id-data these are the octets
 * themselves, else the element of that type, as ContentInfo has it. How it ended is told. What has
 * to be parsed on the way is in ARENA. Only SIGNET_ERR_MEMORY and SIGNET_ERR_LIMIT (of ARENA) are
 * no SIGNET_OK.
 */
SIGNET_MUST_CHECK enum signet_status sg_compressed_open(const struct sg_content_info *info,
                                                        const char *part, struct sg_arena *arena,
                                                        struct sg_uncompressing *uncompressing,
                                                        struct sg_findings *findings,
                                                        struct sg_content_info *inside);

#endif
