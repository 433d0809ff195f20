/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was signed, and its digests: each computed once however many signers want it, over octets as
 * they lie in the message.
 */
#ifndef SG_AGENT_CONTENT_H
#define SG_AGENT_CONTENT_H

#include "asn1/ber.h"
#include "crypto/digest.h"

enum sg_content_form {
    SG_CONTENT_CANONICAL, /* a MIME part with every line end as CRLF (RFC 8551 3.1.1) */
    SG_CONTENT_VERBATIM,  /* a MIME part exactly as received: binary parts keep their LFs */
    SG_NUM_CONTENT_FORMS
};

struct sg_content {
    bool is_mime;         /* a clear-signed part, given by PART; else OCTETS */
    bool may_be_verbatim; /* its header has CRLF line ends, so a bare LF in it is content, not a
                             line end of a local file */
    struct signet_span part;
    struct sg_octets octets;
    struct sg_digest_value digests[SG_NUM_CONTENT_FORMS][SG_NUM_DIGESTS]; /* .len 0: not computed */
    struct signet_span joined[SG_NUM_CONTENT_FORMS];                      /* .ptr NULL: not yet */
};

/* On a zeroed content. */
void sg_content_set_part(struct sg_content *content, struct signet_span part);
void sg_content_set_octets(struct sg_content *content, const struct sg_octets *octets);

/* *VALUE stays the content's; NULL for a digest that is not supported. False: memory is out. */
SIGNET_MUST_CHECK bool sg_content_digest(struct sg_content *content, struct sg_crypto *crypto,
                                         enum sg_content_form form, enum sg_digest_type type,
                                         const struct sg_digest_value **value);

/* All of it as one span, never NULL: in the arena, once, where it is not one already. False: memory
 * is out. */
SIGNET_MUST_CHECK bool sg_content_join(struct sg_content *content, enum sg_content_form form,
                                       struct sg_arena *arena, struct signet_span *out);

#endif
