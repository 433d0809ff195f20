/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TeletexString. The standard says T.61, where an accent is an octet of its own before its letter;
 * nearly everybody writes Latin-1. Which of the two a string is can only be guessed.
 */
#ifndef SG_ASN1_TELETEX_H
#define SG_ASN1_TELETEX_H

#include "base/buffer.h"

/*
 * VALUE is T.61 with accents: every octet that would be an accent stands inside a word before a
 * small letter that can carry it, where Latin-1 would have a capital letter in the middle of a word
 * ("M\xc8unchen").
 */
bool sg_teletex_is_t61(struct signet_span value);

/* Appends VALUE, for which sg_teletex_is_t61 holds, as UTF-8. */
void sg_teletex_add_t61(struct sg_buffer *out, struct signet_span value);

#endif
