/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Layers: every SignedData of a message, found by walking its tree of parts and what is
 * opaque-signed or compressed inside (MESSAGES: the tree is walked, each signed part told by its
 * path). The walk takes all certificates and CRLs along; nothing is judged yet.
 */
#ifndef SG_AGENT_LAYER_H
#define SG_AGENT_LAYER_H

#include "agent/compressed.h"
#include "agent/content.h"
#include "cms/signed_data.h"
#include "finding/finding.h"
#include "mime/part.h"
#include "signet/message.h"

/* Deeper than this nothing is looked into, whatever the policy says: the walk recurses. */
#define SG_MAX_NESTING 1000

enum sg_layer_kind { SG_LAYER_CLEAR, SG_LAYER_OPAQUE, SG_LAYER_BARE };

struct sg_layer {
    enum sg_layer_kind kind;
    const char *part; /* path of the signed part */
    struct sg_signed_data signed_data;
    bool has_content; /* what was signed is at hand */
    struct sg_content content;
    const struct sg_headers *headers; /* of the message around it; NULL for a bare object */
    /* What was signed as MIME, or what was compressed in it: as a reader is shown it. NULL when it
     * is none. */
    const struct sg_part *signed_part;
    struct signet_span micalg; /* {NULL,0} when absent */
    bool covers_message;       /* it signs all that a reader is shown */
    size_t outer;              /* number + 1 of the layer that signed this one; 0 for none */
};

struct sg_layers {
    struct sg_arena *arena;
    const struct signet_policy *policy;
    struct signet_pool *pool; /* gets what the message brings */
    struct sg_findings *findings;
    struct sg_layer *items;
    size_t num, cap;
    struct sg_uncompressing uncompressing;
    size_t num_uncompressed;   /* objects that were taken off a bare input, one inside the other */
    size_t num_parts;          /* looked at, those inside of opaque signatures counted */
    bool encrypted;            /* some part is, so there may be more inside */
    enum signet_status status; /* SIGNET_OK, or why the walk ended */
};

/* What may be read of a message in DEPTH parts and layers, when NUM_PARTS have been read already.
 */
struct sg_mime_limits sg_layers_mime_limits(const struct signet_policy *policy, size_t depth,
                                            size_t num_parts);

/* Walks a mail. */
void sg_layers_read_mail(struct sg_layers *layers, const struct sg_part *root);

/* Walks a bare CMS object; CONTENT is what it signs when detached, {NULL,0} for none. When it is
 * compressed data, which may be anything, these are returned instead: the input as it was before
 * somebody compressed it. Else {NULL,0}. */
SIGNET_MUST_CHECK struct signet_span
sg_layers_read_cms(struct sg_layers *layers, struct signet_span cms, struct signet_span content);

#endif
