/* SPDX-License-Identifier: Apache-2.0 */
/* URIs as RFC 5280 7.4 compares them: RFC 3986 6.2.2 (case, percent-encoding, path segments)
 * and 6.2.3 (scheme). */
#include "x509/general_name.h"

enum { MAX_LEN = 4096 };

/* The parts of a URI, as written. */
struct uri {
    struct signet_span scheme; /* {NULL,0}: a relative reference, or none at all */
    bool has_authority;
    struct signet_span userinfo; /* with its "@", or empty */
    struct signet_span host;
    struct signet_span port; /* without its ":", or empty */
    struct signet_span path;
    struct signet_span tail; /* from "?" or "#" on */
};

/* A normalised URI under way. */
struct text {
    uint8_t octets[MAX_LEN + 8]; /* normalising adds nothing but a "/" */
    size_t len;
};

static bool is_alpha(uint8_t octet)
{
    uint8_t lower = sg_ascii_lower(octet);
    return lower >= 'a' && lower <= 'z';
}

static bool is_digit(uint8_t octet)
{
    return octet >= '0' && octet <= '9';
}

static bool is_unreserved(uint8_t octet)
{
    return is_alpha(octet) || is_digit(octet) || octet == '-' || octet == '.' || octet == '_' ||
           octet == '~';
}

/* How many octets BYTES begins with that are none of STOPS. */
static size_t find_any(struct signet_span bytes, const char *stops)
{
    size_t len = 0;
    while (len < bytes.len && (bytes.ptr[len] == 0 || strchr(stops, bytes.ptr[len]) == NULL))
        len++;
    return len;
}

static bool is_scheme(struct signet_span scheme)
{
    for (size_t i = 0; i < scheme.len; i++) {
        uint8_t octet = scheme.ptr[i];
        bool later = is_digit(octet) || octet == '+' || octet == '-' || octet == '.';
        if (!is_alpha(octet) && !(i > 0 && later))
            return false;
    }
    return scheme.len > 0;
}

static bool is_port(struct signet_span port)
{
    for (size_t i = 0; i < port.len; i++) {
        if (!is_digit(port.ptr[i]))
            return false;
    }
    return true;
}

/* authority = [ userinfo "@" ] host [ ":" port ]. False: none, as readers could differ about the
 * host. */
static bool split_authority(struct signet_span authority, struct uri *out)
{
    size_t at = find_any(authority, "@");
    out->userinfo = sg_span_first(authority, at < authority.len ? at + 1 : 0);
    struct signet_span rest = sg_span_from(authority, out->userinfo.len);
    size_t host_len = find_any(rest, ":");
    if (rest.len > 0 && rest.ptr[0] == '[') {
        size_t close = find_any(rest, "]");
        host_len = close < rest.len ? close + 1 : 0;
    }
    out->host = sg_span_first(rest, host_len);
    rest = sg_span_from(rest, host_len);
    out->port = sg_span_from(rest, 1);
    return find_any(out->host, "@") == out->host.len && (rest.len == 0 || rest.ptr[0] == ':') &&
           is_port(out->port);
}

static bool split(struct signet_span uri, struct uri *out)
{
    *out = (struct uri){0};
    size_t colon = find_any(uri, ":/?#");
    if (colon < uri.len && uri.ptr[colon] == ':' && is_scheme(sg_span_first(uri, colon))) {
        out->scheme = sg_span_first(uri, colon);
        uri = sg_span_from(uri, colon + 1);
    }
    out->has_authority = uri.len >= 2 && uri.ptr[0] == '/' && uri.ptr[1] == '/';
    if (out->has_authority) {
        uri = sg_span_from(uri, 2);
        size_t len = find_any(uri, "/?#");
        if (!split_authority(sg_span_first(uri, len), out))
            return false;
        uri = sg_span_from(uri, len);
    }
    out->path = sg_span_first(uri, find_any(uri, "?#"));
    out->tail = sg_span_from(uri, out->path.len);
    return true;
}

