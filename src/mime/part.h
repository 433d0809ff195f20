/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of MIME parts over the received octets. Nothing is re-serialised: a part is a span of
 * the message, so that what was signed is what was received (RFC 8551 3.1, 3.5.3.2).
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
    const struct sg_part *parent; /* NULL for the message itself */
    /*
     * IMAP numbering (RFC 3501 6.4.5): "1" for the body of a message that is no multipart; the
     * parts of a multipart "1", "2", nested ones "1.2"; those of a message inside part "2" begin
     * with "2." as well. What IMAP has no number for, the multipart that is a message's whole body,
     * is "0", in a message inside part "2" it is "2.0". Unique in the tree.
     */
    const char *path;
    struct signet_span raw;  /* headers and body; without the line break before the delimiter */
    struct signet_span body; /* as received, transfer encoding not taken off */
    struct sg_headers headers;
    struct sg_mime_value type;        /* text/plain where absent, or message/rfc822 in a digest */
    struct sg_mime_value disposition; /* type {NULL,0} where absent */
    enum sg_encoding encoding;
    struct sg_part
        *children; /* of a multipart, in order; or the one message inside message/rfc822 */
    size_t num_children;
    struct signet_span preamble,
        epilogue;      /* of a multipart: shown by no reader, covered by no signature */
    bool unterminated; /* a multipart whose closing delimiter never came; without children, none
                          came */
    bool too_deep;     /* not or not wholly looked into: nesting, number of parts or memory over the
                          limit */
    /*
     * Another reader may see another structure here: the header block is malformed; Content-Type or
     * Content-Transfer-Encoding is there twice; the type or a multipart's parameters are not
     * understood; the boundary is missing, empty, given twice, by RFC 2231 or with blanks at its
     * end; a line begins with it and goes on, or begins or ends in a CR alone; a delimiter follows
     * another without a line between them; or a multipart or message has a transfer encoding, which
     * RFC 2045 6.4 forbids.
     */
    bool ambiguous;
};

struct sg_mime_limits {
    size_t max_depth; /* of the deepest part that is looked into; the message itself has 0 */
    size_t max_parts; /* the message counted */
};

/*
 * Reads MESSAGE, any octets at all, into a tree in the arena. Every message gives a tree; what is
 * odd is in the parts' flags. A multipart without a boundary is a leaf. A delimiter of an outer
 * multipart also ends the inner ones. The message inside message/rfc822 (and message/global) is
 * decoded into the arena when it has a transfer encoding: the children's spans then lie there. Work
 * is linear in the octets times the depth. False only when memory is out.
 */
SIGNET_MUST_CHECK bool sg_part_parse(struct signet_span message,
                                     const struct sg_mime_limits *limits, struct sg_arena *arena,
                                     struct sg_part **out);

/* type/subtype, ASCII case folded. SUBTYPE NULL: any. */
bool sg_part_is(const struct sg_part *part, const char *type, const char *subtype);

/* message/rfc822 or message/global (RFC 6532). */
bool sg_part_holds_message(const struct sg_part *part);

/*
 * One part without what is below it: reads PART->raw into all members but path, parent, children,
 * preamble, epilogue and the flags that come of looking inside. IN_DIGEST: the part of a
 * multipart/digest. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_part_read(struct sg_part *part, bool in_digest, struct sg_arena *arena);

/* The file name a reader would show: Content-Disposition filename, else Content-Type name. {NULL,0}
 * if none. */
struct signet_span sg_part_filename(const struct sg_part *part);

/*
 * The body with its transfer encoding taken off, in the arena (the body itself for identity and for
 * an unknown encoding, which is not CLEAN). Base64 skips what is not in its alphabet, as RFC
 * 2045 6.8 wants; *CLEAN is false when anything else than line breaks and blanks had to be skipped
 * or the padding was wrong. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_part_decode(const struct sg_part *part, struct sg_arena *arena,
                                      struct signet_span *out, bool *clean);

#endif
