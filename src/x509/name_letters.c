/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name_letters.h"

#include <stddef.h>

/* From FIRST to LAST every STEPth is a capital whose small letter is DELTA further; with DELTA 0
 * all stay as they are. */
struct letters {
    uint16_t first, last, step, delta;
};

/* In order; of East Asia kana, the unified ideographs and Hangul syllables of Unicode 3.2, which
 * have no case and nothing to be composed with here. Left out: sharp s, dotted and dotless i, long
 * s, final sigma, ligatures, letters with an apostrophe or a middle dot, and whatever has two
 * accents. */
static const struct letters alphabets[] = {
    {0x00c0, 0x00d6, 1, 0x20}, {0x00d8, 0x00de, 1, 0x20}, {0x00e0, 0x00ff, 1, 0},
    {0x0100, 0x012f, 2, 1},    {0x0134, 0x0137, 2, 1},    {0x0139, 0x013e, 2, 1},
    {0x0141, 0x0148, 2, 1},    {0x014a, 0x0177, 2, 1},    {0x0179, 0x017e, 2, 1},
    {0x0391, 0x03a1, 1, 0x20}, {0x03a3, 0x03ab, 1, 0x20}, {0x03ac, 0x03af, 1, 0},
    {0x03b1, 0x03c1, 1, 0},    {0x03c3, 0x03ce, 1, 0},    {0x0400, 0x040f, 1, 0x50},
    {0x0410, 0x042f, 1, 0x20}, {0x0430, 0x045f, 1, 0},    {0x3041, 0x3094, 1, 0},
    {0x30a1, 0x30fa, 1, 0},    {0x4e00, 0x9fa5, 1, 0},    {0xac00, 0xd7a3, 1, 0},
};

uint32_t sg_letter_fold(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof(alphabets) / sizeof(alphabets[0]); i++) {
        const struct letters *row = &alphabets[i];
        if (code_point > row->last)
            continue;
        if (code_point < row->first)
            return 0;
        return (code_point - row->first) % row->step == 0 ? code_point + row->delta : code_point;
    }
    return 0;
}
