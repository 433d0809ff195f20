/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certification requests among what `signet show` decodes.
 */
#ifndef SG_REPORT_SHOW_REQUEST_H
#define SG_REPORT_SHOW_REQUEST_H

#include "report/show.h"

/* The DER of the certification request that BYTES are, DER or PEM; {NULL,0}: they are none. False:
 * memory is out. */
SIGNET_MUST_CHECK bool sg_show_find_request(struct signet_span bytes, struct sg_arena *arena,
                                            struct signet_span *der);

/* Shows it as members of the map under way. False: memory is out. */
SIGNET_MUST_CHECK bool sg_show_request(struct sg_show *show, struct signet_span der,
                                       struct signet_parse_error *error);

#endif
