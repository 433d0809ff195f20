/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing: SignerInfos over a content, and the SignedData around them (RFC 5652 5, RFC 8551 2).
 */
#ifndef SG_CMS_SIGNER_WRITE_H
#define SG_CMS_SIGNER_WRITE_H

#include "cms/signed_data_write.h"
#include "crypto/signature_algorithm_write.h"
#include "x509/certificate.h"

struct sg_new_signer {
    const struct signet_key *key;
    const struct signet_certificate *certificate; /* for KEY: signet_key_matches */
    bool by_key_id; /* names the certificate by its subjectKeyIdentifier, which it has */
    struct sg_signature_wish wish;
    signet_time signing_time;        /* SIGNET_TIME_UNKNOWN: left out */
    struct signet_span capabilities; /* as in sg_new_attributes, as is ENCRYPT_TO */
    const struct signet_certificate *encrypt_to;
};

struct sg_signing {
    const struct sg_new_signer *signers;
    size_t num_signers;
    struct sg_elements certificates, attribute_certificates,
        crls; /* to go along; sorted in place */
    enum sg_oid content_type;
    const struct signet_span *content; /* the octets that are signed, canonical, in pieces */
    size_t num_content;
    /* Of that content, where it was computed already, by the type that all signers use; NULL. Then
     * a detached content need not be at hand. */
    const struct sg_digest_value *digest;
    bool detached; /* the content is not in the object */
};

/*
 * Signs and writes the ContentInfo to SINK. Nothing is written unless every signature was made.
 * SIGNET_ERR_ARGUMENT: there is no signer, a key does not sign in the way that is wished, or a
 * certificate to be named by its key identifier has none, the digest given is of another type, or
 * an attribute certificate is of version 1 (RFC 3850 2.2.1). SIGNET_ERR_CRYPTO: a key did not sign;
 * *ANSWER (may be NULL) says why.
 */
SIGNET_MUST_CHECK enum signet_status sg_signed_data_sign(struct sg_crypto *crypto,
                                                         struct sg_signing *signing,
                                                         const struct signet_sink *sink,
                                                         enum sg_key_answer *answer);

#endif
