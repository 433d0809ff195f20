/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host names: when two are one (RFC 5280 7.2, RFC 9549, IDNA 2008), and how one is shown without
 * letting it pass for another.
 */
#ifndef SG_ADDRESS_HOST_H
#define SG_ADDRESS_HOST_H

#include "base/arena.h"
#include "base/span.h"

/* Octets of the longest name in ASCII (RFC 1035 2.3.4, without the root label). */
#define SG_HOST_MAX_LEN       253
#define SG_HOST_MAX_LABEL_LEN 63

/*
 * The form of HOST that sg_host_canonical_equal compares: one trailing dot off, and where there are
 * non-ASCII octets, the A-labels (IDNA 2008, non-transitional lookup) in the arena. A name that
 * IDNA refuses stays as it is, and so does one in ASCII. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_host_canonical(struct signet_span host, struct sg_arena *arena,
                                         struct signet_span *out);

/* Two results of sg_host_canonical are one: ASCII with case folded, what IDNA refused octet by
 * octet. */
bool sg_host_canonical_equal(struct signet_span a, struct signet_span b);

/*
 * Two host names or domain literals are one, as the two functions above. The arena is used only
 * when one has non-ASCII octets. False with arena->failed, and no answer, when memory is out.
 */
bool sg_host_equal(struct signet_span a, struct signet_span b, struct sg_arena *arena);

/* Letters, digits, hyphens (and underscore), labels of 1 to 63, at most 253 octets, at least one
 * label; no trailing dot. */
bool sg_host_valid_ascii(struct signet_span host);
bool sg_host_is_label_octet(uint8_t byte);

/*
 * HOST for showing, in the arena: A-labels as U-labels, but only those that a reader cannot take
 * for others (host_display.c has the rule), the rest as A-labels, no trailing dot. HOST itself
 * where there is nothing to convert or IDNA refuses any of its labels. {NULL,0} with arena->failed
 * when memory is out.
 */
SIGNET_MUST_CHECK struct signet_span sg_host_display(struct signet_span host,
                                                     struct sg_arena *arena);

#endif
