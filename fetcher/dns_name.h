/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the DNS keeps what belongs to a mail address.
 */
#ifndef SG_FETCHER_DNS_NAME_H
#define SG_FETCHER_DNS_NAME_H

#include "signet/base.h"

/* Longest text of a name: every octet may be escaped. */
enum { SG_DNS_MAX_NAME = 1100 };

/*
 * NULL, and NAME in master file form (RFC 1035 5.1) with a dot at its end; or why there is none, in
 * words.
 *
 * SMIMEA (RFC 8162 3): the SHA-256 of the local part, cut to 28 octets, in hexadecimal, then
 * "_smimecert" and the domain. The local part is hashed in UTF-8 as it is, without the quotes of a
 * quoted string; its case is not changed, since only the receiving side knows what case means.
 */
const char *sg_dns_name_smimea(const char *address, char name[SG_DNS_MAX_NAME]);
/* CERT (RFC 4398 3.1, 3.3): the local part is the first label, as in the RNAME of an SOA. */
const char *sg_dns_name_cert(const char *address, char name[SG_DNS_MAX_NAME]);

#endif
