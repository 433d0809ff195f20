/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms of the base64 decoder: one for every processor, and faster ones that some have
 * instructions for. All give the same, octet by octet; which is taken is asked of the processor
 * each time, and kept nowhere.
 */
#ifndef SG_MIME_BASE64_H
#define SG_MIME_BASE64_H

#include "mime/transfer.h"

enum sg_base64_form {
    SG_BASE64_PORTABLE = 0,
    SG_BASE64_AVX2, /* 32 digits at a time */
    SG_NUM_BASE64_FORMS
};

/* The program has FORM, and so has this processor. */
bool sg_base64_form_exists(enum sg_base64_form form);

/* sg_base64_decode (mime/transfer.h) by FORM, which exists. */
SIGNET_MUST_CHECK bool sg_base64_decode_as(enum sg_base64_form form, struct signet_span text,
                                           struct sg_arena *arena, struct signet_span *out,
                                           bool *clean);

#endif
