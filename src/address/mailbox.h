/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail addresses: the addr-spec grammar (RFC 5322 3.4.1 with RFC 6531's UTF-8, the obsolete forms
 * left out) and when two of them are one. Treated as a security grammar: what does not parse is no
 * address.
 */
#ifndef SG_ADDRESS_MAILBOX_H
#define SG_ADDRESS_MAILBOX_H

#include "address/host.h"

/* Octets of the longest address that we match (RFC 5280 upper bound ub-emailaddress-length 255). */
#define SG_MAILBOX_MAX_LEN 255

struct sg_mailbox {
    struct signet_span
        local; /* unquoted: the quotes and quoting backslashes of a quoted-string gone */
    struct signet_span domain; /* as written; a domain literal keeps its brackets */
    struct signet_span host;   /* the domain for comparing: sg_host_canonical of it */
    bool literal;              /* domain is a domain literal */
};

/*
 * Reads TEXT, all of it, as one bare addr-spec: no display name, comment, angle bracket, blank
 * outside of a quoted local part, NUL or control character (RFC 3850 section 3, E-15). The domain
 * is a host name (ASCII labels by sg_host_valid_ascii, others any UTF-8) or a domain literal; an
 * empty quoted local part is none. The members point into TEXT, or into the arena where unquoting
 * or IDNA changed something. Memory out is arena->failed and false.
 */
SIGNET_MUST_CHECK bool sg_mailbox_parse(struct signet_span text, struct sg_arena *arena,
                                        struct sg_mailbox *out);

/*
 * The sender match of RFC 3850 section 3 by E-12 (RFC 8550 3, RFC 9598 5): domains as
 * sg_host_equal; ASCII local parts with case folded unless EXACT; a local part with non-ASCII
 * octets octet by octet.
 */
bool sg_mailbox_equal(const struct sg_mailbox *a, const struct sg_mailbox *b, bool exact);

/* An octet of RFC 5322 atext, or of RFC 6532's UTF8-non-ascii. */
bool sg_mailbox_is_atext(uint8_t byte);

#endif
