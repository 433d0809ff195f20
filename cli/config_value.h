/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of values in signet.conf and on the command line.
 */
#ifndef CLI_CONFIG_VALUE_H
#define CLI_CONFIG_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/* "yes", "no", "on", "off", "true", "false". */
bool value_flag(const char *text, bool *flag);
/* Decimal, at most 1000000000. */
bool value_number(const char *text, int64_t *number);
/* Octets: a number, with K, M or G for 1024 and so on. */
bool value_size(const char *text, int64_t *octets);
/* A number with ms, s, m, h or d; seconds without a unit. Up to 100 years. */
bool value_duration(const char *text, int64_t *milliseconds);
/* One of WORDS, which are apart by '|'. */
bool value_word(const char *text, const char *words);
/* Blank-separated words of WORDS, each at most once. */
bool value_order(const char *text, const char *words);

#endif
