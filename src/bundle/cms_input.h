/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Telling a bare CMS object from a mail, and taking its wrapping off.
 */
#ifndef SG_BUNDLE_CMS_INPUT_H
#define SG_BUNDLE_CMS_INPUT_H

#include "base/arena.h"

/*
 * *CMS is the object's BER octets when BYTES are a bare CMS object: DER or BER (a SEQUENCE whose
 * first element is an OBJECT IDENTIFIER, even when what follows is broken), a PEM block labelled
 * PKCS7, CMS or PKCS #7 SIGNED DATA, or nothing but base64 of such a SEQUENCE. {NULL,0} when they
 * are not; then they may be a mail. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_cms_input_find(struct signet_span bytes, struct sg_arena *arena,
                                         struct signet_span *cms);

/* BYTES begin as every ContentInfo does and no text: a SEQUENCE that begins with an OBJECT
 * IDENTIFIER, whatever its length octets say. */
bool sg_cms_input_is_binary(struct signet_span bytes);

#endif
