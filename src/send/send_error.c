/* SPDX-License-Identifier: Apache-2.0 */
#include "send/send_error.h"

#include "base/span.h"
#include "base/text.h"

#include <stdio.h>

/* Room for the name of a field or a part; the reasons are static and short. */
enum { MAX_WHERE = 64 };

static const char *kind_of(const char *where)
{
    if (where[0] == '\0')
        return "the message";
    return where[0] >= '0' && where[0] <= '9' ? "part " : "the field ";
}

void sg_send_error_set(struct signet_send_error *error, const struct sg_compose_error *composing)
{
    struct sg_buffer where;
    if (error == NULL)
        return;
    *error = (struct signet_send_error){{0}};
    if (composing->why == NULL)
        return;
    sg_buffer_init(&where, 4 * MAX_WHERE);
    if (composing->where != NULL)
        sg_text_add_safe(&where, sg_text_cut(sg_span_text(composing->where), MAX_WHERE));
    sg_buffer_add_byte(&where, 0);
    const char *name = where.status == SIGNET_OK ? (const char *)where.ptr : "";
    snprintf(error->text, sizeof(error->text), "%s%s cannot be sent: %s", kind_of(name), name,
             composing->why);
    sg_buffer_free(&where);
}
