/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/cms_input.h"

#include "base/span.h"
#include "bundle/pem.h"
#include "mime/transfer.h"

/* Those of RFC 7468, of older OpenSSL, and of GnuPG. */
static bool is_cms_label(struct signet_span label)
{
    static const char *const labels[] = {
        "PKCS7", "CMS", "PKCS #7 SIGNED DATA", "SIGNED MESSAGE", "ENCRYPTED MESSAGE", "CMS OBJECT"};

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (sg_span_is_word(label, labels[i]))
            return true;
    return false;
}

bool sg_cms_input_is_binary(struct signet_span bytes)
{
    if (bytes.len < 4 || bytes.ptr[0] != 0x30)
        return false;
    size_t length_octets = (bytes.ptr[1] & 0x80) != 0 ? bytes.ptr[1] & 0x7f : 0;
    return length_octets <= 8 && bytes.len > 2 + length_octets &&
           bytes.ptr[2 + length_octets] == 0x06;
}

/* Nothing in BYTES but base64 and white space, and more than a word of it. */
static bool is_base64_text(struct signet_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        uint8_t c = bytes.ptr[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (!letter && c != '+' && c != '/' && c != '=' && c != '\r' && c != '\n' && c != ' ')
            return false;
    }
    return bytes.len >= 16;
}

static bool find_pem(struct signet_span bytes, struct sg_arena *arena, struct signet_span *cms)
{
    struct sg_pem pem = sg_pem_begin(bytes);
    struct sg_pem_block block;

    while (sg_pem_next(&pem, arena, &block))
        if (is_cms_label(block.label)) {
            *cms = block.octets;
            return true;
        }
    return !arena->failed;
}

bool sg_cms_input_find(struct signet_span bytes, struct sg_arena *arena, struct signet_span *cms)
{
    struct signet_span start = sg_span_trim(sg_span_first(bytes, 4096)), decoded;
    bool clean;

    *cms = (struct signet_span){NULL, 0};
    if (sg_cms_input_is_binary(bytes)) {
        *cms = bytes;
        return true;
    }
    if (sg_span_is_word(sg_span_first(start, 11), "-----BEGIN "))
        return find_pem(bytes, arena, cms);
    /* "MI" is how base64 of a SEQUENCE with a long length begins; a header field never is base64
     * alone. */
    if (start.len == 0 || start.ptr[0] != 'M' || !is_base64_text(bytes))
        return true;
    if (!sg_base64_decode(bytes, arena, &decoded, &clean))
        return false;
    if (sg_cms_input_is_binary(decoded))
        *cms = decoded;
    return true;
}
