/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name.h"

#include "base/text.h"

/* Lengths in what is written have two octets at most. */
enum { MAX_RDNS = 64, MAX_TEXT_LEN = 4096, MAX_DER_LEN = 32768 };

/* Where a text stands, and what is made of it. */
struct reader {
    struct signet_span rest;
    struct sg_buffer *out;
};

/* The words of RFC 4514 3, those in use beside them, and the string type RFC 5280 has for each. */
static const struct {
    const char *word;
    enum sg_oid oid;
    uint32_t tag;
} keywords[] = {
    {"CN", SG_OID_AT_COMMON_NAME, SG_TAG_UTF8_STRING},
    {"L", SG_OID_AT_LOCALITY, SG_TAG_UTF8_STRING},
    {"ST", SG_OID_AT_STATE, SG_TAG_UTF8_STRING},
    {"O", SG_OID_AT_ORGANIZATION, SG_TAG_UTF8_STRING},
    {"OU", SG_OID_AT_ORGANIZATIONAL_UNIT, SG_TAG_UTF8_STRING},
    {"C", SG_OID_AT_COUNTRY, SG_TAG_PRINTABLE_STRING},
    {"STREET", SG_OID_AT_STREET, SG_TAG_UTF8_STRING},
    {"DC", SG_OID_AT_DOMAIN_COMPONENT, SG_TAG_IA5_STRING},
    {"UID", SG_OID_AT_USER_ID, SG_TAG_UTF8_STRING},
    {"emailAddress", SG_OID_AT_EMAIL_ADDRESS, SG_TAG_IA5_STRING},
    {"serialNumber", SG_OID_AT_SERIAL_NUMBER, SG_TAG_PRINTABLE_STRING},
    {"title", SG_OID_AT_TITLE, SG_TAG_UTF8_STRING},
    {"surname", SG_OID_AT_SURNAME, SG_TAG_UTF8_STRING},
    {"givenName", SG_OID_AT_GIVEN_NAME, SG_TAG_UTF8_STRING},
};

static void add_element(struct sg_buffer *out, uint32_t tag, struct signet_span content)
{
    sg_buffer_add_byte(out, (uint8_t)tag);
    if (content.len >= 0x100) {
        sg_buffer_add_byte(out, 0x82);
        sg_buffer_add_byte(out, (uint8_t)(content.len >> 8));
    } else if (content.len >= 0x80) {
        sg_buffer_add_byte(out, 0x81);
    }
    sg_buffer_add_byte(out, (uint8_t)content.len);
    sg_buffer_add(out, content);
}

static void pass_on(const struct sg_buffer *from, struct sg_buffer *to)
{
    if (from->status != SIGNET_OK && to->status == SIGNET_OK)
        to->status = from->status;
}

static bool at_end(const struct reader *reader)
{
    return reader->rest.len == 0;
}

static uint8_t take(struct reader *reader)
{
    uint8_t byte = reader->rest.ptr[0];
    reader->rest = sg_span_from(reader->rest, 1);
    return byte;
}

static void skip_blanks(struct reader *reader)
{
    while (!at_end(reader) && reader->rest.ptr[0] == ' ')
        take(reader);
}

/* Up to and with the equals sign. */
static bool read_type(struct reader *reader, uint32_t *tag)
{
    char text[128];
    uint8_t octets[64];
    size_t len = 0;
    skip_blanks(reader);
    for (; !at_end(reader) && reader->rest.ptr[0] != '='; len++) {
        if (len + 1 == sizeof(text))
            return false;
        text[len] = (char)take(reader);
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    if (at_end(reader))
        return false;
    take(reader);
    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (sg_span_is_word(sg_span_text(text), keywords[i].word)) {
            *tag = keywords[i].tag;
            add_element(reader->out, SG_TAG_OID, sg_oid_octets(keywords[i].oid));
            return true;
        }
    }
    *tag = SG_TAG_UTF8_STRING;
    size_t num = sg_oid_from_dotted(text, octets, sizeof(octets));
    add_element(reader->out, SG_TAG_OID, sg_span(octets, num));
    return num > 0;
}

