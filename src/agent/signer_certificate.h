/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer's certificate: every one that the signer identifier names is tried before failing (RFC
 * 3851 2.6), and the one that made the signature and has the best path is it.
 */
#ifndef SG_AGENT_SIGNER_CERTIFICATE_H
#define SG_AGENT_SIGNER_CERTIFICATE_H

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

/* Its key made the signature, and the signature does not name another certificate. */
static inline bool sg_signer_certificate_holds(const struct sg_signer_certificate *certificate)
{
    return certificate->computed && certificate->key == SG_KEY_OK &&
           certificate->signature == SG_SIGNATURE_VALID && certificate->ess != SG_ESS_MISMATCH;
}

/* The same as GOOD, BAD, or UNKNOWN where the arithmetic cannot be done. */
enum signet_verdict sg_signer_certificate_verdict(const struct sg_signer_certificate *certificate);

/* Adds what the arithmetic and the attributes say against the certificate found. */
void sg_signer_certificate_check(const struct sg_signer_info *signer,
                                 const struct sg_signer_certificate *certificate,
                                 struct sg_findings *findings);

/*
 * Finds it in the judgement's pool. VERIFY: the content is at hand, so the arithmetic can be done;
 * else the fact stays VALID and means nothing. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_signer_certificate_find(struct sg_judgement *judgement,
                                                  const struct sg_signer_info *signer,
                                                  const struct sg_signer_content *content,
                                                  bool verify, struct sg_signer_certificate *out);

#endif
