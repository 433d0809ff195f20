/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Untrusted text made fit for a person: every byte of a message comes from an attacker, and a
 * terminal, a log and a JSON reader each have characters that act instead of being shown.
 */
#ifndef SG_BASE_TEXT_H
#define SG_BASE_TEXT_H

#include "base/buffer.h"

/*
 * Appends BYTES (meant to be UTF-8) so that nothing in them acts: control characters, bidirectional
 * controls, line and paragraph separators, zero-width and other invisible format characters,
 * private use, noncharacters and bytes that are no UTF-8 are written as \xNN or \u{NNNN}; a
 * backslash as "\\".
 */
void sg_text_add_safe(struct sg_buffer *buffer, struct signet_span bytes);

/* Reads one UTF-8 character strictly (no overlong forms, no surrogates, at most U+10FFFF).
 * Returns its length in bytes, 0 when BYTES does not start with one. */
size_t sg_utf8_decode(struct signet_span bytes, uint32_t *code_point);

/* Writes CODE_POINT as UTF-8 into OUT; returns 1 to 4. CODE_POINT must be a Unicode scalar value.
 */
size_t sg_utf8_encode(uint32_t code_point, uint8_t out[4]);

/* The first MAX_LEN bytes of BYTES or fewer, so that no UTF-8 character is cut; all where there are
 * no more. */
struct signet_span sg_text_cut(struct signet_span bytes, size_t max_len);

bool sg_utf8_valid(struct signet_span bytes);
bool sg_text_is_ascii(struct signet_span bytes);
bool sg_text_is_safe_ascii(struct signet_span bytes); /* sg_text_add_safe changes nothing */

/* Lower-case hexadecimal, SEPARATOR between bytes unless it is 0. */
void sg_text_add_hex(struct sg_buffer *buffer, struct signet_span bytes, char separator);

#endif
