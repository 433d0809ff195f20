/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates and CRLs by mail: which parts of a message carry them (RFC 2585 4, RFC
 * 8551 3.2, 3.9, RFC 5755, and the types that browsers made up).
 */
#ifndef SG_BUNDLE_MIME_INPUT_H
#define SG_BUNDLE_MIME_INPUT_H

#include "signet/base.h"

/* One part's octets. DECODED: a transfer encoding was taken off; then they are valid during the
 * call alone, else they lie in the input. OFFSET: where the part's body begins in the input, 0
 * where it lies in none. Another status than SIGNET_OK ends the walk. */
typedef enum signet_status sg_mime_input_taker(void *context, struct signet_span octets,
                                               bool decoded, size_t offset);

/*
 * Gives TAKER each part of BYTES that carries certificates or CRLs by its type, or by its file name
 * where the type says nothing. Nothing is guessed: BYTES must begin with a block of header fields
 * that has a Content-Type. *FOUND: there was such a part. SIGNET_ERR_MEMORY, or the status of
 * TAKER.
 */
SIGNET_MUST_CHECK enum signet_status sg_mime_input_walk(struct signet_span bytes,
                                                        sg_mime_input_taker *taker, void *context,
                                                        bool *found);

#endif
