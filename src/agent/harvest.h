/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking along what a SignedData brings: certificates, CRLs and attribute certificates go into the
 * message's pool, in any number and order (RFC 3850 2.1, 2.3); kinds that are not used are told
 * (RFC 3850 1.4, 2.2.1).
 */
#ifndef SG_AGENT_HARVEST_H
#define SG_AGENT_HARVEST_H

#include "cms/enveloped_data.h"
#include "cms/signed_data.h"
#include "finding/finding.h"
#include "signet/pool.h"

/* Objects that cannot be read are told and passed over. SIGNET_ERR_MEMORY: memory is out. */
SIGNET_MUST_CHECK enum signet_status sg_harvest(const struct sg_signed_data *signed_data,
                                                struct signet_pool *pool,
                                                struct sg_findings *findings);

/* The same for the OriginatorInfo of what is encrypted (RFC 5652 6.1). */
SIGNET_MUST_CHECK enum signet_status sg_harvest_originator(const struct sg_enveloped_data *data,
                                                           struct signet_pool *pool,
                                                           struct sg_findings *findings);

#endif
