/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/string.h"

#include "asn1/der.h"
#include "asn1/teletex.h"
#include "base/text.h"

enum form { FORM_UTF8, FORM_ASCII, FORM_TELETEX, FORM_BMP, FORM_UNIVERSAL };

static const struct {
    uint32_t tag;
    enum form form;
} string_types[] = {
    {SG_TAG_UTF8_STRING, FORM_UTF8},     {SG_TAG_PRINTABLE_STRING, FORM_ASCII},
    {SG_TAG_IA5_STRING, FORM_ASCII},     {SG_TAG_NUMERIC_STRING, FORM_ASCII},
    {SG_TAG_VISIBLE_STRING, FORM_ASCII}, {SG_TAG_TELETEX_STRING, FORM_TELETEX},
    {SG_TAG_BMP_STRING, FORM_BMP},       {SG_TAG_UNIVERSAL_STRING, FORM_UNIVERSAL},
};

static bool find_form(uint32_t tag, enum form *form)
{
    for (size_t i = 0; i < sizeof(string_types) / sizeof(string_types[0]); i++) {
        if (string_types[i].tag == tag) {
            *form = string_types[i].form;
            return true;
        }
    }
    return false;
}

static bool add_utf8(struct signet_span value, struct sg_buffer *out)
{
    if (!sg_utf8_valid(value))
        return false;
    sg_buffer_add(out, value);
    return true;
}

static bool add_ascii(struct signet_span value, struct sg_buffer *out)
{
    if (!sg_text_is_ascii(value))
        return false;
    sg_buffer_add(out, value);
    return true;
}

/* Characters of WIDTH octets each, big-endian. */
static bool add_wide(struct signet_span value, size_t width, struct sg_buffer *out)
{
    if (value.len % width != 0)
        return false;
    for (size_t i = 0; i < value.len; i += width) {
        uint32_t code_point = 0;
        for (size_t j = 0; j < width; j++)
            code_point = code_point << 8 | value.ptr[i + j];
        if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point <= 0xdfff))
            return false;
        uint8_t utf8[4];
        sg_buffer_add(out, sg_span(utf8, sg_utf8_encode(code_point, utf8)));
    }
    return true;
}

static bool add_teletex(struct signet_span value, struct sg_buffer *out)
{
    if (sg_text_is_ascii(value))
        return add_ascii(value, out);
    if (!sg_teletex_is_t61(value))
        return add_wide(value, 1, out);
    sg_teletex_add_t61(out, value);
    return true;
}

static bool add_bmp(struct signet_span value, struct sg_buffer *out)
{
    return add_wide(value, 2, out);
}

static bool add_universal(struct signet_span value, struct sg_buffer *out)
{
    return add_wide(value, 4, out);
}

bool sg_string_to_utf8(uint32_t tag, struct signet_span value, struct sg_buffer *out)
{
    static bool (*const add[])(struct signet_span, struct sg_buffer *) = {
        [FORM_UTF8] = add_utf8, [FORM_ASCII] = add_ascii,         [FORM_TELETEX] = add_teletex,
        [FORM_BMP] = add_bmp,   [FORM_UNIVERSAL] = add_universal,
    };
    enum form form;
    size_t before = out->len;
    if (find_form(tag, &form) && add[form](value, out))
        return true;
    out->len = before;
    return false;
}

bool sg_string_is_text(uint32_t tag)
{
    enum form form;
    return find_form(tag, &form);
}
