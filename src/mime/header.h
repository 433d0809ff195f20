/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Header fields as received, and their structured values (RFC 5322, RFC 2045, RFC 2231), read only.
 */
#ifndef SG_MIME_HEADER_H
#define SG_MIME_HEADER_H

#include "base/arena.h"
#include "base/span.h"

/* What no sane message comes near; more is left out and told (malformed). */
#define SG_HEADERS_MAX        10000   /* fields of one header block */
#define SG_HEADER_MAX_LEN     1048576 /* octets of a structured value */
#define SG_MIME_MAX_PARAMS    128     /* parameters of one value, continuations counted */
#define SG_MIME_MAX_PARAM_LEN 64      /* octets of a parameter's name */

struct sg_header {
    struct signet_span name;  /* without the colon and blanks before it */
    struct signet_span value; /* after the colon, still folded, without the final line end */
};

struct sg_headers {
    const struct sg_header *items;
    size_t num;
    bool malformed; /* readers may see other fields than these: the block ended at a line that is no
                       field, holds a NUL or a CR without LF, or has more than SG_HEADERS_MAX fields
                     */
};

/*
 * Reads the header block at the start of BYTES (line ends CRLF or LF, mixed; raw 8-bit values are
 * fine). *HEADER_LEN is where the body begins: after the empty line, or at the first line that is
 * no field. A block that starts with an empty line has no fields. mbox "From " lines before the
 * first field are skipped. The items are in the arena, their spans in BYTES. False only when memory
 * is out.
 */
SIGNET_MUST_CHECK bool sg_headers_parse(struct signet_span bytes, struct sg_arena *arena,
                                        struct sg_headers *out, size_t *header_len);

/* The INDEXth field of NAME (ASCII case folded); NULL when there are fewer. */
const struct sg_header *sg_header_find(const struct sg_headers *headers, const char *name,
                                       size_t index);
size_t sg_header_count(const struct sg_headers *headers, const char *name);

/* VALUE unfolded and trimmed, comments kept. In the arena where there were folds, else VALUE's own
 * octets; {NULL,0} when memory is out. */
SIGNET_MUST_CHECK struct signet_span sg_header_unfold(struct signet_span value,
                                                      struct sg_arena *arena);

/* VALUE for showing: unfolded, encoded words (RFC 2047) decoded to UTF-8 where the charset is
 * UTF-8, US-ASCII or ISO-8859-1. Never for comparing addresses. {NULL,0} when memory is out. */
SIGNET_MUST_CHECK struct signet_span sg_header_display(struct signet_span value,
                                                       struct sg_arena *arena);

struct sg_mime_param {
    struct signet_span name;  /* without the asterisk and what follows it */
    struct signet_span value; /* unquoted, RFC 2231 continuations joined and percent-decoded */
    bool extended;            /* came by RFC 2231, which not every reader knows */
};

/* "type/subtype; name=value; …": Content-Type and Content-Disposition (which has no subtype). */
struct sg_mime_value {
    struct signet_span type, subtype; /* as written; compare with sg_span_is_word */
    const struct sg_mime_param *params;
    size_t num_params;
    bool malformed; /* something in it was not understood; what was is kept */
};

/*
 * VALUE is a header value, folded or not. Also taken: unquoted values with octets that RFC 2045
 * wants quoted
 * ("boundary=----=_Part_1"), and with blanks inside, which are malformed. Encoded words in a name
 * or filename are decoded as every mail client does. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_mime_value_parse(struct signet_span value, struct sg_arena *arena,
                                           struct sg_mime_value *out);
/* {NULL,0} when absent. The first of several of the same name counts. */
struct signet_span sg_mime_param_find(const struct sg_mime_value *value, const char *name);
size_t sg_mime_param_count(const struct sg_mime_value *value, const char *name);

#endif
