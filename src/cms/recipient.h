/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One RecipientInfo. Within src/cms only.
 */
#ifndef SG_CMS_RECIPIENT_H
#define SG_CMS_RECIPIENT_H

#include "cms/enveloped_data.h"

/*
 * ELEMENT is one whole RecipientInfo, BER or DER. What cannot be read is out->malformed, with
 * offsets from ELEMENT's first octet. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_recipient_parse(struct signet_span element, struct sg_arena *arena,
                                          struct sg_recipient *out);

#endif
