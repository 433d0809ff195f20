/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fingerprints as people type them: the first hexadecimal digits of a SHA-256, of which colons,
 * blanks and case do not matter.
 */
#ifndef CLI_FINGERPRINT_H
#define CLI_FINGERPRINT_H

#include <signet/base.h>

/* Digits below which a word is no fingerprint. */
enum { MIN_FINGERPRINT_DIGITS = 4 };

struct fingerprint {
    uint8_t octets[32];
    size_t digits;
};

/* False: TEXT is none. */
bool fingerprint_read(struct fingerprint *fingerprint, const char *text);

/* The whole octets that a query can look for. */
struct signet_span fingerprint_span(const struct fingerprint *fingerprint);
bool fingerprint_matches(const struct fingerprint *fingerprint, struct signet_span sha256);

/* Any octets in hexadecimal, as above; *LEN of them, at most SIZE. */
bool hex_read(const char *text, uint8_t *octets, size_t size, size_t *len);
/* The same for a number, which may have an odd number of digits. */
bool hex_read_number(const char *text, uint8_t *octets, size_t size, size_t *len);

#endif
