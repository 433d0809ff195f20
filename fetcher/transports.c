/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

/* NULL where the build left one out: see meson_options.txt. */
const struct sg_transport *const sg_transports[SG_NUM_TRANSPORTS] = {
#ifdef SG_WITH_HTTP
    [SG_TRANSPORT_HTTP] = &sg_transport_http,
#endif
#ifdef SG_WITH_LDAP
    [SG_TRANSPORT_LDAP] = &sg_transport_ldap,
#endif
#ifdef SG_WITH_DNS
    [SG_TRANSPORT_DNS] = &sg_transport_dns,
#endif
};
