/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/integer.h"

#include "base/span.h"
#include "base/text.h"

/* Minus the number: every octet complemented, and one added where all octets behind are zero. */
static void add_negative(struct sg_buffer *buffer, struct signet_span octets)
{
    size_t last = octets.len - 1;
    bool started = false;

    while (last > 0 && octets.ptr[last] == 0)
        last--;
    sg_buffer_add_byte(buffer, '-');
    for (size_t i = 0; i < octets.len; i++) {
        uint8_t octet = (uint8_t)(i > last ? 0 : ~octets.ptr[i] + (i == last ? 1 : 0));

        started |= octet != 0 || i + 1 == octets.len;
        if (started)
            sg_text_add_hex(buffer, sg_span(&octet, 1), 0);
    }
}

void sg_integer_add_hex(struct sg_buffer *buffer, struct signet_span octets)
{
    if (octets.len > 0 && (octets.ptr[0] & 0x80) != 0) {
        add_negative(buffer, octets);
        return;
    }
    while (octets.len > 1 && octets.ptr[0] == 0)
        octets = sg_span_from(octets, 1);
    sg_text_add_hex(buffer, octets, 0);
}
