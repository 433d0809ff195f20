/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IDNA 2008 through libidn2, with spans in and arena memory out.
 */
#ifndef SG_ADDRESS_IDNA_H
#define SG_ADDRESS_IDNA_H

#include "base/arena.h"

enum sg_idna {
    SG_IDNA_OK = 0,
    SG_IDNA_REFUSED, /* not a name of IDNA 2008; *OUT is untouched */
    SG_IDNA_MEMORY   /* arena->failed is set; *OUT is untouched */
};

/* HOST (UTF-8) with every label in ASCII, lower case: RFC 5891 section 5, mapped by UTS 46
 * without transitional processing. */
SIGNET_MUST_CHECK enum sg_idna sg_idna_to_ascii(struct signet_span host, struct sg_arena *arena,
                                                struct signet_span *out);

/* The U-label of one A-label, UTF-8; refused unless it leads back to the same A-label. */
SIGNET_MUST_CHECK enum sg_idna sg_idna_to_unicode(struct signet_span label, struct sg_arena *arena,
                                                  struct signet_span *out);

#endif
