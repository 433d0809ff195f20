/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of MIME parts over the received octets. Nothing is re-serialised: a part is a span of the message,
 * so that what was signed is what was received (RFC 8551 3.1, 3.5.3.2).
 */
#ifndef SG_MIME_PART_H
#define SG_MIME_PART_H

#include "mime/header.h"

enum sg_encoding {
    SG_ENCODING_IDENTITY = 0, /* 7bit, 8bit, binary, absent */
    SG_ENCODING_BASE64,
    SG_ENCODING_QUOTED_PRINTABLE,
    SG_ENCODING_UNKNOWN
};

struct sg_part {
    const struct sg_part *parent;
    const char *path;        /* "1", "1.2": IMAP numbering (RFC 3501 6.4.5), "0" for the root multipart */
    struct signet_span raw;  /* headers and body; without the line break before the delimiter */
    struct signet_span body; /* as received, transfer encoding not taken off */
    struct sg_headers headers;
    struct sg_mime_value type;        /* text/plain where absent, or message/rfc822 in a digest */
    struct sg_mime_value disposition; /* type {NULL,0} where absent */
    enum sg_encoding encoding;
    struct sg_part *children; /* of a multipart, in order; or the one message inside message/rfc822 */
    size_t num_children;
    struct signet_span preamble, epilogue; /* of a multipart: shown by no reader, covered by no signature */
    bool unterminated; /* a multipart whose closing delimiter never came */
    bool too_deep;     /* not looked into: nesting or number of parts over the limit */
};

struct sg_mime_limits {
    size_t max_depth;
    size_t max_parts;
};

/*
 * Reads MESSAGE, any octets at all, into a tree in the arena. Every message gives a tree; what is odd is in
 * the parts' flags. Work is linear in the octets times the depth. False only when memory is out.
 */
SIGNET_MUST_CHECK bool sg_part_parse(struct signet_span message,
                                     const struct sg_mime_limits *limits, struct sg_arena *arena,
                                     struct sg_part **out);

/* type/subtype, ASCII case folded. */
bool sg_part_is(const struct sg_part *part, const char *type, const char *subtype);

/* The file name a reader would show: Content-Disposition filename, else Content-Type name. {NULL,0} if none. */
struct signet_span sg_part_filename(const struct sg_part *part);

/*
 * The body with its transfer encoding taken off, in the arena (the body itself for identity). Base64 skips
 * what is not in its alphabet, as RFC 2045 6.8 wants; *CLEAN is false when anything else than line breaks and
 * blanks had to be skipped or the padding was wrong. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_part_decode(const struct sg_part *part, struct sg_arena *arena,
                                      struct signet_span *out, bool *clean);

#endif
