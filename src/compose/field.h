/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing header fields (RFC 5322 2.2, RFC 2045 5.1, RFC 2047, RFC 2231): folded at 78 octets,
 * ASCII only unless asked otherwise. No value can end its field: CR, LF, NUL and other control
 * characters in one are an error that names the field, and nothing of the field is written.
 */
#ifndef SG_COMPOSE_FIELD_H
#define SG_COMPOSE_FIELD_H

#include "compose/error.h"
#include "compose/writer.h"
#include "mime/header.h"

/* Octets of a line before it is folded, where there is a blank (RFC 5322 2.1.1). */
#define SG_FOLD_MAX 78

/* How values that are not ASCII go out: as they are (RFC 6532, to be sent with SMTPUTF8) or
 * encoded.
 */
enum sg_field_charset { SG_FIELD_ASCII = 0, SG_FIELD_UTF8 };

/* NAME: VALUE, text without structure, such as Subject; VALUE is UTF-8. Encoded words where it
 * needs them. SIGNET_ERR_ARGUMENT: not to be written, and why. */
SIGNET_MUST_CHECK enum signet_status sg_field_add_text(struct sg_writer *writer, const char *name,
                                                       struct signet_span value,
                                                       enum sg_field_charset charset,
                                                       struct sg_compose_error *error);

/* A parameter. VALUE is UTF-8; written as a token, quoted, or by RFC 2231 as it needs. */
struct sg_field_param {
    struct signet_span name;
    struct signet_span value;
};

/* NAME: VALUE; param=…, as Content-Type and Content-Disposition are. VALUE is a "type/subtype" or a
 * token. */
SIGNET_MUST_CHECK enum signet_status sg_field_add_params(struct sg_writer *writer, const char *name,
                                                         struct signet_span value,
                                                         const struct sg_field_param *params,
                                                         size_t num,
                                                         struct sg_compose_error *error);

/* A mailbox: an addr-spec and a display name, UTF-8, which may be empty. */
struct sg_field_mailbox {
    struct signet_span display, address;
};

/* NAME: mailboxes, as From and To are. A non-ASCII address needs SG_FIELD_UTF8; what is no
 * addr-spec is an error. ARENA is for parsing. */
SIGNET_MUST_CHECK enum signet_status
sg_field_add_mailboxes(struct sg_writer *writer, const char *name,
                       const struct sg_field_mailbox *mailboxes, size_t num,
                       enum sg_field_charset charset, struct sg_arena *arena,
                       struct sg_compose_error *error);

/* "Date: Sat, 21 Nov 2026 20:45:00 +0000" (RFC 5322 3.3). SIGNET_ERR_ARGUMENT for a time outside of
 * the years 1900 to 9999. */
SIGNET_MUST_CHECK enum signet_status sg_field_add_date(struct sg_writer *writer, const char *name,
                                                       signet_time time,
                                                       struct sg_compose_error *error);

/* NAME: <ID>, as Message-ID and In-Reply-To are; ID is "left@right" without the brackets, of the
 * characters that RFC 5322 3.6.4 allows. */
SIGNET_MUST_CHECK enum signet_status sg_field_add_message_id(struct sg_writer *writer,
                                                             const char *name,
                                                             struct signet_span id,
                                                             struct sg_compose_error *error);

/* Whether a field as received can be written: no line has a NUL, a CR or more than 998 octets
 * without a blank to fold at. */
bool sg_field_can_copy(const struct sg_header *header);

/* That field with CRLF line ends, without blanks at the ends of lines, lines over 998 octets folded
 * at a blank. */
void sg_field_copy(struct sg_writer *writer, const struct sg_header *header);

#endif
