/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The boundary of a multipart that we write: made from what is in it, and looked for in it.
 */
#ifndef SG_COMPOSE_SEPARATOR_H
#define SG_COMPOSE_SEPARATOR_H

#include "compose/content.h"

/* Octets of a boundary with its NUL. */
#define SG_SEPARATOR_SIZE 40

/*
 * Makes a boundary that occurs nowhere in CONTENT. SEED is the digest of the content: the same
 * message gets the same boundary, and who writes a message cannot know which. "=_" at its beginning
 * occurs in no base64 or quoted-printable (RFC 2045 6.7). SIGNET_ERR_LIMIT: none found in a few
 * attempts, which does not happen by chance.
 */
SIGNET_MUST_CHECK enum signet_status sg_separator_choose(const struct sg_content *content,
                                                         struct signet_span seed,
                                                         char separator[SG_SEPARATOR_SIZE]);

#endif
