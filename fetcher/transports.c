/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

/* What the build left out is NULL: see meson_options.txt. */
#ifdef SG_WITH_HTTP
#define HTTP &sg_transport_http
#else
#define HTTP NULL
#endif
#ifdef SG_WITH_LDAP
#define LDAP &sg_transport_ldap
#else
#define LDAP NULL
#endif
#ifdef SG_WITH_DNS
#define DNS &sg_transport_dns
#else
#define DNS NULL
#endif

const struct sg_transport *const sg_transports[SG_NUM_TRANSPORTS] = {
    [SG_TRANSPORT_HTTP] = HTTP,
    [SG_TRANSPORT_LDAP] = LDAP,
    [SG_TRANSPORT_DNS] = DNS,
};
