/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encoded words (RFC 2047), for showing only: what is decoded here has no syntax any more.
 */
#ifndef SG_MIME_ENCODED_WORD_H
#define SG_MIME_ENCODED_WORD_H

#include "base/arena.h"

/*
 * TEXT (unfolded) with its encoded words in UTF-8, blanks between two of them dropped (6.2). Words
 * in other charsets than UTF-8, US-ASCII and ISO-8859-1 stay as they are. In the arena where
 * anything was decoded, else TEXT itself; {NULL,0} when memory is out. What comes out may be no
 * UTF-8.
 */
SIGNET_MUST_CHECK struct signet_span sg_encoded_words_decode(struct signet_span text,
                                                             struct sg_arena *arena);

#endif
