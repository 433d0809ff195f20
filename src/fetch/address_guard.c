/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* The registries of special-purpose addresses (RFC 6890 and what IANA added since), the multicast
 * ranges, and what IPv6 has not given out. The first row that fits tells. */
static const struct sg_address_range ranges[] = {
    {AF_INET, {0}, 8, "an address of \"this network\" (RFC 1122)"},
    {AF_INET, {10}, 8, "a private address (RFC 1918)"},
    {AF_INET, {100, 64}, 10, "an address shared behind a provider's NAT (RFC 6598)"},
    {AF_INET, {127}, 8, "a loopback address"},
    {AF_INET, {169, 254}, 16, "a link-local address"},
    {AF_INET, {172, 16}, 12, "a private address (RFC 1918)"},
    {AF_INET, {192, 0, 0}, 24, "an address for protocols (RFC 6890)"},
    {AF_INET, {192, 0, 2}, 24, "an address for documentation (RFC 5737)"},
    {AF_INET, {192, 88, 99}, 24, "a 6to4 relay (RFC 7526)"},
    {AF_INET, {192, 168}, 16, "a private address (RFC 1918)"},
    {AF_INET, {198, 18}, 15, "an address for benchmarks (RFC 2544)"},
    {AF_INET, {198, 51, 100}, 24, "an address for documentation (RFC 5737)"},
    {AF_INET, {203, 0, 113}, 24, "an address for documentation (RFC 5737)"},
    {AF_INET, {224}, 4, "a multicast address"},
    {AF_INET, {255, 255, 255, 255}, 32, "the broadcast address"},
    {AF_INET, {240}, 4, "a reserved address (RFC 1112)"},
    {AF_INET6, {0}, 128, "the unspecified address"},
    {AF_INET6, {[15] = 1}, 128, "a loopback address"},
    {AF_INET6, {0}, 96, "an IPv4-compatible address (RFC 4291)"},
    {AF_INET6, {0, 0x64, 0xff, 0x9b, 0, 1}, 48, "an address for local translation (RFC 8215)"},
    {AF_INET6, {0x01}, 64, "an address for discarding (RFC 6666)"},
    {AF_INET6, {0x20, 0x01, 0, 0}, 32, "a Teredo address (RFC 4380)"},
    {AF_INET6, {0x20, 0x01, 0x0d, 0xb8}, 32, "an address for documentation (RFC 3849)"},
    {AF_INET6, {0x20, 0x01, 0}, 23, "an address for protocols (RFC 2928)"},
    {AF_INET6, {0x3f, 0xff, 0}, 20, "an address for documentation (RFC 9637)"},
    {AF_INET6, {0x5f, 0}, 16, "a segment routing identifier (RFC 9602)"},
    {AF_INET6, {0xfc}, 7, "a private address (RFC 4193)"},
    {AF_INET6, {0xfe, 0x80}, 10, "a link-local address"},
    {AF_INET6, {0xfe, 0xc0}, 10, "a site-local address (RFC 3879)"},
    {AF_INET6, {0xff}, 8, "a multicast address"},
    /* All but 2000::/3, in which lies everything that has been given out. */
    {AF_INET6, {0x00}, 3, "not a global unicast address"},
    {AF_INET6, {0x40}, 2, "not a global unicast address"},
    {AF_INET6, {0x80}, 1, "not a global unicast address"},
};

enum { NUM_RANGES = sizeof ranges / sizeof ranges[0] };

/* IPv6 addresses with an IPv4 address inside, which is where packets end up. */
static const struct embedding {
    uint8_t prefix[16];
    unsigned bits;
    size_t at;
} embeddings[] = {
    {{[10] = 0xff, [11] = 0xff}, 96, 12}, /* ::ffff:0:0/96, RFC 4291 2.5.5.2 */
    {{0, 0x64, 0xff, 0x9b}, 96, 12},      /* 64:ff9b::/96, RFC 6052 */
    {{[8] = 0xff, 0xff, 0, 0}, 96, 12},   /* ::ffff:0:0:0/96, RFC 2765 */
    {{0x20, 0x02}, 16, 2},                /* 2002::/16, RFC 3056 */
};

static bool has_prefix(const uint8_t *octets, const uint8_t *prefix, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;
    if (memcmp(octets, prefix, whole) != 0)
        return false;
    return rest == 0 || ((octets[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

static const char *find_range(int family, const uint8_t *octets)
{
    for (size_t i = 0; i < NUM_RANGES; i++) {
        if (ranges[i].family == family && has_prefix(octets, ranges[i].prefix, ranges[i].bits))
            return ranges[i].what;
    }
    return NULL;
}

static const char *find_ipv6(const uint8_t octets[16])
{
    for (size_t i = 0; i < sizeof embeddings / sizeof embeddings[0]; i++) {
        const struct embedding *embedding = &embeddings[i];
        if (has_prefix(octets, embedding->prefix, embedding->bits))
            return find_range(AF_INET, octets + embedding->at);
    }
    return find_range(AF_INET6, octets);
}

const char *sg_address_guard_find(const struct sockaddr *address, socklen_t len)
{
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
    if (len >= sizeof ipv4 && address->sa_family == AF_INET) {
        memcpy(&ipv4, address, sizeof ipv4);
        return find_range(AF_INET, (const uint8_t *)&ipv4.sin_addr);
    }
    if (len >= sizeof ipv6 && address->sa_family == AF_INET6) {
        memcpy(&ipv6, address, sizeof ipv6);
        return find_ipv6(ipv6.sin6_addr.s6_addr);
    }
    return "not an Internet address";
}

const char *sg_address_guard_find_text(const char *text)
{
    uint8_t octets[16];
    if (inet_pton(AF_INET, text, octets) == 1)
        return find_range(AF_INET, octets);
    if (inet_pton(AF_INET6, text, octets) == 1)
        return find_ipv6(octets);
    return NULL;
}

const struct sg_address_range *sg_address_guard_ranges(size_t *num)
{
    *num = NUM_RANGES;
    return ranges;
}
