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

/* The host of an authority as a C string: without port and brackets. */
static void copy_host(struct signet_span authority, char host[64])
{
    const char *text = (const char *)authority.ptr;
    size_t start = authority.len > 0 && text[0] == '[' ? 1 : 0, len = 0;
    while (start + len < authority.len && text[start + len] != (start > 0 ? ']' : ':'))
        len++;
    if (len > 63)
        len = 0; /* no address is that long */
    if (len > 0)
        memcpy(host, text + start, len);
    host[len] = '\0';
}

const char *sg_url_refusal(const char *url, bool allow_private)
{
    struct signet_span authority = sg_url_authority(url);
    char host[64];
    if (has_controls(url))
        return "it has blanks, backslashes or control characters in it";
    if (authority.len == 0 || authority.ptr[0] == ':')
        return "it names no host";
    if (memchr(authority.ptr, '@', authority.len) != NULL)
        return "it has credentials in it";
    copy_host(authority, host);
    return allow_private ? NULL : sg_address_guard_find_text(host);
}
