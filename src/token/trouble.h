/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a module could not be used, in words for the person who has to mend it.
 */
#ifndef SG_TOKEN_TROUBLE_H
#define SG_TOKEN_TROUBLE_H

#include "signet/token.h"

/* Puts down TROUBLE, unless one is there, with a sentence; what outside words go into it are made
 * safe to show. Returns SIGNET_ERR_IO. */
enum signet_status sg_token_fail(struct signet_token_report *report,
                                 enum signet_token_trouble trouble, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* TEXT, safe to show, NUL-terminated, cut to SIGNET_TOKEN_TEXT_SIZE but not within a character. */
void sg_token_set_text(char out[SIGNET_TOKEN_TEXT_SIZE], struct signet_span text);

#endif
