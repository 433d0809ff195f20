/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words every other header uses: spans of bytes, status, time, parse errors.
 */
#ifndef SIGNET_BASE_H
#define SIGNET_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SIGNET_API        __attribute__((visibility("default")))
#define SIGNET_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SIGNET_API
#define SIGNET_MUST_CHECK
#endif

/* Bytes that somebody else owns. {NULL, 0} is "absent"; {non-NULL, 0} is "present and empty". */
struct signet_span {
    const uint8_t *ptr;
    size_t len;
};

/*
 * Did the operation itself run? What is true of the data is told by findings, never by a status:
 * an expired certificate is SIGNET_OK with a finding.
 */
enum signet_status {
    SIGNET_OK = 0,
    SIGNET_ERR_MEMORY,   /* an allocation failed; nothing was concluded */
    SIGNET_ERR_ARGUMENT, /* the caller broke this function's contract */
    SIGNET_ERR_PARSE,    /* the bytes are not what the function reads */
    SIGNET_ERR_LIMIT,    /* a configured maximum was reached before there was an object */
    SIGNET_ERR_IO,       /* a caller-supplied sink or source failed */
    SIGNET_ERR_CRYPTO    /* the crypto library cannot be used at all */
};

/* The status' own name, such as "SIGNET_ERR_PARSE". Never NULL. */
SIGNET_API const char *signet_status_name(enum signet_status status);

/*
 * Seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX), negative before.
 * Years 0000 to 9999 fit. The library never reads a clock: time is always an argument.
 */
typedef int64_t signet_time;

#define SIGNET_TIME_UNKNOWN INT64_MIN

/* Bytes that the longest text of a time needs, with the final NUL. */
#define SIGNET_TIME_TEXT_SIZE 24

/* Writes TIME as RFC 3339, "2026-06-01T12:00:00Z", into TEXT. SIGNET_TIME_UNKNOWN, and what lies
 * outside of the years 0000 to 9999, gives "unknown". */
SIGNET_API void signet_time_format(signet_time time, char text[SIGNET_TIME_TEXT_SIZE]);

/*
 * Reads RFC 3339 ("2026-06-01T12:00:00Z", "…+02:00", fractions dropped) or a bare date
 * ("2026-06-01", midnight UTC). Returns false, *TIME untouched, when TEXT is neither.
 */
SIGNET_API SIGNET_MUST_CHECK bool signet_time_parse(const char *text, signet_time *time);

/* Where and why bytes could not be read. Both strings are static. */
struct signet_parse_error {
    size_t offset;        /* first byte that did not fit, counted from the start of the input */
    const char *expected; /* what was expected there, such as "a SEQUENCE"; NULL: no error */
    const char *object;   /* what was being read, such as "certificate"; may be NULL */
};

/* The library's version, "0.1.0". */
SIGNET_API const char *signet_version(void);

#ifdef __cplusplus
}
#endif

#endif
