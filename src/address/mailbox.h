/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses: the addr-spec grammar (RFC 5322 3.4.1 with RFC 6531's UTF-8, the obsolete forms left out)
 * and when two of them are one. Treated as a security grammar: what does not parse is no address.
 */
#ifndef SG_ADDRESS_MAILBOX_H
#define SG_ADDRESS_MAILBOX_H

#include "base/arena.h"
#include "base/span.h"

/* Octets of the longest address that we match (RFC 5280 upper bound ub-emailaddress-length 255). */
#define SG_MAILBOX_MAX_LEN 255

struct sg_mailbox {
    struct signet_span local;  /* unquoted: the quotes and quoting backslashes of a quoted-string gone */
    struct signet_span domain; /* as written; a domain literal keeps its brackets */
    bool literal;              /* domain is a domain literal */
};

/*
 * Reads TEXT, all of it, as one bare addr-spec: no display name, comment, angle bracket, blank, NUL or
 * control character (RFC 3850 section 3, E-15). A quoted local part is unquoted into the arena. Memory out is
 * arena->failed and false.
 */
SIGNET_MUST_CHECK bool sg_mailbox_parse(struct signet_span text, struct sg_arena *arena,
                                        struct sg_mailbox *out);

/*
 * The sender match of RFC 3850 section 3 by E-12 (RFC 8550 3, RFC 9598 5): domains as sg_host_equal; ASCII local parts
 * with case folded unless EXACT; a local part with non-ASCII octets octet by octet.
 */
bool sg_mailbox_equal(const struct sg_mailbox *a, const struct sg_mailbox *b, bool exact);

/*
 * Two host names are one: ASCII case folded, U-labels taken as their A-labels (IDNA 2008), one trailing dot
 * ignored. Domain literals: octets, case folded. Names that IDNA refuses only match byte-identical ones.
 */
bool sg_host_equal(struct signet_span a, struct signet_span b);

/* Letters, digits, hyphens (and underscore), labels of 1 to 63, at most 253 octets, at least one label. */
bool sg_host_valid_ascii(struct signet_span host);

/* HOST with A-labels as U-labels for display, in the arena; HOST itself when there are none or IDNA refuses. */
SIGNET_MUST_CHECK struct signet_span sg_host_display(struct signet_span host,
                                                     struct sg_arena *arena);

#endif
