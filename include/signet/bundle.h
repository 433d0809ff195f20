/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles: files that hold certificates, CRLs and attribute certificates in any of the forms in
 * use, read and written (RFC 3850 4; RFC 8551 3.9).
 */
#ifndef SIGNET_BUNDLE_H
#define SIGNET_BUNDLE_H

#include "signet/pool.h"
#include "signet/scratch.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reads BYTES, which may be: a DER certificate, CRL or attribute certificate, several of them one
 * after another, PEM with any number of blocks (CERTIFICATE, X509 CERTIFICATE, ATTRIBUTE
 * CERTIFICATE, X509 CRL, PKCS7, CMS), a certs-only or any other SignedData (DER, BER, PEM, bare
 * base64), or a mail or MIME entity with parts of types that carry such objects (pkix-cert,
 * pkix-crl, pkix-attr-cert, x-x509-*-cert, pkcs7-mime and its kin). Each object found is given to
 * one of the callbacks (any may be NULL); a callback's status other than SIGNET_OK ends the reading
 * and is returned. Objects that cannot be read are counted in *NUM_BAD (may be NULL), the first
 * one's reason in ERROR (may be NULL), and reading goes on. SIGNET_ERR_PARSE: BYTES hold nothing of
 * the kind.
 */
struct signet_bundle_callbacks {
    enum signet_status (*certificate)(void *context, struct signet_certificate *certificate);
    /* Where it is set, in place of the other: the octets of what should be a certificate, which are
     * there until it returns. Is it none, SIGNET_ERR_PARSE with ERROR set is counted and reading
     * goes on. */
    enum signet_status (*certificate_octets)(void *context, struct signet_span der,
                                             struct signet_parse_error *error);
    enum signet_status (*crl)(void *context, struct signet_crl *crl);
    enum signet_status (*attribute_certificate)(void *context,
                                                struct signet_attribute_certificate *certificate);
    void *context;
    /* BYTES stay where they are, unchanged, as long as any CRL that was given out: then CRLs that
     * lie in them as DER, which may have many megabytes, are not copied. */
    bool bytes_stay;
    /* Where PEM and base64 of more than SIGNET_SCRATCH_MIN_LEN are decoded to; a CRL keeps its file
     * as long as it lives, and so must *SCRATCH. NULL: to the heap. */
    const struct signet_scratch *scratch;
    /* Set before each call to the octet of BYTES where the object begins, as near as that can be
     * said: its PEM block, the CMS object or the part of a mail that holds it. May be NULL. */
    size_t *place;
};
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_bundle_read(struct signet_span bytes, const struct signet_bundle_callbacks *callbacks,
                   size_t *num_bad, struct signet_parse_error *error);

/* The same into a pool: certificates (as intermediates), CRLs and attribute certificates. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_bundle(struct signet_pool *pool, struct signet_span bytes, size_t *num_bad,
                       struct signet_parse_error *error);

/* The same, every certificate as an anchor on TERMS, as in signet_pool_add_anchor (CRLs are added
 * as CRLs). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_anchor_bundle(struct signet_pool *pool, struct signet_span bytes,
                              const struct signet_anchor_terms *terms, size_t *num_bad,
                              struct signet_parse_error *error);

/* What to write. The octets of each object go out as they came in; their order means nothing, and
 * one that is given twice goes out once. */
struct signet_bundle {
    const struct signet_certificate *const *certificates;
    size_t num_certificates;
    const struct signet_crl *const *crls;
    size_t num_crls;
    const struct signet_attribute_certificate *const *attribute_certificates;
    size_t num_attribute_certificates;
};

enum signet_bundle_form {
    SIGNET_BUNDLE_CERTS_ONLY = 0,  /* *.p7c: SignedData in DER without content and signers */
    SIGNET_BUNDLE_CERTS_ONLY_PEM,  /* the same as one PEM block with the label PKCS7 */
    SIGNET_BUNDLE_CERTS_ONLY_MIME, /* the same as an application/pkcs7-mime entity in base64; header
                                      fields of a mail may be put in front of it */
    SIGNET_BUNDLE_PEM,             /* a PEM block for each, below a line that names it */
    SIGNET_BUNDLE_DER              /* one object, bare */
};

/*
 * Writes BUNDLE to SINK. SIGNET_ERR_ARGUMENT, nothing written and *REFUSAL (may be NULL) a static
 * sentence that says why: nothing is to be written; not exactly one object for
 * SIGNET_BUNDLE_DER; an attribute certificate of version 1, which must not be sent (RFC 3850
 * 2.2.1); an excerpt of a CRL.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_bundle_write(const struct signet_bundle *bundle, enum signet_bundle_form form,
                    const struct signet_sink *sink, const char **refusal);

#ifdef __cplusplus
}
#endif

#endif
