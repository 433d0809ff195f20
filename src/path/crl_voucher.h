/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a certificate that signed a CRL, and is not in the path that the CRL is asked about, is
 * proven under that path's anchor (RFC 5280 6.3.3 (f)): a path of its own, with the status of each
 * certificate, whose CRLs have signers in turn (B-CRL-21). Found out once for each CRL and signer.
 * Within src/path only.
 */
#ifndef SG_PATH_CRL_VOUCHER_H
#define SG_PATH_CRL_VOUCHER_H

#include "path/status.h"

enum sg_crl_voucher_state {
    SG_VOUCHER_UNKNOWN = 0, /* the search was cut short; elsewhere the answer may be another */
    SG_VOUCHER_PENDING,     /* being found out right now, further up the stack */
    SG_VOUCHER_SOUND,
    SG_VOUCHER_WEAK, /* sound but for a short key or an old digest on the way */
    SG_VOUCHER_FAILED
};

struct sg_crl_voucher {
    const struct signet_crl *crl;
    const struct signet_certificate *certificate;
    const struct sg_anchor *anchor;
    signet_time time; /* for which the path is judged */
    enum sg_crl_voucher_state state;
    bool by_itself;                /* the status of certificate rests on crl */
    struct signet_span parameters; /* for sg_fact_verify with the key of certificate */
    /* UNKNOWN, PENDING, FAILED: why nobody may rely on it; in words, escaped, or "". */
    enum sg_kind fault;
    const char *why;
};

/*
 * *OUT: what vouches for CERTIFICATE as the signer of CRL, which is asked about the certificate of
 * SEARCH. PENDING where that would be a circle; but if it is CERTIFICATE itself that CRL is asked
 * about, CRL may answer, and SOUND is returned. Sets search->limit when the budget left it open.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_crl_voucher_get(struct sg_status_search *search,
                                          const struct signet_crl *crl,
                                          const struct signet_certificate *certificate,
                                          struct sg_crl_voucher *out);

#endif
