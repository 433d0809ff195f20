/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/teletex.h"

#include "base/text.h"

#include <string.h>

/* T.61 accents with the small letters that carry them, and what they make (ITU-T T.51, table of
 * Latin letters). */
static const struct {
    uint8_t accent;
    const char *letters;
    uint16_t composed[14];
} accents[] = {
    {0xc1, "aeiou", {0xe0, 0xe8, 0xec, 0xf2, 0xf9}}, /* grave */
    {0xc2,
     "acegilnorsuyz",
     {0xe1, 0x107, 0xe9, 0x1f5, 0xed, 0x13a, 0x144, 0xf3, 0x155, 0x15b, 0xfa, 0xfd, 0x17a}},
    {0xc3,
     "aceghijosuwy",
     {0xe2, 0x109, 0xea, 0x11d, 0x125, 0xee, 0x135, 0xf4, 0x15d, 0xfb, 0x175, 0x177}},
    {0xc4, "ainou", {0xe3, 0x129, 0xf1, 0xf5, 0x169}},                   /* tilde */
    {0xc5, "aeiou", {0x101, 0x113, 0x12b, 0x14d, 0x16b}},                /* macron */
    {0xc6, "agu", {0x103, 0x11f, 0x16d}},                                /* breve */
    {0xc7, "cegz", {0x10b, 0x117, 0x121, 0x17c}},                        /* dot above */
    {0xc8, "aeiouy", {0xe4, 0xeb, 0xef, 0xf6, 0xfc, 0xff}},              /* diaeresis */
    {0xca, "au", {0xe5, 0x16f}},                                         /* ring */
    {0xcb, "cklnrst", {0xe7, 0x137, 0x13c, 0x146, 0x157, 0x15f, 0x163}}, /* cedilla */
    {0xcd, "ou", {0x151, 0x171}},                                        /* double acute */
    {0xce, "aeiu", {0x105, 0x119, 0x12f, 0x173}},                        /* ogonek */
    {0xcf,
     "cdelnrstz",
     {0x10d, 0x10f, 0x11b, 0x13e, 0x148, 0x159, 0x161, 0x165, 0x17e}}, /* caron */
};

static bool is_accent(uint8_t octet)
{
    return octet >= 0xc1 && octet <= 0xcf;
}

/* 0 when LETTER does not carry ACCENT. */
static uint16_t compose(uint8_t accent, uint8_t letter)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++) {
        const char *at = letter == 0 ? NULL : strchr(accents[i].letters, letter);

        if (accents[i].accent == accent && at != NULL)
            return accents[i].composed[at - accents[i].letters];
    }
    return 0;
}

static bool is_ascii_letter(uint8_t octet)
{
    return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
}

bool sg_teletex_is_t61(struct signet_span value)
{
    bool found = false;

    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < 0x80)
            continue;
        if (!is_accent(value.ptr[i]) || i == 0 || !is_ascii_letter(value.ptr[i - 1]) ||
            i + 1 == value.len || compose(value.ptr[i], value.ptr[i + 1]) == 0)
            return false;
        found = true;
    }
    return found;
}

void sg_teletex_add_t61(struct sg_buffer *out, struct signet_span value)
{
    for (size_t i = 0; i < value.len; i++) {
        uint8_t utf8[4];
        size_t len;

        if (!is_accent(value.ptr[i])) {
            sg_buffer_add_byte(out, value.ptr[i]);
            continue;
        }
        len = sg_utf8_encode(compose(value.ptr[i], value.ptr[i + 1]), utf8);
        sg_buffer_add(out, (struct signet_span){utf8, len});
        i++;
    }
}
