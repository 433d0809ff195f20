/* SPDX-License-Identifier: Apache-2.0 */
/* A URL and an address that a message may name, as signet-fetch reads them before any library
 * does. */
#include "directory_query.h"
#include "dns_name.h"
#include "url.h"

#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_INPUT = 8192, LABEL = 56 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_url(const char *url)
{
    struct signet_span scheme = sg_url_scheme(url), authority = sg_url_authority(url);
    check(scheme.len == 0 || url[scheme.len] == ':');
    check(authority.len <= strlen(url));
    const char *strict = sg_url_refusal(url, false), *loose = sg_url_refusal(url, true);
    check(loose == NULL || strict != NULL);
    if (loose != NULL)
        return;
    check(authority.len > 0 && memchr(authority.ptr, '@', authority.len) == NULL);
    check(strpbrk(url, " \t\r\n\\") == NULL);
}

/* A name is labels and dots and escapes; whatever the address, nothing ends it early. */
static void check_name(const char *problem, const char *name)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.\\";
    if (problem != NULL)
        return;
    check(strspn(name, allowed) == strlen(name) && strlen(name) < SG_DNS_MAX_NAME);
    check(name[0] != '.' && name[strlen(name) - 1] == '.' && strstr(name, "..") == NULL);
}

static void check_filter(const char *address)
{
    struct sg_buffer out;
    size_t num_open = 0, num_closed = 0;
    sg_buffer_init(&out, 64 * 1024);
    sg_directory_add_filter(&out, address, NULL);
    for (size_t i = 0; i < out.len; i++) {
        num_open += out.ptr[i] == '(';
        num_closed += out.ptr[i] == ')';
        check(out.ptr[i] != '*' && (out.ptr[i] >= ' ' || i + 1 == out.len));
    }
    check(out.status != SIGNET_OK || (num_open == 3 && num_closed == 3));
    sg_buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[MAX_INPUT + 1], name[SG_DNS_MAX_NAME];
    if (size > MAX_INPUT)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_url(text);
    check_name(sg_dns_name_cert(text, name), name);
    const char *problem = sg_dns_name_smimea(text, name);
    check_name(problem, name);
    check(problem != NULL || strncmp(name + LABEL, "._smimecert.", 12) == 0);
    check_filter(text);
    (void)!sg_directory_attribute_find(sg_span(data, size));
    return 0;
}
