/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include "base/span.h"

struct range {
    uint32_t first, last;
};

/*
 * Characters outside ASCII that act instead of being shown, or that show nothing: Unicode 15.1
 * general categories Cc, Cf, Zl, Zp and Co, Default_Ignorable_Code_Point, and the noncharacters of
 * the first plane. Sorted, not overlapping.
 */
static const struct range unsafe_ranges[] = {
    {0x80, 0x9f},       {0xad, 0xad},         {0x34f, 0x34f},     {0x600, 0x605},
    {0x61c, 0x61c},     {0x6dd, 0x6dd},       {0x70f, 0x70f},     {0x890, 0x891},
    {0x8e2, 0x8e2},     {0x115f, 0x1160},     {0x17b4, 0x17b5},   {0x180b, 0x180f},
    {0x200b, 0x200f},   {0x2028, 0x202e},     {0x2060, 0x206f},   {0x3164, 0x3164},
    {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},     {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},     {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
    {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},   {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    {0xf0000, 0xfffff}, {0x100000, 0x10ffff},
};

static bool is_safe_ascii(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '\\';
}

static bool is_safe_wide(uint32_t code_point)
{
    if ((code_point & 0xfffe) == 0xfffe)
        return false;
    size_t low = 0, high = sizeof(unsafe_ranges) / sizeof(unsafe_ranges[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > unsafe_ranges[middle].last)
            low = middle + 1;
        else if (code_point < unsafe_ranges[middle].first)
            high = middle;
        else
            return false;
    }
    return true;
}

/* Appends the first character of BYTES, which is no safe ASCII, and returns its length in bytes. */
static size_t add_safe_character(struct sg_buffer *buffer, struct signet_span bytes)
{
    uint32_t code_point = 0;
    size_t len = sg_utf8_decode(bytes, &code_point);
    if (len == 0 || (len == 1 && bytes.ptr[0] != '\\')) {
        sg_buffer_printf(buffer, "\\x%02x", bytes.ptr[0]);
        return 1;
    }
    if (len == 1)
        sg_buffer_add_text(buffer, "\\\\");
    else if (is_safe_wide(code_point))
        sg_buffer_add(buffer, sg_span_first(bytes, len));
    else
        sg_buffer_printf(buffer, "\\u{%04x}", (unsigned)code_point);
    return len;
}

static size_t safe_ascii_len(struct signet_span bytes)
{
    size_t len = 0;
    while (len < bytes.len && is_safe_ascii(bytes.ptr[len]))
        len++;
    return len;
}

bool sg_text_is_safe_ascii(struct signet_span bytes)
{
    return safe_ascii_len(bytes) == bytes.len;
}

void sg_text_add_safe(struct sg_buffer *buffer, struct signet_span bytes)
{
    while (bytes.len > 0 && buffer->status == SIGNET_OK) {
        size_t run = safe_ascii_len(bytes);
        sg_buffer_add(buffer, sg_span_first(bytes, run));
        bytes = sg_span_from(bytes, run);
        if (bytes.len > 0)
            bytes = sg_span_from(bytes, add_safe_character(buffer, bytes));
    }
}

/* Length, bits of the lead octet that belong to the character, and least character of that length.
 */
static size_t utf8_lead(uint8_t lead, uint32_t *bits, uint32_t *least)
{
    static const struct {
        uint8_t mask, value, len;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 1, 0},
                 {0xe0, 0xc0, 2, 0x80},
                 {0xf0, 0xe0, 3, 0x800},
                 {0xf8, 0xf0, 4, 0x10000}};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if ((lead & forms[i].mask) == forms[i].value) {
            *bits = (uint32_t)(lead & (uint8_t)~forms[i].mask);
            *least = forms[i].least;
            return forms[i].len;
        }
    }
    return 0;
}

size_t sg_utf8_decode(struct signet_span bytes, uint32_t *code_point)
{
    uint32_t value = 0, least = 0;
    size_t len = bytes.len > 0 ? utf8_lead(bytes.ptr[0], &value, &least) : 0;
    if (len == 0 || len > bytes.len)
        return 0;

    for (size_t i = 1; i < len; i++) {
        if ((bytes.ptr[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (bytes.ptr[i] & 0x3f);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *code_point = value;
    return len;
}

size_t sg_utf8_encode(uint32_t code_point, uint8_t out[4])
{
    static const uint8_t leads[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    size_t len = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (uint8_t)(0x80 | (code_point & 0x3f));
        code_point >>= 6;
    }
    out[0] = (uint8_t)(leads[len] | code_point);
    return len;
}

struct signet_span sg_text_cut(struct signet_span bytes, size_t max_len)
{
    if (bytes.len <= max_len)
        return bytes;
    size_t len = max_len;
    while (len > 0 && max_len - len < 3 && (bytes.ptr[len] & 0xc0) == 0x80)
        len--;
    /* Octets that are no UTF-8 have no characters to keep whole. */
    return sg_span_first(bytes, (bytes.ptr[len] & 0xc0) == 0x80 ? max_len : len);
}

/* How many octets of BYTES are ASCII before the first that is not; eight at a time. */
static size_t ascii_len(struct signet_span bytes)
{
    size_t len = 0;
    uint64_t word;
    for (; bytes.len - len >= sizeof(word); len += sizeof(word)) {
        memcpy(&word, bytes.ptr + len, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (len < bytes.len && bytes.ptr[len] < 0x80)
        len++;
    return len;
}

bool sg_utf8_valid(struct signet_span bytes)
{
    bytes = sg_span_from(bytes, ascii_len(bytes));
    while (bytes.len > 0) {
        uint32_t code_point;
        size_t len = sg_utf8_decode(bytes, &code_point);
        if (len == 0)
            return false;
        bytes = sg_span_from(bytes, len);
        bytes = sg_span_from(bytes, ascii_len(bytes));
    }
    return true;
}

bool sg_text_is_ascii(struct signet_span bytes)
{
    return ascii_len(bytes) == bytes.len;
}

void sg_text_add_hex(struct sg_buffer *buffer, struct signet_span bytes, char separator)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len && buffer->status == SIGNET_OK; i++) {
        uint8_t text[3];
        size_t len = 0;
        if (i > 0 && separator != 0)
            text[len++] = (uint8_t)separator;
        text[len++] = (uint8_t)digits[bytes.ptr[i] >> 4];
        text[len++] = (uint8_t)digits[bytes.ptr[i] & 0x0f];
        sg_buffer_add(buffer, sg_span(text, len));
    }
}
