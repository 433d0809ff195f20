/* SPDX-License-Identifier: Apache-2.0 */
#include "token/uri.h"

#include "base/span.h"

#define SCHEME "pkcs11:"

/* An attribute of the path, or behind the question mark. */
struct attribute {
    const char *name;
    size_t offset; /* of a span in struct sg_token_uri */
    bool in_query;
};

#define ATTRIBUTE(name, member, in_query)                                                          \
    {                                                                                              \
        name, offsetof(struct sg_token_uri, member), in_query                                      \
    }

/* In the order in which they are written. */
static const struct attribute attributes[] = {
    ATTRIBUTE("model", model, false),
    ATTRIBUTE("manufacturer", manufacturer, false),
    ATTRIBUTE("serial", serial, false),
    ATTRIBUTE("token", token, false),
    ATTRIBUTE("id", id, false),
    ATTRIBUTE("object", object, false),
    ATTRIBUTE("module-path", module_path, true),
    ATTRIBUTE("pin-source", pin_source, true),
};
#define NUM_ATTRIBUTES (sizeof(attributes) / sizeof(attributes[0]))

static const char *const type_names[] = {
    [SG_TOKEN_URI_PRIVATE] = "private",
    [SG_TOKEN_URI_PUBLIC] = "public",
    [SG_TOKEN_URI_CERTIFICATE] = "cert",
};

/* Known by RFC 7512, and why they are not taken. */
static const struct {
    const char *name;
    const char *why;
} refused[] = {
    {"pin-value", "has a PIN in it, which others can see in the list of processes; leave out "
                  "pin-value, the PIN is asked for or read from --passphrase-file"},
    {"module-name", "names a module by module-name; say module-path with the module's file"},
};

struct reading {
    struct sg_arena *arena;
    struct sg_token_uri *uri;
    bool has_type;
};

bool sg_token_uri_is(struct signet_span text)
{
    return sg_span_equal_ascii_case(sg_span_first(text, strlen(SCHEME)), sg_span_text(SCHEME));
}

static int hex_value(uint8_t byte)
{
    uint8_t lower = sg_ascii_lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* RFC 3986 2.1. False: a percent sign without two digits, or an octet that no URI has. */
static bool decode(struct signet_span text, uint8_t *out, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte <= ' ' || byte >= 0x7f)
            return false;
        if (byte == '%') {
            int high = i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_value(text.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            byte = (uint8_t)(high * 16 + low);
            i += 2;
        }
        out[(*len)++] = byte;
    }
    return true;
}

static const char *read_type(struct reading *reading, struct signet_span value)
{
    if (reading->has_type)
        return "says an attribute twice";
    reading->has_type = true;
    reading->uri->type = SG_TOKEN_URI_OTHER;
    for (size_t i = 1; i < sizeof(type_names) / sizeof(type_names[0]); i++) {
        if (sg_span_equal(value, sg_span_text(type_names[i])))
            reading->uri->type = (enum sg_token_uri_type)i;
    }
    return NULL;
}

static const char *read_value(struct reading *reading, const struct attribute *attribute,
                              struct signet_span value)
{
    struct signet_span *member =
        (struct signet_span *)(void *)((char *)reading->uri + attribute->offset);
    size_t len;
    if (member->ptr != NULL)
        return "says an attribute twice";
    uint8_t *octets = sg_arena_alloc(reading->arena, value.len + 1);
    if (octets == NULL)
        return "needs more memory than there is";
    if (!decode(value, octets, &len))
        return "has characters that must be written as % and two hexadecimal digits";
    *member = sg_span(octets, len);
    return NULL;
}

static const char *refusal(struct signet_span name)
{
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (sg_span_equal(name, sg_span_text(refused[i].name)))
            return refused[i].why;
    }
    return "has an attribute that is not known; known are token, manufacturer, serial, model, "
           "object, id, type, module-path and pin-source";
}

static const char *read_attribute(struct reading *reading, struct signet_span text, bool in_query)
{
    const uint8_t *equals = text.len > 0 ? memchr(text.ptr, '=', text.len) : NULL;
    if (equals == NULL)
        return "has a part that is not NAME=VALUE";
    struct signet_span name = sg_span_first(text, (size_t)(equals - text.ptr));
    struct signet_span value = sg_span_from(text, name.len + 1);
    if (!in_query && sg_span_equal(name, sg_span_text("type")))
        return read_type(reading, value);
    for (size_t i = 0; i < NUM_ATTRIBUTES; i++) {
        if (attributes[i].in_query == in_query &&
            sg_span_equal(name, sg_span_text(attributes[i].name)))
            return read_value(reading, &attributes[i], value);
    }
    return refusal(name);
}

