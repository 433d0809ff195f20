/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be said of a certificate as an issuer before any path with it is judged: hints for the
 * order of the search, and faults that every path with it has.
 */
#ifndef SG_PATH_ISSUER_H
#define SG_PATH_ISSUER_H

#include "path/name_constraints.h"

/* What key identifiers say for ISSUER as the one who issued CHILD. They only order a search and
 * exclude nobody (RFC 5280 4.2.1.1, 4.2.1.2; RFC 4158 3.5). */
int sg_issuer_hint(const struct signet_certificate *child, const struct signet_certificate *issuer);

/* What ISSUER says for itself as a CA. */
int sg_issuer_score(const struct signet_certificate *issuer, signet_time now);

/* The name constraints of ISSUER alone; NULL for none, or when memory is out. */
struct sg_name_constraints *sg_issuer_constraints(struct sg_judgement *judgement,
                                                  const struct signet_certificate *issuer);

/* The worst effect among the faults of ISSUER that do not depend on the path it stands in: no path
 * with it has a milder verdict. */
enum signet_verdict sg_issuer_assess(struct sg_judgement *judgement,
                                     const struct signet_certificate *issuer);

#endif
