/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The headers of what is written anew: what goes inside, what stays outside.
 */
#ifndef SG_COMPOSE_CONTENT_HEADER_H
#define SG_COMPOSE_CONTENT_HEADER_H

#include "compose/content.h"

/*
 * Sets the fields of PLAN, whose form is decided: of the message itself the Content- fields only,
 * of others all. Content-Type and Content-Transfer-Encoding say what the body will be; values that
 * are not ASCII are encoded. SIGNET_ERR_PARSE names a field that cannot be written.
 */
SIGNET_MUST_CHECK enum signet_status sg_content_plan_header(struct sg_content_part *plan,
                                                            struct sg_arena *arena,
                                                            struct sg_compose_error *error);

/* HEADER, all ASCII, as a field written anew. */
SIGNET_MUST_CHECK enum signet_status sg_content_encode_field(const struct sg_header *header,
                                                             struct sg_arena *arena,
                                                             struct sg_compose_error *error,
                                                             struct sg_content_field *field);

/* Whether the fields that stay outside can be written. SIGNET_ERR_PARSE when not. */
SIGNET_MUST_CHECK enum signet_status sg_content_check_outer(const struct sg_content *content,
                                                            struct sg_compose_error *error);

#endif
