/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/location.h"

#include "base/buffer.h"
#include "base/span.h"

static const struct {
    const char *prefix;
    enum sg_scheme scheme;
} schemes[] = {
    {"http://", SG_SCHEME_HTTP},
    {"https://", SG_SCHEME_HTTPS},
    {"ldap://", SG_SCHEME_LDAP},
    {"ldaps://", SG_SCHEME_LDAPS},
};

static bool is_printable(struct signet_span url)
{
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] <= ' ' || url.ptr[i] >= 0x7f)
            return false;
    return true;
}

/* What follows the scheme; {NULL,0}: it is none of ours. */
static struct signet_span skip_scheme(struct signet_span url, enum sg_scheme *scheme)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t len = strlen(schemes[i].prefix);

        if (url.len < len || !sg_span_is_word(sg_span_first(url, len), schemes[i].prefix))
            continue;
        *scheme = schemes[i].scheme;
        return sg_span_from(url, len);
    }
    return sg_span(NULL, 0);
}

static bool is_ldap(const struct sg_location *location)
{
    return location->scheme == SG_SCHEME_LDAP || location->scheme == SG_SCHEME_LDAPS;
}

const char *sg_location_read(struct signet_span url, struct sg_location *out)
{
    struct signet_span rest;
    size_t len = 0;

    if (url.len > SG_LOCATION_MAX_LEN)
        return "the location is too long";
    if (!is_printable(url))
        return "the location has characters that no URL has";
    rest = skip_scheme(url, &out->scheme);
    if (rest.ptr == NULL)
        return "only http and ldap locations are asked";
    while (len < rest.len && strchr("/?#\\", rest.ptr[len]) == NULL)
        len++;
    out->authority = sg_span_first(rest, len);
    out->rest = sg_span_from(rest, len);
    if (len > 0 && memchr(rest.ptr, '@', len) != NULL)
        return "the location has a user's name in it";
    if (len == 0 && !is_ldap(out))
        return "the location names no host";
    return NULL;
}

/* The host without its port; an IPv6 address keeps its brackets. */
static struct signet_span host_of(const struct sg_location *location)
{
    struct signet_span host = location->authority;
    size_t len = 0;

    if (host.len > 0 && host.ptr[0] == '[')
        while (len < host.len && host.ptr[len] != ']')
            len++;
    while (len < host.len && host.ptr[len] != ':')
        len++;
    return sg_span_first(host, len);
}

/* What follows the host's colon; empty where there is none. */
static struct signet_span port_of(const struct sg_location *location)
{
    return sg_span_from(location->authority, host_of(location).len + 1);
}

/* One that LDAP is spoken at, or that OWN names: another service of the same host is none of a
 * certificate's business. */
static bool is_directory_port(const struct sg_location *own, const struct sg_location *location)
{
    struct signet_span port = port_of(location);

    return port.len == 0 || sg_span_is_word(port, "389") || sg_span_is_word(port, "636") ||
           sg_span_equal(port, port_of(own));
}

bool sg_location_same_host(const struct sg_location *a, const struct sg_location *b)
{
    return sg_span_equal_ascii_case(host_of(a), host_of(b));
}

/* One of the user's own directories. */
static bool is_configured(const struct signet_retrieve_rules *rules,
                          const struct sg_location *location)
{
    for (size_t i = 0; i < rules->num_ldap; i++) {
        struct sg_location own;

        if (sg_location_read(sg_span_text(rules->ldap[i]), &own) == NULL &&
            (location->authority.len == 0 ||
             (sg_location_same_host(&own, location) && is_directory_port(&own, location))))
            return true;
    }
    return false;
}

/* Https: to believe the server's certificate its own CRL would be needed, and so on (RFC 5280 8).
 * LDAP: a message would choose whom we speak a large protocol with (E-32). */
const char *sg_location_refusal(const struct signet_retrieve_rules *rules,
                                const struct sg_location *location)
{
    if (location->scheme == SG_SCHEME_HTTPS && !rules->https)
        return "https locations in certificates are not asked (RFC 5280 8)";
    if (is_ldap(location) && !is_configured(rules, location))
        return "only configured LDAP servers are asked";
    return NULL;
}

const char *sg_location_url(struct sg_arena *arena, const struct signet_retrieve_rules *rules,
                            struct signet_span url, const struct sg_location *location,
                            size_t directory)
{
    struct sg_location own;

    if (location->authority.len > 0)
        return sg_arena_printf(arena, "%.*s", (int)url.len, (const char *)url.ptr);
    if (directory >= rules->num_ldap ||
        sg_location_read(sg_span_text(rules->ldap[directory]), &own) != NULL)
        return "";
    return sg_arena_printf(arena, "%s%.*s%.*s",
                           own.scheme == SG_SCHEME_LDAPS ? "ldaps://" : "ldap://",
                           (int)own.authority.len, (const char *)own.authority.ptr,
                           (int)location->rest.len, (const char *)location->rest.ptr);
}

static void add_encoded(struct sg_buffer *buffer, const char *text)
{
    for (; *text != '\0'; text++) {
        uint8_t byte = (uint8_t)*text;
        uint8_t lower = sg_ascii_lower(byte);

        if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
            strchr("-._~", byte) != NULL)
            sg_buffer_add_byte(buffer, byte);
        else
            sg_buffer_printf(buffer, "%%%02X", byte);
    }
}

const char *sg_location_fill(struct sg_arena *arena, const char *template, const char *address)
{
    static const char mark[] = "{address}";
    struct sg_buffer buffer;
    const char *next, *filled = NULL;

    sg_buffer_init(&buffer, (size_t)64 << 10);
    while ((next = strstr(template, mark)) != NULL) {
        sg_buffer_add(&buffer, sg_span(template, (size_t)(next - template)));
        add_encoded(&buffer, address);
        template = next + strlen(mark);
    }
    sg_buffer_add(&buffer, sg_span(template, strlen(template) + 1));
    if (buffer.status == SIGNET_OK)
        filled = (const char *)sg_arena_copy(arena, sg_buffer_span(&buffer)).ptr;
    sg_buffer_free(&buffer);
    return filled;
}
