/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Delta CRLs: which one may be put on a complete CRL (RFC 5280 5.2.4, 6.3.3 (c), (h)). Within
 * src/path only.
 */
#ifndef SG_PATH_DELTA_H
#define SG_PATH_DELTA_H

#include "path/crl_choice.h"
#include "path/crl_signer.h"

/*
 * The latest of CHOICE's deltas that fits COMPLETE and was made by SIGNER, its signer; NULL for
 * none. Deltas that do not fit are told of, as refused CRLs are. Where freshestCRL points is of no
 * matter: it serves retrieval, and a delta at hand has been retrieved.
 */
const struct signet_crl *sg_delta_find(struct sg_status_search *search,
                                       const struct sg_crl_choice *choice,
                                       const struct signet_crl *complete,
                                       const struct sg_crl_signer *signer);

#endif
