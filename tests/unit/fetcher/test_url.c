/* SPDX-License-Identifier: Apache-2.0 */
#include "url.h"

#include "test.h"

static void reads_scheme_and_authority(void **state)
{
    static const struct {
        const char *url, *scheme, *authority;
    } urls[] = {
        {"http://example.com/a?b#c", "http", "example.com"},
        {"HTTPS://[::1]:80", "HTTPS", "[::1]:80"},
        {"ldap:///cn=x", "ldap", ""},
        {"http://a?b", "http", "a"},
        {"http://a#b", "http", "a"},
        {"http:a", "http", ""},
        {"//host/x", "", "host"},
        {"host", "", ""},
        {"", "", ""},
        {":", "", ""},
        {"ht tp://x/", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(urls); i++) {
        assert_span_text(sg_url_scheme(urls[i].url), urls[i].scheme);
        assert_span_text(sg_url_authority(urls[i].url), urls[i].authority);
    }
}

static const struct {
    const char *url, *words; /* NULL: may be fetched */
} refusals[] = {
    {"http://example.com/", NULL},
    {"http://example.com:8080/a%20b?c=@d", NULL},
    {"http://8.8.8.8/", NULL},
    {"http://[2606:4700::1]/", NULL},
    {"http://b\xc3\xbc.example/", NULL},
    {"http://example.com/a b", "blanks"},
    {"http://example.com/\r\nX: y", "blanks"},
    {"http://example.com\\@evil.example/", "blanks"},
    {"http://example.com/\x7f", "blanks"},
    {"http:///x", "no host"},
    {"http://", "no host"},
    {"http://:80/", "no host"},
    {"http:x", "no host"},
    {"", "no host"},
    {"http://a@example.com/", "credentials"},
    {"http://a:b@example.com/", "credentials"},
    {"http://@example.com/", "credentials"},
    {"http://127.0.0.1/", "loopback"},
    {"http://127.0.0.1:8080/", "loopback"},
    {"http://[::1]/", "loopback"},
    {"http://[::1]:80/", "loopback"},
    {"http://[::ffff:10.0.0.1]/", "private"},
    {"ldap://192.168.1.1/cn=x", "private"},
    {"http://example.com:80/", NULL},
    {"https://[2606:4700::1]:443/", NULL},
    {"ldap://example.com:389/", NULL},
    {"ldaps://example.com:636", NULL},
    {"http://example.com:1024/", NULL},
    {"http://example.com:65535/", NULL},
    {"http://example.com:99999999999999999999/", NULL}, /* no port: libcurl says so */
    {"http://example.com:/", NULL},
    {"http://example.com:25/", "port"},
    {"http://example.com:0025/", "port"},
    {"http://[2606:4700::1]:22/", "port"},
    {"ldap://example.com:1023/", "port"},
};

static void refuses_what_must_not_be_fetched(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(refusals); i++) {
        const char *got = sg_url_refusal(refusals[i].url, false), *words = refusals[i].words;
        if (words == NULL ? got != NULL : got == NULL || strstr(got, words) == NULL)
            fail_msg("%s: %s", refusals[i].url, got != NULL ? got : "(fetched)");
    }
}

static void private_addresses_are_allowed_where_the_rules_say_so(void **state)
{
    (void)state;
    assert_null(sg_url_refusal("http://127.0.0.1/", true));
    assert_null(sg_url_refusal("http://[fd00::1]/", true));
    assert_null(sg_url_refusal("http://[fd00::1]:81/", true));
    assert_non_null(sg_url_refusal("http://a@127.0.0.1/", true));
}

static void a_host_without_end_is_no_address(void **state)
{
    (void)state;
    assert_null(sg_url_refusal(as_text(repeat(text_bytes("http://"), '1', 1000)), false));
    assert_null(sg_url_refusal("http://[", false));
}

SG_TEST_MAIN(SG_TEST("", reads_scheme_and_authority),
             SG_TEST("D-REV-4 D-PATH-2", refuses_what_must_not_be_fetched),
             SG_TEST("D-REV-4", private_addresses_are_allowed_where_the_rules_say_so),
             SG_TEST("", a_host_without_end_is_no_address))
