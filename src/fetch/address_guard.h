/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which addresses are not on the public Internet. What a message names must not lead to them: a
 * certificate's URL that resolves to 127.0.0.1 or to a printer would make the reader of mail an
 * attacker's hand inside of a network.
 */
#ifndef SG_FETCH_ADDRESS_GUARD_H
#define SG_FETCH_ADDRESS_GUARD_H

#include "signet/base.h"

#include <sys/socket.h>

struct sg_address_range {
    int family; /* AF_INET, AF_INET6 */
    uint8_t prefix[16];
    unsigned bits;
    const char *what; /* "a loopback address" */
};

/*
 * What ADDRESS is, "a loopback address"; NULL for one of the public Internet. IPv6 addresses that
 * stand for an IPv4 one (mapped, NAT64, 6to4) are judged by it. Another family is "not an Internet
 * address".
 */
const char *sg_address_guard_find(const struct sockaddr *address, socklen_t len);
/* The same for the text of an address, "127.0.0.1" or "::1"; NULL as well for what is none. */
const char *sg_address_guard_find_text(const char *text);
/* All ranges, for those that have filters of their own. */
const struct sg_address_range *sg_address_guard_ranges(size_t *num);

#endif