static int digit_of(uint8_t byte)
{
    byte = sg_ascii_lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Two hexadecimal digits. */
static bool read_pair(struct reader *reader, uint8_t *out)
{
    if (reader->rest.len < 2)
        return false;
    int high = digit_of(reader->rest.ptr[0]), low = digit_of(reader->rest.ptr[1]);
    if (high < 0 || low < 0)
        return false;
    *out = (uint8_t)(high << 4 | low);
    reader->rest = sg_span_from(reader->rest, 2);
    return true;
}

static bool ends_value(const struct reader *reader)
{
    return at_end(reader) || reader->rest.ptr[0] == ',' || reader->rest.ptr[0] == '+';
}

/* RFC 4514 2.4: a value as the hexadecimal octets of its encoding. */
static bool read_hex(struct reader *reader, struct sg_buffer *value)
{
    struct signet_parse_error error = {0};
    struct sg_tlv element;
    uint8_t byte;
    take(reader);
    while (read_pair(reader, &byte))
        sg_buffer_add_byte(value, byte);
    struct sg_der der = sg_der_begin(sg_buffer_span(value), &error);
    if (value->status != SIGNET_OK || !sg_der_any(&der, &element) || !sg_der_end(&der))
        return false;
    sg_buffer_add(reader->out, sg_buffer_span(value));
    skip_blanks(reader);
    return ends_value(reader);
}

/* Characters with their escapes (RFC 4514 3); blanks at the ends count only when escaped. */
static bool read_characters(struct reader *reader, uint32_t tag, struct sg_buffer *value)
{
    size_t kept = 0;
    while (!ends_value(reader)) {
        uint8_t byte = take(reader);
        bool escaped = byte == '\\';
        if (escaped && !read_pair(reader, &byte)) {
            if (at_end(reader))
                return false;
            byte = take(reader);
        }
        sg_buffer_add_byte(value, byte);
        if (escaped || byte != ' ')
            kept = value->len;
    }
    struct signet_span text = sg_span_first(sg_buffer_span(value), kept);
    add_element(reader->out, tag, text);
    return value->status == SIGNET_OK && sg_utf8_valid(text) &&
           (tag == SG_TAG_UTF8_STRING || sg_text_is_ascii(text));
}

static bool read_value(struct reader *reader, uint32_t tag)
{
    struct sg_buffer value;
    sg_buffer_init(&value, MAX_TEXT_LEN);
    skip_blanks(reader);
    bool is_hex = !at_end(reader) && reader->rest.ptr[0] == '#';
    bool done = is_hex ? read_hex(reader, &value) : read_characters(reader, tag, &value);
    pass_on(&value, reader->out);
    sg_buffer_free(&value);
    return done;
}

/* TYPE=VALUE {+ TYPE=VALUE}, as the content of a SET. *MORE: a comma follows, which is read. */
static bool read_rdn(struct signet_span *text, struct sg_buffer *set, bool *more)
{
    struct sg_buffer pair;
    struct reader reader = {*text, &pair};
    uint8_t separator = '+';
    bool done = true;
    sg_buffer_init(&pair, MAX_DER_LEN);
    while (done && separator == '+') {
        uint32_t tag;
        pair.len = 0;
        done = read_type(&reader, &tag) && read_value(&reader, tag);
        add_element(set, SG_TAG_SEQUENCE, sg_buffer_span(&pair));
        separator = done && !at_end(&reader) ? take(&reader) : '\0';
    }
    pass_on(&pair, set);
    sg_buffer_free(&pair);
    *text = reader.rest;
    *more = separator == ',';
    return done;
}

/* The last RDN of a name comes first in its text (RFC 4514 2.1): STARTS are where each begins in
 * RDNS, and where the last one ends. */
static void add_reversed(struct sg_buffer *der, const struct sg_buffer *rdns, const size_t *starts,
                         size_t num)
{
    struct sg_buffer content;
    sg_buffer_init(&content, MAX_DER_LEN);
    for (size_t i = num; i-- > 0;)
        sg_buffer_add(&content, sg_span(rdns->ptr + starts[i], starts[i + 1] - starts[i]));
    add_element(der, SG_TAG_SEQUENCE, sg_buffer_span(&content));
    pass_on(&content, der);
    sg_buffer_free(&content);
}

bool sg_name_read(struct signet_span text, struct sg_buffer *der)
{
    struct sg_buffer rdns, set;
    size_t starts[MAX_RDNS + 1] = {0}, num = 0;
    bool done = text.len <= MAX_TEXT_LEN, more = true;
    sg_buffer_init(&rdns, MAX_DER_LEN);
    sg_buffer_init(&set, MAX_DER_LEN);
    while (done && more && num < MAX_RDNS) {
        set.len = 0;
        done = read_rdn(&text, &set, &more);
        add_element(&rdns, SG_TAG_SET, sg_buffer_span(&set));
        starts[++num] = rdns.len;
    }
    pass_on(&set, der);
    pass_on(&rdns, der);
    done = done && !more && der->status == SIGNET_OK;
    if (done)
        add_reversed(der, &rdns, starts, num);
    sg_buffer_free(&rdns);
    sg_buffer_free(&set);
    return done && der->status == SIGNET_OK;
}
