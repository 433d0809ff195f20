/* SPDX-License-Identifier: Apache-2.0 */
#include "fingerprint.h"

#include <string.h>

static int digit_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    return at == NULL ? -1 : (int)((at - digits) % 16);
}

/* The number of digits, or SIZE_MAX for what is none. Half an octet at the end stands in its upper
 * half. */
static size_t read_digits(const char *text, uint8_t *octets, size_t max_digits)
{
    size_t digits = 0;

    for (; *text != '\0'; text++) {
        int value = digit_value(*text);

        if (value < 0 && (*text == ':' || *text == ' '))
            continue;
        if (value < 0 || digits == max_digits)
            return SIZE_MAX;
        if (digits % 2 == 0)
            octets[digits / 2] = (uint8_t)(value << 4);
        else
            octets[digits / 2] |= (uint8_t)value;
        digits++;
    }
    return digits;
}

bool hex_read(const char *text, uint8_t *octets, size_t size, size_t *len)
{
    size_t digits = read_digits(text, octets, size * 2);

    *len = digits / 2;
    return digits != SIZE_MAX && digits > 0 && digits % 2 == 0;
}

bool hex_read_number(const char *text, uint8_t *octets, size_t size, size_t *len)
{
    size_t digits = read_digits(text, octets, size * 2);

    if (digits == SIZE_MAX || digits == 0)
        return false;
    *len = (digits + 1) / 2;
    for (size_t i = *len; digits % 2 == 1 && i-- > 0;)
        octets[i] = (uint8_t)(octets[i] >> 4 | (i == 0 ? 0 : octets[i - 1] << 4));
    return true;
}

bool fingerprint_read(struct fingerprint *fingerprint, const char *text)
{
    fingerprint->digits = read_digits(text, fingerprint->octets, 2 * sizeof fingerprint->octets);
    return fingerprint->digits != SIZE_MAX && fingerprint->digits >= MIN_FINGERPRINT_DIGITS;
}

struct signet_span fingerprint_span(const struct fingerprint *fingerprint)
{
    return (struct signet_span){fingerprint->octets, fingerprint->digits / 2};
}

bool fingerprint_matches(const struct fingerprint *fingerprint, struct signet_span sha256)
{
    size_t whole = fingerprint->digits / 2;

    return sha256.len >= sizeof fingerprint->octets &&
           memcmp(sha256.ptr, fingerprint->octets, whole) == 0 &&
           (fingerprint->digits % 2 == 0 ||
            (sha256.ptr[whole] & 0xf0) == fingerprint->octets[whole]);
}
