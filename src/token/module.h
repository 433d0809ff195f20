/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A PKCS#11 module, loaded for as long as it is open, and what its objects say. No PIN is given
 * here: only public objects are seen unless somebody logged in (slot.h). A module runs as our own
 * code; its answers are checked all the same.
 */
#ifndef SG_TOKEN_MODULE_H
#define SG_TOKEN_MODULE_H

#include "base/arena.h"
#include "signet/token.h"
#include "token/p11_kit.h"

struct sg_module {
    struct sg_p11_kit kit;
    CK_FUNCTION_LIST *functions;
    bool initialized;            /* by this, which will end it */
    CK_SESSION_HANDLE *sessions; /* one for each slot that is in use */
    size_t num_sessions;
    struct sg_arena *arena;
    struct signet_token_report *report; /* gets troubles */
};

/* Loads FILE, without a session. MODULE is to be closed whatever comes. */
SIGNET_MUST_CHECK enum signet_status sg_module_load(struct sg_module *module, const char *file,
                                                    struct sg_arena *arena,
                                                    struct signet_token_report *report);
/* The same with a session with each of its tokens. */
SIGNET_MUST_CHECK enum signet_status sg_module_open(struct sg_module *module, const char *file,
                                                    struct sg_arena *arena,
                                                    struct signet_token_report *report);
void sg_module_close(struct sg_module *module); /* a zeroed module is legal */

/* Says that CALL gave STATUS, which is not CKR_OK. */
enum signet_status sg_module_fail(struct sg_module *module, const char *call, CK_RV status);

/* An object, as long as its module is open. */
struct sg_object {
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE handle;
};
struct sg_object_list {
    struct sg_object *items; /* in the arena */
    size_t num, cap;
};

/* Appends all objects of CLASS. */
SIGNET_MUST_CHECK enum signet_status
sg_module_find(struct sg_module *module, CK_OBJECT_CLASS class_, struct sg_object_list *list);

enum sg_attribute_state {
    SG_ATTRIBUTE_FOUND,
    SG_ATTRIBUTE_ABSENT,
    SG_ATTRIBUTE_BROKEN /* too long, refused, or memory is out (the arena knows) */
};
/* The value, in the arena, of at most MAX bytes; {NULL,0} unless found. */
enum sg_attribute_state sg_object_attribute(struct sg_module *module,
                                            const struct sg_object *object, CK_ATTRIBUTE_TYPE type,
                                            size_t max, struct signet_span *value);

#endif
