/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/location.h"
#include "test.h"

static const char *const directories[] = {"ldap://ldap.example.com/dc=example",
                                          "ldaps://[::1]:6636/"};
static const struct signet_retrieve_rules rules = {.ldap = directories, .num_ldap = 2};

static void reads_locations(void **state)
{
    static const struct {
        const char *url;
        enum sg_scheme scheme;
        const char *authority, *rest;
    } rows[] = {
        {"http://a.example/x.crl", SG_SCHEME_HTTP, "a.example", "/x.crl"},
        {"HTTP://a.example:8080", SG_SCHEME_HTTP, "a.example:8080", ""},
        {"https://a?x", SG_SCHEME_HTTPS, "a", "?x"},
        {"ldap:///cn=x?y", SG_SCHEME_LDAP, "", "/cn=x?y"},
        {"LdapS://b/", SG_SCHEME_LDAPS, "b", "/"},
        {"http://[::1]:80/", SG_SCHEME_HTTP, "[::1]:80", "/"},
        {"http://a/@b", SG_SCHEME_HTTP, "a", "/@b"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_location out;
        assert_null(sg_location_read(text_bytes(rows[i].url), &out));
        assert_int_equal(out.scheme, rows[i].scheme);
        assert_span_text(out.authority, rows[i].authority);
        assert_span_text(out.rest, rows[i].rest);
    }
}

static void refuses_what_is_no_location(void **state)
{
    static const struct {
        const char *url, *words;
    } rows[] = {
        {"", "http and ldap"},
        {"http:", "http and ldap"},
        {"file:///etc/passwd", "http and ldap"},
        {"ftp://a/x", "http and ldap"},
        {"gopher://a:25/x", "http and ldap"},
        {"http://", "no host"},
        {"http:///x", "no host"},
        {"https://?x", "no host"},
        {"http://user@a/x", "user's name"},
        {"http://user:word@a/x", "user's name"},
        {"ldap://cn=x@a/", "user's name"},
        {"http://a/x y", "characters"},
        {"http://a/\r\nHost: b", "characters"},
        {"http://a/\x7f", "characters"},
        {"http://\xc3\xa4/", "characters"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_location out;
        const char *why = sg_location_read(text_bytes(rows[i].url), &out);
        assert_non_null(why);
        assert_non_null(strstr(why, rows[i].words));
    }
    struct sg_location out;
    struct signet_span most = repeat(text_bytes("http://a/"), 'x', SG_LOCATION_MAX_LEN - 9);
    assert_null(sg_location_read(most, &out));
    struct signet_span more = repeat(text_bytes("http://a/"), 'x', SG_LOCATION_MAX_LEN - 8);
    assert_non_null(strstr(sg_location_read(more, &out), "too long"));
}

static void asks_only_configured_directories(void **state)
{
    static const struct {
        const char *url;
        bool refused, with_https;
    } rows[] = {
        {"http://anything.example/", false, false},
        {"https://anything.example/", true, false},
        {"https://anything.example/", false, true},
        {"ldap://other.example/cn=x", true, false},
        {"ldap://LDAP.example.com/cn=x", false, false},
        {"ldap://ldap.example.com:389/cn=x", false, false},
        {"ldap://ldap.example.com:22/cn=x", true, false},
        {"ldaps://[::1]:6636/cn=x", false, false},
        {"ldaps://[::1]:6637/cn=x", true, false},
        {"ldaps://ldap.example.com/cn=x", false, false},
        {"ldap://ldap.example.com.evil/cn=x", true, false},
        {"ldap:///cn=x", false, false},
        {"ldap://[::1]/cn=x", false, false},
        {"ldap://[::2]/cn=x", true, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_retrieve_rules own = rules;
        struct sg_location location;
        own.https = rows[i].with_https;
        assert_null(sg_location_read(text_bytes(rows[i].url), &location));
        if ((sg_location_refusal(&own, &location) != NULL) != rows[i].refused)
            fail_msg("%s", rows[i].url);
    }
    struct sg_location location;
    struct signet_retrieve_rules none = {.num_ldap = 0};
    assert_null(sg_location_read(text_bytes("ldap:///cn=x"), &location));
    assert_non_null(sg_location_refusal(&none, &location));
}

static void puts_a_location_without_a_host_to_each_directory(void **state)
{
    static const char url[] = "ldap:///cn=x?certificateRevocationList";
    struct signet_span bytes = text_bytes(url);
    struct sg_location location;
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 4096);
    assert_null(sg_location_read(bytes, &location));
    assert_string_equal(sg_location_url(&arena, &rules, bytes, &location, 0),
                        "ldap://ldap.example.com/cn=x?certificateRevocationList");
    assert_string_equal(sg_location_url(&arena, &rules, bytes, &location, 1),
                        "ldaps://[::1]:6636/cn=x?certificateRevocationList");
    assert_string_equal(sg_location_url(&arena, &rules, bytes, &location, 2), "");
    bytes = text_bytes("http://a/b");
    assert_null(sg_location_read(bytes, &location));
    assert_string_equal(sg_location_url(&arena, &rules, bytes, &location, 0), "http://a/b");
    sg_arena_clear(&arena);
}

static void fills_addresses_in_so_that_they_stay_one_word(void **state)
{
    static const struct {
        const char *template, *address, *filled;
    } rows[] = {
        {"http://x/?email={address}", "alice@example.com", "http://x/?email=alice%40example.com"},
        {"http://x/{address}/{address}", "a&b=c#d", "http://x/a%26b%3Dc%23d/a%26b%3Dc%23d"},
        {"http://x/{address}", "\xc3\xa4.-_~/../..", "http://x/%C3%A4.-_~%2F..%2F.."},
        {"http://x/{address}", "{address}", "http://x/%7Baddress%7D"},
        {"http://x/", "a", "http://x/"},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 8192);
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_string_equal(sg_location_fill(&arena, rows[i].template, rows[i].address),
                            rows[i].filled);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("E-32", reads_locations), SG_TEST("E-32", refuses_what_is_no_location),
             SG_TEST("E-32 B-CRL-21", asks_only_configured_directories),
             SG_TEST("B-CDP-2", puts_a_location_without_a_host_to_each_directory),
             SG_TEST("D-RET-2", fills_addresses_in_so_that_they_stay_one_word))
