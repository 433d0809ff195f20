/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/address_guard.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

/* WORDS: of what it is; NULL: an address of the public Internet. */
static const struct {
    const char *address, *words;
} addresses[] = {
    {"0.0.0.0", "this network"},
    {"0.255.255.255", "this network"},
    {"1.0.0.0", NULL},
    {"9.255.255.255", NULL},
    {"10.0.0.0", "private"},
    {"10.255.255.255", "private"},
    {"11.0.0.0", NULL},
    {"100.63.255.255", NULL},
    {"100.64.0.0", "shared"},
    {"100.127.255.255", "shared"},
    {"100.128.0.0", NULL},
    {"126.255.255.255", NULL},
    {"127.0.0.1", "loopback"},
    {"127.255.255.255", "loopback"},
    {"128.0.0.0", NULL},
    {"169.253.255.255", NULL},
    {"169.254.169.254", "link-local"},
    {"169.255.0.0", NULL},
    {"172.15.255.255", NULL},
    {"172.16.0.0", "private"},
    {"172.31.255.255", "private"},
    {"172.32.0.0", NULL},
    {"192.0.0.8", "protocols"},
    {"192.0.1.0", NULL},
    {"192.0.2.1", "documentation"},
    {"192.88.99.1", "6to4"},
    {"192.167.255.255", NULL},
    {"192.168.0.0", "private"},
    {"192.169.0.0", NULL},
    {"198.17.255.255", NULL},
    {"198.18.0.0", "benchmarks"},
    {"198.19.255.255", "benchmarks"},
    {"198.20.0.0", NULL},
    {"198.51.100.7", "documentation"},
    {"203.0.113.7", "documentation"},
    {"223.255.255.255", NULL},
    {"224.0.0.1", "multicast"},
    {"239.255.255.255", "multicast"},
    {"240.0.0.0", "reserved"},
    {"255.255.255.255", "broadcast"},
    {"::", "unspecified"},
    {"::1", "loopback"},
    {"::2", "IPv4-compatible"},
    {"::8.8.8.8", "IPv4-compatible"},
    {"::ffff:127.0.0.1", "loopback"},
    {"::ffff:10.1.2.3", "private"},
    {"::ffff:8.8.8.8", NULL},
    {"::ffff:0:169.254.0.1", "link-local"},
    {"64:ff9b::127.0.0.1", "loopback"},
    {"64:ff9b::192.168.1.1", "private"},
    {"64:ff9b::8.8.8.8", NULL},
    {"64:ff9b:1::8.8.8.8", "local translation"},
    {"64:ff9b:2::", "not a global unicast"},
    {"100::1", "discarding"},
    {"100:0:0:1::", "not a global unicast"},
    {"2001::1", "Teredo"},
    {"2001:1::1", "protocols"},
    {"2001:1ff::", "protocols"},
    {"2001:200::", NULL},
    {"2001:db8::1", "documentation"},
    {"2001:db9::1", NULL},
    {"2002:7f00:1::", "loopback"},
    {"2002:a01:203::1", "private"},
    {"2002:808:808::1", NULL},
    {"2606:4700::1", NULL},
    {"3ffe::1", NULL},
    {"3fff:0fff::", "documentation"},
    {"3fff:1000::", NULL},
    {"4000::1", "not a global unicast"},
    {"5f00::1", "segment routing"},
    {"8000::1", "not a global unicast"},
    {"fbff::1", "not a global unicast"},
    {"fc00::1", "private"},
    {"fdff::1", "private"},
    {"fe7f::1", "not a global unicast"},
    {"fe80::1", "link-local"},
    {"febf::1", "link-local"},
    {"fec0::1", "site-local"},
    {"ff02::1", "multicast"},
};

static const char *find(const char *text)
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1)
        return sg_address_guard_find((const struct sockaddr *)&ipv4, sizeof ipv4);
    assert_int_equal(inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1);
    return sg_address_guard_find((const struct sockaddr *)&ipv6, sizeof ipv6);
}

static void check(const char *address, const char *got, const char *words)
{
    bool right = words == NULL ? got == NULL : got != NULL && strstr(got, words) != NULL;
    if (!right)
        fail_msg("%s: \"%s\", expected \"%s\"", address, got != NULL ? got : "(public)",
                 words != NULL ? words : "(public)");
}

static void tells_what_an_address_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(addresses); i++) {
        check(addresses[i].address, find(addresses[i].address), addresses[i].words);
        check(addresses[i].address, sg_address_guard_find_text(addresses[i].address),
              addresses[i].words);
    }
}

static void refuses_what_is_no_internet_address(void **state)
{
    struct sockaddr local = {.sa_family = AF_UNIX};
    struct sockaddr_in cut = {.sin_family = AF_INET};
    (void)state;
    assert_non_null(sg_address_guard_find(&local, sizeof local));
    assert_non_null(sg_address_guard_find((const struct sockaddr *)&cut, sizeof cut - 1));
    assert_non_null(sg_address_guard_find((const struct sockaddr *)&cut, sizeof(sa_family_t)));
}

static void a_name_is_no_address(void **state)
{
    static const char *const names[] = {"",          "localhost", "127.1", "example.com",
                                        "1.2.3.4.5", "::1%lo"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++)
        assert_null(sg_address_guard_find_text(names[i]));
}

static void every_range_holds_its_own_first_address(void **state)
{
    size_t num;
    const struct sg_address_range *range = sg_address_guard_ranges(&num);
    (void)state;
    assert_true(num > 0);
    for (; num > 0; num--, range++) {
        char text[INET6_ADDRSTRLEN];
        assert_non_null(inet_ntop(range->family, range->prefix, text, sizeof text));
        assert_non_null(find(text));
        assert_true(range->bits <= (range->family == AF_INET ? 32U : 128U));
    }
}

SG_TEST_MAIN(SG_TEST("D-REV-4 D-PATH-2", tells_what_an_address_is),
             SG_TEST("D-REV-4", refuses_what_is_no_internet_address),
             SG_TEST("", a_name_is_no_address),
             SG_TEST("", every_range_holds_its_own_first_address))
