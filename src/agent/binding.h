/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which addresses the user bound a certificate to (RFC 3850 3, "another binding"). What verdicts
 * or directories bound is not looked at: no verdict may rest on an earlier one.
 */
#ifndef SG_AGENT_BINDING_H
#define SG_AGENT_BINDING_H

#include "mime/address_list.h"
#include "path/pool.h"
#include "x509/certificate.h"

/* The addresses, all usable, that the user bound CERTIFICATE to; in the arena. False: memory is
 * out. */
SIGNET_MUST_CHECK bool sg_binding_list(const struct signet_pool *pool,
                                       const struct signet_certificate *certificate,
                                       struct sg_arena *arena, struct sg_mail_addresses *out);

/* *OUT: the first of LIST that the user bound CERTIFICATE to, NULL for none. EXACT as in
 * sg_mailbox_equal. False: memory is out. */
SIGNET_MUST_CHECK bool sg_binding_find(const struct signet_pool *pool,
                                       const struct signet_certificate *certificate,
                                       const struct sg_address_list *list, bool exact,
                                       struct sg_arena *arena, const struct sg_address **out);

#endif
