/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses as they stand in a subjectAltName (RFC 5280 4.2.1.6, 7.5; RFC 9598 3).
 */
#ifndef SG_MAKER_ALTERNATIVE_NAME_H
#define SG_MAKER_ALTERNATIVE_NAME_H

#include "address/mailbox.h"
#include "base/buffer.h"

/* An address taken apart. */
struct sg_alternative_name {
    struct signet_span local; /* as written, quotes included */
    struct signet_span host;  /* A-labels */
    bool internationalised;   /* the local part is not ASCII: a SmtpUTF8Mailbox */
};

/* NULL, or why ADDRESS cannot stand there: static, a sentence's end. Memory out is arena->failed,
 * and any answer. */
SIGNET_MUST_CHECK const char *sg_alternative_name_read(struct signet_span address,
                                                       struct sg_arena *arena,
                                                       struct sg_alternative_name *out);

/* U+FEFF stands in TEXT, which no SmtpUTF8Mailbox may have. */
bool sg_has_order_mark(struct signet_span text);

/* Appends the GeneralName. */
void sg_alternative_name_put(struct sg_buffer *der, const struct sg_alternative_name *name);

/* Appends local@host. */
void sg_alternative_name_put_text(struct sg_buffer *text, const struct sg_alternative_name *name);

#endif
