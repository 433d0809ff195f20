/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why something cannot be composed.
 */
#ifndef SG_COMPOSE_ERROR_H
#define SG_COMPOSE_ERROR_H

#include "signet/base.h"

struct sg_compose_error {
    /* The field's name, or the number of the part as in sg_part.path; "" for the message. Borrowed
     * from what was to be composed. */
    const char *where;
    const char *why; /* static: what goes on with "… cannot be sent: "; NULL: no error */
};

/* Puts down the first error; ERROR may be NULL. Returns STATUS. */
static inline enum signet_status sg_compose_fail(struct sg_compose_error *error, const char *where,
                                                 const char *why, enum signet_status status)
{
    if (error != NULL && error->why == NULL)
        *error = (struct sg_compose_error){where, why};
    return status;
}

#endif
