/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address lists of From, Sender and the like (RFC 5322 3.4, with obsolete routes and RFC 6532's
 * UTF-8). Only a parsed addr-spec is an address: never a display name, a comment or an encoded word
 * (E-15).
 */
#ifndef SG_MIME_ADDRESS_LIST_H
#define SG_MIME_ADDRESS_LIST_H

#include "address/mailbox.h"
#include "base/arena.h"

/* Mailboxes of a field of somebody else's, each held against certificates; a list with more is
 * malformed. */
#define SG_ADDRESS_LIST_MAX 1024

struct sg_address {
    struct sg_mailbox mailbox;
    struct signet_span text; /* "local@domain" as written; comments, route and blanks taken out */
    struct signet_span display; /* display name or {NULL,0}; raw, for showing only */
};

struct sg_address_list {
    const struct sg_address *items;
    size_t num;
    bool malformed; /* some of the value is not address syntax, or nothing is in it; ITEMS are those
                       before it (E-11: then nothing is verified) */
};

/*
 * VALUE is a header value, folded or not. Mailboxes of groups are included; empty list elements and
 * blanks around dots and "@" are obsolete and taken. Not taken, as readers differ on them: control
 * characters,
 * "@" or other specials in an unquoted display name, semicolons as separators, a local part mixed
 * from quoted strings and atoms, encoded words in an addr-spec, raw octets that are no UTF-8 there.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_address_list_parse(struct signet_span value, struct sg_arena *arena,
                                             struct sg_address_list *out);

/* The same for a field of one's own, as a To with thousands: of at most MAX mailboxes. */
SIGNET_MUST_CHECK bool sg_address_list_parse_up_to(struct signet_span value, size_t max,
                                                   struct sg_arena *arena,
                                                   struct sg_address_list *out);

#endif
