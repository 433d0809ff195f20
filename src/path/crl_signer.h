/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who signed a CRL, and whether that is proven under the anchor of the path whose certificates it
 * answers for (RFC 5280 6.3.3 (f), (g); RFC 10007). Within src/path only.
 */
#ifndef SG_PATH_CRL_SIGNER_H
#define SG_PATH_CRL_SIGNER_H

#include "path/status.h"

/* The key that signed a CRL. Its delta CRLs must be signed by the same (5.2.4). */
struct sg_crl_signer {
    const struct sg_spki *spki;
    struct signet_span parameters; /* inherited ones, for sg_fact_verify */
};

/*
 * Finds the signer of CRL, which is in scope: in the path above the certificate, where the path's
 * own validation vouches for it, or in the pool, where a path of its own must. Adds to *FINDINGS
 * what is to be said of a signer that is accepted, or why there is none. False: none; also when
 * memory or the budget (search->limit) is out.
 */
SIGNET_MUST_CHECK bool sg_crl_signer_find(struct sg_status_search *search,
                                          const struct signet_crl *crl,
                                          struct sg_findings *findings,
                                          struct sg_crl_signer *signer);

/* SIGNER's key made the signature of CRL. */
SIGNET_MUST_CHECK bool sg_crl_signer_made(struct sg_status_search *search,
                                          const struct sg_crl_signer *signer,
                                          const struct signet_crl *crl);

#endif
