/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's certificate: every one that the signer identifier names is tried before failing (RFC
 * 3851 2.6), and the one that made the signature and has the best path is it.
 */
#ifndef SG_AGENT_SIGNER_CERTIFICATE_H
#define SG_AGENT_SIGNER_CERTIFICATE_H

#include "agent/address_match.h"
#include "cms/signer.h"
#include "path/build.h"

struct sg_signer_certificate {
    const struct signet_certificate *certificate; /* NULL: none at hand */
    bool computed;    /* the arithmetic was done: KEY and SIGNATURE are set */
    bool over_budget; /* it was not, for want of budget */
    enum sg_key_check key;
    enum sg_signature_check signature; /* meaningful when the key is SG_KEY_OK */
    bool unsorted;                     /* only over the attributes in the order received */
    enum sg_ess_match ess;
    struct sg_path_result paths;
    struct sg_findings findings; /* of its best path and its use */
};

/*
 * Integrity alone, GOOD, BAD or UNKNOWN: CHECKS_HOLD and FINDINGS are the outcome of
 * sg_signer_check, before others are added. What cannot be computed is UNKNOWN, never BAD
 * (B-ALG-8).
 */
enum signet_verdict sg_signer_signature_verdict(bool checks_hold,
                                                const struct sg_findings *findings,
                                                const struct sg_signer_certificate *certificate);

/* Adds what the arithmetic and the attributes say against the certificate found. */
void sg_signer_certificate_check(const struct sg_signer_info *signer,
                                 const struct sg_signer_certificate *certificate,
                                 struct sg_findings *findings);

/*
 * Finds it in the judgement's pool. VERIFY: the content is at hand, so the arithmetic can be done;
 * else the fact stays VALID and means nothing. SENDER, NULL where it does not matter, is whom a
 * certificate may be pinned for. What was computed in an earlier round is not computed again.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_signer_certificate_find(struct sg_judgement *judgement,
                                                  const struct sg_signer_info *signer,
                                                  const struct sg_signer_content *content,
                                                  const struct sg_sender *sender, bool verify,
                                                  struct sg_signer_certificate *out);

#endif
