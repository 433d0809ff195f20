/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be asked for at all, before any library reads the URL.
 */
#ifndef SG_FETCHER_URL_H
#define SG_FETCHER_URL_H

#include "signet/base.h"

/* "http" of "http://…"; empty where there is none. */
struct signet_span sg_url_scheme(const char *url);
/* What is between "//" and the next "/", "?" or "#"; {NULL, 0} where there is no "//". */
struct signet_span sg_url_authority(const char *url);
/*
 * Why URL is not fetched, in words that follow "URL: "; NULL: it may be. No credentials (they would
 * be sent to whom a message names), no control characters or blanks (RFC 3986; and a line end would
 * write into the request), a host, and unless ALLOW_PRIVATE no address that is out of bounds and
 * no port below 1024 but those of HTTP and LDAP.
 */
const char *sg_url_refusal(const char *url, bool allow_private);

#endif
