/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One signer of a SignedData: which certificate it names, whether its attributes hold, whether its
 * signature verifies (RFC 5652 5.3 to 5.6, 11; RFC 5035 5; RFC 6211; RFC 8933). Says nothing of
 * trust.
 */
#ifndef SG_CMS_SIGNER_H
#define SG_CMS_SIGNER_H

#include "cms/signed_data.h"
#include "crypto/signature.h"
#include "finding/finding.h"
#include "x509/certificate.h"

/* CERTIFICATE is one that the sid names: issuer (by B-DN rules) and serial, or subjectKeyIdentifier
 * (for a certificate without that extension: SHA-1 of its key bits, RFC 5280 4.2.1.2 (1)). Several
 * may be (C-SI-2). */
bool sg_signer_names(struct sg_crypto *crypto, const struct sg_signer_info *signer,
                     const struct signet_certificate *certificate);

/* What the signature says about the certificate it was made with (signingCertificate,
 * signingCertificateV2). */
enum sg_ess_match { /* the worse of the two attributes, in this order */
                    SG_ESS_ABSENT,
                    SG_ESS_MATCH,
                    SG_ESS_UNREADABLE, /* not its syntax, more than once, or by a digest that is not
                                          supported */
                    SG_ESS_MISMATCH,
                    SG_ESS_NO_MEMORY
};
enum sg_ess_match sg_signer_ess_match(struct sg_crypto *crypto, const struct sg_signer_info *signer,
                                      const struct signet_certificate *certificate);

/* Adds what MATCH means for the signer with the certificate that was chosen at last. */
void sg_signer_check_ess(enum sg_ess_match match, struct sg_findings *findings);

/* The digest that the content needs for this signer: what digestAlgorithm says. */
struct sg_signer_content {
    enum sg_oid type; /* eContentType; SG_OID_CT_DATA for a detached MIME part */
    struct signet_span type_octets;
    const struct sg_digest_value
        *digest;               /* of the content by signer->digest; NULL when not supported */
    struct signet_span octets; /* the content itself where at hand as one span; EdDSA without signed
                                  attributes and the attribute-confusion check (C-SI-6) need it */
    bool is_countersignature;  /* contentType must be absent (RFC 5652 11.4) */
};

/*
 * The rules that need no key: attributes present, single-valued, once each, contentType and
 * messageDigest right, algorithm protection, signed attributes required unless id-data, one digest
 * algorithm, algorithm known. Adds findings (object SIGNER); returns false when one of them makes
 * the signature bad or undecidable whatever the key. SIGNED_DATA is NULL for a countersignature,
 * whose digest algorithm needs no announcement.
 */
bool sg_signer_check(const struct sg_signed_data *signed_data, const struct sg_signer_info *signer,
                     const struct sg_signer_content *content, struct sg_findings *findings);

/* The signature arithmetic under KEY. *UNSORTED: it verified only over the attributes in the order
 * received. */
SIGNET_MUST_CHECK enum sg_signature_check sg_signer_verify(struct sg_crypto *crypto,
                                                           const struct sg_signer_info *signer,
                                                           const struct sg_signer_content *content,
                                                           const struct sg_public_key *key,
                                                           bool *unsorted);

/* Adds what RESULT and UNSORTED of sg_signer_verify mean. */
void sg_signer_check_signature(const struct sg_signer_info *signer, enum sg_signature_check result,
                               bool unsorted, struct sg_findings *findings);

/* WEAK_ALG for weak digests in use (content digest and signature digest), NONCONFORMING for odd
 * parameters. */
void sg_signer_check_strength(const struct sg_signer_info *signer, struct sg_findings *findings);

/* signingTime, claimed by the signer and never believed (RFC 3850 5). SIGNET_TIME_UNKNOWN when
 * absent or unreadable. */
signet_time sg_signer_claimed_time(const struct sg_signer_info *signer);

/* "SHA-256 with RSA" and the like for the strength line; in the arena. */
const char *sg_signer_algorithm_text(const struct sg_signer_info *signer, struct sg_arena *arena);

#endif