static int digit_value(uint8_t octet)
{
    if (is_digit(octet))
        return octet - '0';
    uint8_t lower = sg_ascii_lower(octet);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static void add(struct text *out, uint8_t octet)
{
    out->octets[out->len++] = octet;
}

/* "%XY" at the start of REST: decoded where the octet is unreserved, else its digits in upper case.
 * Returns how many octets of REST are done; 1 for a "%" that encodes nothing. */
static size_t add_percent(struct text *out, struct signet_span rest)
{
    int high = rest.len > 2 ? digit_value(rest.ptr[1]) : -1;
    int low = rest.len > 2 ? digit_value(rest.ptr[2]) : -1;
    if (high < 0 || low < 0) {
        add(out, '%');
        return 1;
    }
    uint8_t octet = (uint8_t)(high << 4 | low);
    if (is_unreserved(octet)) {
        add(out, octet);
        return 3;
    }
    add(out, '%');
    add(out, (uint8_t) "0123456789ABCDEF"[high]);
    add(out, (uint8_t) "0123456789ABCDEF"[low]);
    return 3;
}

static void add_normalised(struct text *out, struct signet_span part)
{
    while (part.len > 0) {
        size_t done = 1;
        if (part.ptr[0] == '%')
            done = add_percent(out, part);
        else
            add(out, part.ptr[0]);
        part = sg_span_from(part, done);
    }
}

/* The same in lower case, but for the digits of a percent-encoding. */
static void add_folded(struct text *out, struct signet_span part)
{
    size_t from = out->len;
    add_normalised(out, part);
    for (size_t i = from; i < out->len; i++) {
        if (out->octets[i] == '%')
            i += 2;
        else
            out->octets[i] = sg_ascii_lower(out->octets[i]);
    }
}

/* The schemes whose rules RFC 5280 7.4 wants known: an empty path is "/", and the default port goes
 * without saying. */
static const struct {
    const char *scheme, *port;
} known[] = {{"ldap", "389"}, {"http", "80"}, {"https", "443"}, {"ftp", "21"}};

static const char *default_port(struct signet_span scheme)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (sg_span_is_word(scheme, known[i].scheme))
            return known[i].port;
    }
    return NULL;
}

static void add_authority(struct text *out, const struct uri *uri, const char *port)
{
    add(out, '/');
    add(out, '/');
    add_normalised(out, uri->userinfo);
    add_folded(out, uri->host);
    if (uri->port.len > 0 && (port == NULL || !sg_span_is_word(uri->port, port))) {
        add(out, ':');
        add_normalised(out, uri->port);
    }
}

/* Drops the last segment of the path that begins at START, with its "/". */
static size_t drop_segment(const uint8_t *octets, size_t start, size_t end)
{
    while (end > start && octets[end - 1] != '/')
        end--;
    return end > start ? end - 1 : start;
}

/* RFC 3986 5.2.4, in place, for the absolute path from START to the end. */
static void remove_dot_segments(struct text *out, size_t start)
{
    const struct signet_span path = sg_span(out->octets + start, out->len - start);
    size_t write = start;
    for (size_t read = 0; read < path.len;) {
        struct signet_span segment = sg_span_from(path, read + 1); /* after its "/" */
        segment = sg_span_first(segment, find_any(segment, "/"));
        bool last = read + 1 + segment.len == path.len;
        bool one = sg_span_is_word(segment, "."), two = sg_span_is_word(segment, "..");
        if (two)
            write = drop_segment(out->octets, start, write);
        if ((one || two) && last)
            out->octets[write++] = '/';
        if (!one && !two) {
            memmove(out->octets + write, path.ptr + read, segment.len + 1);
            write += segment.len + 1;
        }
        read += segment.len + 1;
    }
    out->len = write;
}

static void normalise(const struct uri *uri, struct text *out)
{
    const char *port = default_port(uri->scheme);
    out->len = 0;
    if (uri->scheme.ptr != NULL) {
        add_folded(out, uri->scheme);
        add(out, ':');
    }
    if (uri->has_authority)
        add_authority(out, uri, port);
    size_t start = out->len;
    add_normalised(out, uri->path);
    if (uri->path.len == 0 && uri->has_authority && port != NULL)
        add(out, '/');
    if (uri->scheme.ptr != NULL && out->len > start && out->octets[start] == '/')
        remove_dot_segments(out, start);
    add_normalised(out, uri->tail);
}

bool sg_uri_equal(struct signet_span a, struct signet_span b)
{
    struct uri first, second;
    if (sg_span_equal(a, b))
        return true;
    if (a.len > MAX_LEN || b.len > MAX_LEN || !split(a, &first) || !split(b, &second))
        return false;
    struct text one, other;
    normalise(&first, &one);
    normalise(&second, &other);
    return sg_span_equal(sg_span(one.octets, one.len), sg_span(other.octets, other.len));
}

struct signet_span sg_uri_host(struct signet_span uri)
{
    struct uri parts;
    if (!split(uri, &parts) || parts.scheme.ptr == NULL || !parts.has_authority ||
        parts.host.len == 0)
        return (struct signet_span){NULL, 0};
    return parts.host;
}
