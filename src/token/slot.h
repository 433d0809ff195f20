/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session with the one token that a URI names, and logging in to it. A PIN that was wrong is not
 * tried again: after a few of these a token locks itself for good.
 */
#ifndef SG_TOKEN_SLOT_H
#define SG_TOKEN_SLOT_H

#include "token/module.h"
#include "token/uri.h"

/* Lives where it was opened; is to be closed whatever comes. */
struct sg_slot {
    struct sg_arena arena;
    struct signet_token_report report;
    struct sg_module module; /* with one session, once open */
    struct sg_token_uri uri;
    struct signet_token_access access;
    CK_SLOT_ID id;
    CK_TOKEN_INFO info;
    char label[SIGNET_TOKEN_TEXT_SIZE]; /* of the token, safe to show */
    bool denied; /* a PIN was wrong, or there is none: nothing more is tried */
};

/* Opens the token that URI names. SIGNET_ERR_IO: slot->report has the trouble. */
SIGNET_MUST_CHECK enum signet_status sg_slot_open(struct sg_slot *slot, const char *uri,
                                                  const struct signet_token_access *access);
void sg_slot_close(struct sg_slot *slot);

/* Logs in where the token wants it; with FOR_ONE_USE for the operation that was begun
 * (CKU_CONTEXT_SPECIFIC). */
SIGNET_MUST_CHECK enum signet_status sg_slot_login(struct sg_slot *slot, bool for_one_use);

static inline CK_SESSION_HANDLE sg_slot_session(const struct sg_slot *slot)
{
    return slot->module.sessions[0];
}

/* The values of the token's texts, for a URI. */
void sg_slot_describe(const struct sg_slot *slot, struct sg_token_uri *uri);

/* OBJECT has the label and identifier that URI says. */
bool sg_slot_object_fits(struct sg_slot *slot, const struct sg_object *object,
                         const struct sg_token_uri *uri);

#endif
