/* SPDX-License-Identifier: Apache-2.0 */
#include "config_value.h"

#include <stddef.h>
#include <string.h>

/* The index of the LEN characters at TEXT among WORDS, which are apart by '|'; -1 for none. */
static int find_word(const char *text, size_t len, const char *words)
{
    for (int i = 0; *words != '\0'; i++) {
        size_t word = strcspn(words, "|");

        if (word == len && memcmp(text, words, len) == 0)
            return i;
        words += word + (words[word] == '|');
    }
    return -1;
}

bool value_word(const char *text, const char *words)
{
    return find_word(text, strlen(text), words) >= 0;
}

bool value_order(const char *text, const char *words)
{
    unsigned seen = 0;

    for (text += strspn(text, " \t"); *text != '\0'; text += strspn(text, " \t")) {
        size_t len = strcspn(text, " \t");
        int index = find_word(text, len, words);

        if (index < 0 || (seen & 1u << index) != 0)
            return false;
        seen |= 1u << index;
        text += len;
    }
    return seen != 0;
}

bool value_flag(const char *text, bool *flag)
{
    int index = find_word(text, strlen(text), "no|yes|off|on|false|true");

    *flag = index % 2 != 0;
    return index >= 0;
}

#define MAX_NUMBER 1000000000

/* Reads digits; *END is what follows them. */
static bool read_digits(const char *text, int64_t *number, const char **end)
{
    *number = 0;
    for (*end = text; **end >= '0' && **end <= '9'; (*end)++) {
        *number = *number * 10 + (**end - '0');
        if (*number > MAX_NUMBER)
            return false;
    }
    return *end != text;
}

bool value_number(const char *text, int64_t *number)
{
    const char *end;

    return read_digits(text, number, &end) && *end == '\0';
}

struct unit {
    const char *name;
    int64_t factor;
};

static bool read_with_unit(const char *text, const struct unit *units, int64_t max, int64_t *out)
{
    const char *end;

    if (!read_digits(text, out, &end))
        return false;
    for (; units->name != NULL; units++)
        if (strcmp(units->name, end) == 0)
            break;
    if (units->name == NULL || *out > max / units->factor)
        return false;
    *out *= units->factor;
    return true;
}

bool value_size(const char *text, int64_t *octets)
{
    static const struct unit units[] = {
        {"", 1}, {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {NULL, 0}};

    return read_with_unit(text, units, (int64_t)1 << 40, octets);
}

bool value_duration(const char *text, int64_t *milliseconds)
{
    static const struct unit units[] = {{"", 1000},     {"ms", 1},       {"s", 1000}, {"m", 60000},
                                        {"h", 3600000}, {"d", 86400000}, {NULL, 0}};

    return read_with_unit(text, units, (int64_t)36525 * 86400000, milliseconds);
}
