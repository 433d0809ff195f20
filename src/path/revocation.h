/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Revocation by CRLs (RFC 5280 6.3): the status of each certificate of a path, with the CRL that
 * decided.
 */
#ifndef SG_PATH_REVOCATION_H
#define SG_PATH_REVOCATION_H

#include "path/validate.h"

enum sg_revocation_state {
    SG_REVOCATION_NOT_CHECKED = 0,
    SG_REVOCATION_GOOD,
    SG_REVOCATION_REVOKED,
    SG_REVOCATION_UNDETERMINED
};

struct sg_revocation_status {
    enum sg_revocation_state state;
    const struct signet_crl *crl;   /* that decided; NULL where none did */
    const struct signet_crl *delta; /* that was applied to it, or NULL */
    signet_time revocation_date;    /* REVOKED: */
    int reason;
    signet_time invalidity_date;
};

/* Endless recursion is cut here: the path of a CRL's signer has certificates whose status needs
 * CRLs … (B-CRL-21) */
#define SG_REVOCATION_MAX_DEPTH 4

/*
 * Determines the status of every certificate of PATH (not the anchor) at policy->time and adds the
 * findings: CERT_REVOKED, REV_UNAVAILABLE, CRL_INVALID, CRL_EXPIRED, told apart (RFC 3850 5);
 * causes that another CRL settled are kept as information. With revocation off adds REV_OFF once
 * and checks nothing. FINDINGS has what validation found: where that leaves the path undecided or
 * bad, needs are not said to be anchored. STATUSES has path->num items, in the arena; NULL: memory
 * is out. DEPTH is 0 for a caller's path.
 */
struct sg_revocation_status *sg_revocation_check(struct sg_judgement *judgement,
                                                 const struct sg_path *path, unsigned depth,
                                                 struct sg_findings *findings);

#endif
