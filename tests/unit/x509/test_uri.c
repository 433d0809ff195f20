/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"
#include "x509/general_name.h"

static void compares_after_normalising(void **state)
{
    static const struct {
        const char *a, *b;
    } rows[] = {
        {"http://EX.com/a", "HTTP://ex.com/a"},
        {"http://ex.com", "http://ex.com:80/"},
        {"http://ex.com:/", "http://ex.com"},
        {"https://ex.com:443/", "https://ex.com"},
        {"ftp://ex.com:21/a", "ftp://ex.com/a"},
        {"ldap://H:389/CN=a?x", "LDAP://h/CN=a?x"},
        {"http://ex.com/%7euser", "http://ex.com/~user"},
        {"http://ex.com/%2f", "http://ex.com/%2F"},
        {"http://e%58.com/", "http://ex.com/"},
        {"http://ex.com/a/../b", "http://ex.com/b"},
        {"http://ex.com/a/./b/", "http://ex.com/a/b/"},
        {"http://ex.com/a/b/..", "http://ex.com/a/"},
        {"http://ex.com/a/b/.", "http://ex.com/a/b/"},
        {"http://ex.com/../../x", "http://ex.com/x"},
        {"http://ex.com/%2e%2e/x", "http://ex.com/x"},
        {"http://u%41@ex.com/", "http://uA@EX.com/"},
        {"FOO:bar", "foo:bar"},
        {"", ""},
        {"not a uri", "not a uri"},
        {"http://a@b@c/", "http://a@b@c/"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (!sg_uri_equal(text_bytes(rows[i].a), text_bytes(rows[i].b)) ||
            !sg_uri_equal(text_bytes(rows[i].b), text_bytes(rows[i].a)))
            fail_msg("%s and %s", rows[i].a, rows[i].b);
    }
}

static void keeps_apart_what_differs(void **state)
{
    static const struct {
        const char *a, *b;
    } rows[] = {
        {"http://ex.com/A", "http://ex.com/a"},
        {"http://ex.com/a", "https://ex.com/a"},
        {"http://ex.com:81/", "http://ex.com/"},
        {"http://ex.com/a%2Fb", "http://ex.com/a/b"},
        {"foo://ex.com:80/", "foo://ex.com/"},
        {"foo://ex.com", "foo://ex.com/"},
        {"http://a@b@ex.com:80/", "http://a@b@ex.com/"},
        {"urn:a:../b", "urn:a:b"},
        {"http://ex.com//a", "http://ex.com/a"},
        {"http://ex.com/?a", "http://ex.com/?A"},
        {"http://ex.com/a%", "http://ex.com/a%25"},
        {"http://U@ex.com/", "http://u@ex.com/"},
        {"/a/../b", "/b"},
        {"http://ex.com/a?b", "http://ex.com/a#b"},
        {"http://ex.com:8x/", "HTTP://ex.com:8x/"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (sg_uri_equal(text_bytes(rows[i].a), text_bytes(rows[i].b)))
            fail_msg("%s and %s", rows[i].a, rows[i].b);
    }
}

static void bounds_what_is_normalised(void **state)
{
    struct signet_span upper = repeat(text_bytes("HTTP://ex.com/"), '%', 4082);
    struct signet_span lower = repeat(text_bytes("http://ex.com/"), '%', 4082);
    struct signet_span too_long = repeat(text_bytes("http://ex.com/"), '%', 4083);
    struct signet_span other = repeat(text_bytes("HTTP://ex.com/"), '%', 4083);
    (void)state;
    assert_true(sg_uri_equal(upper, lower));
    assert_true(sg_uri_equal(too_long, sg_test_copy(too_long.ptr, too_long.len)));
    assert_false(sg_uri_equal(too_long, other));
}

static void finds_the_host(void **state)
{
    static const struct {
        const char *uri, *host;
    } rows[] = {
        {"http://u@h.com:80/x", "h.com"},
        {"http://[::1]:80/", "[::1]"},
        {"HTTP://h", "h"},
        {"http://h?x", "h"},
        {"http://h#x", "h"},
        {"x://h.", "h."},
        {"http://1.2.3.4/", "1.2.3.4"},
    };
    static const char *const none[] = {
        "mailto:a@b",     "http:///x", "//h/x", "http://a@b@c/", "http://h:x/", "http://[::1/",
        "http://[::1]x/", "",          "h.com", "://h",          "1x://h/"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(sg_uri_host(text_bytes(rows[i].uri)), rows[i].host);
    for (size_t i = 0; i < SG_NUM(none); i++) {
        if (sg_uri_host(text_bytes(none[i])).ptr != NULL)
            fail_msg("%s has a host", none[i]);
    }
}

SG_TEST_MAIN(SG_TEST("B-GN-3", compares_after_normalising),
             SG_TEST("B-GN-3", keeps_apart_what_differs),
             SG_TEST("B-GN-3", bounds_what_is_normalised), SG_TEST("B-NC-4", finds_the_host))
