/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parts of CMS objects written to a dump. Within src/cms only.
 */
#ifndef SG_CMS_DUMP_H
#define SG_CMS_DUMP_H

#include "cms/signed_data.h"

/* Countersignatures of countersignatures are shown to this depth, deeper ones in hexadecimal: each
 * level is parsed anew. */
#define SG_CMS_DUMP_DEPTH 4

/* What attributes, countersignatures and names may take while they are shown. */
#define SG_CMS_DUMP_ARENA_LEN ((size_t)1 << 26)

/* Why something could not be read. */
void sg_error_dump(struct sg_dump *dump, const char *key, const struct signet_parse_error *error);

void sg_algorithm_dump(struct sg_dump *dump, const char *key, const struct sg_algorithm *algorithm);

/* ARENA is for what has to be parsed on the way. */
void sg_signer_info_dump(struct sg_dump *dump, const char *key, const struct sg_signer_info *signer,
                         struct sg_arena *arena, unsigned depth);

/* A list of the attributes, the values of those that are known decoded. */
void sg_cms_attributes_dump(struct sg_dump *dump, const char *key,
                            const struct sg_cms_attributes *attributes, struct sg_arena *arena,
                            unsigned depth);

#endif
