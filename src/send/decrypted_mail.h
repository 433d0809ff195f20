/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was decrypted as a mail again: the header fields outside, and the MIME entity that was
 * inside.
 */
#ifndef SG_SEND_DECRYPTED_MAIL_H
#define SG_SEND_DECRYPTED_MAIL_H

#include "crypto/secret.h"
#include "mime/part.h"

/*
 * OUTER: the header of the mail; NULL for a bare object, then *MAIL is a copy of INNER. Of the
 * fields outside those that describe the content (Content-…, MIME-Version) are replaced by those
 * inside; of the fields inside no other counts, unless the entity says that it repeats the header
 * under its protection (RFC 9788: hp="cipher" or "clear"): then its own go before those outside.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_decrypted_mail_make(const struct sg_headers *outer,
                                              struct signet_span inner, struct sg_arena *arena,
                                              struct sg_secret *mail);

#endif
