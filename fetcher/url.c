/* SPDX-License-Identifier: Apache-2.0 */
#include "url.h"

#include "base/span.h"
#include "fetch/address_guard.h"

struct signet_span sg_url_scheme(const char *url)
{
    static const char scheme[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
    size_t len = strspn(url, scheme);
    return url[len] == ':' ? sg_span(url, len) : (struct signet_span){0};
}

struct signet_span sg_url_authority(const char *url)
{
    struct signet_span scheme = sg_url_scheme(url);
    const char *after = scheme.len > 0 ? url + scheme.len + 1 : url;
    if (strncmp(after, "//", 2) != 0)
        return (struct signet_span){0};
    return sg_span(after + 2, strcspn(after + 2, "/?#"));
}

static bool has_controls(const char *url)
{
    for (; *url != '\0'; url++) {
        if ((unsigned char)*url <= ' ' || *url == 0x7f || *url == '\\')
            return true;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The host of an authority as a C string, without brackets; *PORT: what stands after it and a
 * colon, 0 for nothing. */
static void split_authority(struct signet_span authority, char host[64], unsigned *port)
{
    const char *text = (const char *)authority.ptr;
    size_t start = authority.len > 0 && text[0] == '[' ? 1 : 0, len = 0;
    while (start + len < authority.len && text[start + len] != (start > 0 ? ']' : ':'))
        len++;
    size_t rest = start + len + start;
    *port = 0;
    if (rest < authority.len && text[rest] == ':') {
        for (rest++; rest < authority.len && is_digit(text[rest]) && *port < 100000; rest++)
            *port = *port * 10 + (unsigned)(text[rest] - '0');
    }
    if (len > 63)
        len = 0; /* no address is that long */
    if (len > 0)
        memcpy(host, text + start, len);
    host[len] = '\0';
}

/* The well-known ports of other services: a message must not make us knock at mail servers, or at
 * everything in turn. */
static bool is_foreign_port(unsigned port)
{
    static const unsigned ours[] = {0, 80, 443, 389, 636};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (port == ours[i])
            return false;
    }
    return port < 1024;
}

const char *sg_url_refusal(const char *url, bool allow_private)
{
    struct signet_span authority = sg_url_authority(url);
    unsigned port;
    char host[64];
    if (has_controls(url))
        return "it has blanks, backslashes or control characters in it";
    if (authority.len == 0 || authority.ptr[0] == ':')
        return "it names no host";
    if (memchr(authority.ptr, '@', authority.len) != NULL)
        return "it has credentials in it";
    split_authority(authority, host, &port);
    if (allow_private)
        return NULL;
    if (is_foreign_port(port))
        return "its port is another service's";
    return sg_address_guard_find_text(host);
}
