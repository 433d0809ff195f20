/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pool: certificates, CRLs and anchors at hand, in any number and order (RFC 3850 2.3). Being in
 * a pool is not being trusted: only anchors are, and only what the caller adds as an anchor is one.
 */
#ifndef SIGNET_POOL_H
#define SIGNET_POOL_H

#include "signet/anchor.h"
#include "signet/attribute_certificate.h"
#include "signet/binding.h"
#include "signet/certificate.h"
#include "signet/crl.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_pool;

/*
 * A new pool that also sees all that PARENT holds (NULL for none), so that a message's own
 * certificates go into a pool of its own above a long-lived one. PARENT must outlive it. NULL:
 * memory is out.
 *
 * A pool only grows. It may grow while a result that was judged with it is kept, between two calls
 * about that result: signet_message_result_update and signet_path_result_update judge with what was
 * added. Nothing may be added during a call, as by another thread.
 */
SIGNET_API SIGNET_MUST_CHECK struct signet_pool *signet_pool_new(const struct signet_pool *parent);
SIGNET_API void signet_pool_free(struct signet_pool *pool); /* NULL is legal */

/* Adds a reference. Adding the same octets again is no error and changes nothing. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_certificate(struct signet_pool *pool, const struct signet_certificate *certificate);

/*
 * The same for the certificate with the octets DER, of which a copy is taken; it is read when a
 * judgement comes to it, which takes a third of the memory where few of many are needed.
 * SIGNET_ERR_PARSE sets ERROR (may be NULL), as signet_certificate_parse does.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_certificate_octets(struct signet_pool *pool, struct signet_span der,
                                   struct signet_parse_error *error);

SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_pool_add_crl(struct signet_pool *pool,
                                                                    const struct signet_crl *crl);

/*
 * Makes CERTIFICATE an anchor: its name and key are trusted, whatever else it says (RFC 5280 6.1.1
 * (d)), on TERMS, of which a copy is taken; NULL: those of signet_anchor_terms_init. Added again to
 * the same pool, the later terms replace the earlier ones; an anchor of a parent stays as it is
 * and the new one stands beside it. SIGNET_ERR_ARGUMENT: subtrees or a policy in TERMS are none.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_anchor(struct signet_pool *pool, const struct signet_certificate *certificate,
                       const struct signet_anchor_terms *terms);

/* The same for an anchor as name and key: DER of Name and of SubjectPublicKeyInfo, copied.
 * SIGNET_ERR_PARSE sets ERROR (may be NULL). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_anchor_key(struct signet_pool *pool, struct signet_span name,
                           struct signet_span spki, const struct signet_anchor_terms *terms,
                           struct signet_parse_error *error);

/*
 * Says that the certificate of this fingerprint, which need not be in the pool, belongs to ADDRESS
 * (copied). What the user said counts as if the certificate named the address (RFC 3850 3), and
 * pins one that has no path (E-39). The other kinds are verdicts' own offspring and never
 * influence one. Of several kinds for one address the strongest holds. SIGNET_ERR_ARGUMENT: SHA256
 * is not 32 octets, or ADDRESS is no addr-spec.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_binding(struct signet_pool *pool, struct signet_span sha256, const char *address,
                        enum signet_binding_kind kind);

/* Makes CERTIFICATE acceptable as an intermediate CA although it is v1 or v2 (RFC 5280 6.1.4 (k),
 * E-8). Also adds it. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_pin_ca(struct signet_pool *pool, const struct signet_certificate *certificate);

/*
 * Makes CERTIFICATE one whose attribute certificates are believed (RFC 5755 5, "directly trusted"),
 * provided that its own path holds, too. Also adds it. It is no anchor for that.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_attribute_authority(struct signet_pool *pool,
                                    const struct signet_certificate *certificate);

/* Adds a reference, as above. Only what judges attributes looks at it (signet/attribute.h). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pool_add_attribute_certificate(struct signet_pool *pool,
                                      const struct signet_attribute_certificate *certificate);

/* What this pool and its parents hold. */
SIGNET_API size_t signet_pool_num_certificates(const struct signet_pool *pool);
SIGNET_API size_t signet_pool_num_crls(const struct signet_pool *pool);
SIGNET_API size_t signet_pool_num_anchors(const struct signet_pool *pool);
SIGNET_API size_t signet_pool_num_attribute_certificates(const struct signet_pool *pool);
SIGNET_API size_t signet_pool_num_bindings(const struct signet_pool *pool);

#ifdef __cplusplus
}
#endif

#endif