static const char *read_part(struct reading *reading, struct signet_span text, bool in_query)
{
    const char *why = NULL;
    while (text.len > 0 && why == NULL) {
        const uint8_t *end = memchr(text.ptr, in_query ? '&' : ';', text.len);
        struct signet_span one =
            sg_span_first(text, end == NULL ? text.len : (size_t)(end - text.ptr));
        why = read_attribute(reading, one, in_query);
        text = sg_span_from(text, one.len + 1);
    }
    return why;
}

static bool has_nul(struct signet_span text)
{
    return text.len > 0 && memchr(text.ptr, '\0', text.len) != NULL;
}

/* A path, or a file: URI of this host (RFC 7512 2.4, RFC 8089). Programs to be run are refused. */
static const char *check_pin_source(struct signet_span *source)
{
    static const char *const schemes[] = {"file://localhost/", "file:///", "file:/"};
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        size_t len = strlen(schemes[i]);
        if (sg_span_equal_ascii_case(sg_span_first(*source, len), sg_span_text(schemes[i]))) {
            *source = sg_span_from(*source, len - 1);
            break;
        }
    }
    return source->len > 1 && source->ptr[0] == '/' && source->ptr[1] != '/' && !has_nul(*source)
               ? NULL
               : "has a pin-source that is not the absolute path of a file";
}

const char *sg_token_uri_parse(struct signet_span text, struct sg_arena *arena,
                               struct sg_token_uri *uri)
{
    struct reading reading = {arena, uri, false};
    *uri = (struct sg_token_uri){.type = SG_TOKEN_URI_ANY};
    if (!sg_token_uri_is(text))
        return "does not begin with pkcs11:";
    if (text.len > SG_TOKEN_URI_MAX_LEN)
        return "is longer than any that is needed";
    text = sg_span_from(text, strlen(SCHEME));
    const uint8_t *mark = text.len > 0 ? memchr(text.ptr, '?', text.len) : NULL;
    struct signet_span path =
        sg_span_first(text, mark == NULL ? text.len : (size_t)(mark - text.ptr));
    const char *why = read_part(&reading, path, false);
    if (why == NULL && mark != NULL)
        why = read_part(&reading, sg_span_from(text, path.len + 1), true);
    if (why == NULL && uri->pin_source.ptr != NULL)
        why = check_pin_source(&uri->pin_source);
    if (why == NULL && uri->module_path.ptr != NULL &&
        (uri->module_path.len == 0 || has_nul(uri->module_path)))
        why = "has a module-path that is no path";
    return why;
}

/* Unreserved characters of RFC 3986, and in a query the slash, which need no escape anywhere. */
static bool is_plain(uint8_t byte, bool in_query)
{
    uint8_t lower = sg_ascii_lower(byte);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
           strchr(in_query ? "-._~/" : "-._~", byte) != NULL;
}

static void write_value(struct sg_buffer *text, struct signet_span value, bool in_query)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] != '\0' && is_plain(value.ptr[i], in_query))
            sg_buffer_add_byte(text, value.ptr[i]);
        else
            sg_buffer_printf(text, "%%%02X", (unsigned)value.ptr[i]);
    }
}

void sg_token_uri_write(struct sg_buffer *text, const struct sg_token_uri *uri)
{
    const char *before = SCHEME;
    bool queried = false;
    bool has_type = uri->type != SG_TOKEN_URI_ANY && uri->type != SG_TOKEN_URI_OTHER;
    for (size_t i = 0; i < NUM_ATTRIBUTES; i++) {
        const struct attribute *attribute = &attributes[i];
        const struct signet_span *value =
            (const struct signet_span *)(const void *)((const char *)uri + attribute->offset);
        if (attribute->in_query && !queried) {
            if (has_type)
                sg_buffer_printf(text, "%stype=%s", before, type_names[uri->type]);
            else if (before[0] == 'p')
                sg_buffer_add_text(text, before);
            before = "?";
            queried = true;
        }
        if (value->ptr == NULL)
            continue;
        sg_buffer_printf(text, "%s%s=", before, attribute->name);
        write_value(text, *value, attribute->in_query);
        before = attribute->in_query ? "&" : ";";
    }
}
