/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A message on its way into a signature or an envelope: which header fields stay outside, and the
 * MIME entity that goes inside in the canonical form of RFC 8551 3.1.1 to 3.1.3, fit for transports
 * of 7 bits.
 *
 * The entity: the fields that describe the content (Content-…), a Content-Type where there was
 * none, CRLF line ends, and nothing that a transport would change. A part that is fit already keeps
 * its octets; another keeps its text, in another transfer encoding, with its charset declared. What
 * is inside a multipart/signed or multipart/encrypted is never re-encoded. A forwarded message that
 * could only be made fit by changing it goes encoded as a whole: as message/global (RFC 6532 3.7)
 * when it is UTF-8, else as a file.
 *
 * Nothing is copied: the entity is written as often as it is needed (to a digest, to the scan for a
 * boundary, to the mail), each time the same octets. Besides the received message itself, memory
 * grows with the number of its parts only.
 */
#ifndef SG_COMPOSE_CONTENT_H
#define SG_COMPOSE_CONTENT_H

#include "compose/error.h"
#include "compose/writer.h"
#include "mime/part.h"

/* How a part is written. */
enum sg_content_form {
    SG_CONTENT_AS_IS = 0,  /* its octets, line ends as CRLF */
    SG_CONTENT_BODY_AS_IS, /* the header written anew, the body as it is */
    SG_CONTENT_QUOTED_PRINTABLE,
    SG_CONTENT_BASE64,       /* of its octets */
    SG_CONTENT_BASE64_LINES, /* of its lines, each ended by CRLF */
    SG_CONTENT_MEND,         /* in the transfer encoding that it has */
    SG_CONTENT_CHILDREN,     /* a multipart or a message, by its children */
    SG_CONTENT_WRAPPED       /* a forwarded message as base64, with another type */
};

struct sg_content_field {
    const struct sg_header *copied; /* as received; NULL: TEXT */
    struct signet_span text;        /* the whole field with its line end, written anew */
};

struct sg_content_part {
    const struct sg_part *part;
    enum sg_content_form form;
    const char *charset;                   /* to be declared; NULL: none */
    const struct sg_content_field *fields; /* its header, unless AS_IS and not the message itself */
    size_t num_fields;
    struct sg_content_part *children; /* of CHILDREN; as many as PART has */
};

struct sg_content {
    const struct sg_part *message;
    struct sg_content_part root; /* its fields are those that go inside */
};

/*
 * Reads MESSAGE, which must outlive CONTENT, as does ARENA; line ends CRLF or LF. SIGNET_ERR_PARSE
 * with an ERROR that names the part: no header, a header that readers would read in different ways,
 * or content that cannot be made fit without breaking what is in it. SIGNET_ERR_LIMIT: deeper or in
 * more parts than we read.
 */
SIGNET_MUST_CHECK enum signet_status sg_content_prepare(struct signet_span message,
                                                        struct sg_arena *arena,
                                                        struct sg_content *content,
                                                        struct sg_compose_error *error);

/*
 * Header protection for signed mail (RFC 9788, hp="clear"): repeats the fields that stay outside at
 * the beginning of the entity, and says so in its Content-Type. Not Bcc, which would disclose it,
 * nor what transports add; nor a field other than Subject that is not ASCII.
 */
SIGNET_MUST_CHECK enum signet_status sg_content_protect(struct sg_content *content,
                                                        struct sg_arena *arena,
                                                        struct sg_compose_error *error);

/* The entity. Needs no memory; fails only as WRITER does. */
void sg_content_write(const struct sg_content *content, struct sg_writer *writer);

/* The fields that stay outside, in their order, folds kept; without MIME-Version, which comes with
 * the new Content-Type, and without Bcc when a fresh copy hides it. */
void sg_content_write_outer(const struct sg_content *content, bool without_bcc,
                            struct sg_writer *writer);

#endif
