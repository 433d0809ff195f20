/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing mail and files (RFC 3850 2.2, 2.3, 3, 4.4; RFC 8551 2.5, 3.5). Nothing is written before
 * it is known that a recipient will believe it: a plan says by which certificate would be signed,
 * why, what would go along, and every reason against it; only a plan without one can be carried
 * out.
 */
#ifndef SIGNET_SIGN_H
#define SIGNET_SIGN_H

#include "signet/attribute_certificate.h"
#include "signet/key.h"
#include "signet/message.h"
#include "signet/send_error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_sign_form {
    SIGNET_SIGN_CLEAR = 0, /* multipart/signed: everybody can read it */
    SIGNET_SIGN_OPAQUE,    /* application/pkcs7-mime; smime-type=signed-data */
    /* A bare CMS object in DER over octets as they are, which need be no mail: without the octets
     * in it, or with them. */
    SIGNET_SIGN_BARE,
    SIGNET_SIGN_BARE_OPAQUE
};

/* "clear", "opaque", "bare", "bare-opaque". */
SIGNET_API const char *signet_sign_form_name(enum signet_sign_form form);

/* Reasons against signing that the caller may set aside, one bit each. */
#define SIGNET_FORCE_ADDRESS    (1u << 0) /* From is not in the certificate (RFC 3850 3) */
#define SIGNET_FORCE_VALIDITY   (1u << 1) /* expired, or not yet valid */
#define SIGNET_FORCE_REVOCATION (1u << 2) /* revoked, or not known */
#define SIGNET_FORCE_USAGE      (1u << 3) /* key usage, extended key usage (RFC 3850 4.4) */
#define SIGNET_FORCE_PATH       (1u << 4) /* no path to an anchor, or one that does not hold */
#define SIGNET_FORCE_WEAK       (1u << 5) /* keys or signatures of the path prove little */
#define SIGNET_NUM_FORCES       6

/* The name of the bit 1u << INDEX: "address", "validity", "revocation", "usage", "path", "weak". */
SIGNET_API const char *signet_force_name(unsigned index);

struct signet_sign_options {
    enum signet_sign_form form;
    bool no_certificates; /* none at all (RFC 3850 2.3) */
    bool include_root;
    bool include_crls;    /* those that showed that nothing of the chain is revoked */
    bool key_id;          /* name the signer by key identifier in place of issuer and serial */
    bool pss;             /* RSASSA-PSS in place of PKCS #1 v1.5 */
    bool protect_headers; /* repeat the header inside (RFC 9788); of mail only */
    const char *digest;   /* "sha256", "sha384", "sha512"; NULL: by the key */
    const char *from;     /* who signs, where it is not the message's From; NULL */
    signet_time time;     /* signingTime; SIGNET_TIME_UNKNOWN: policy->time */
    unsigned forced;      /* SIGNET_FORCE_… */
    /* To go along (RFC 5755): of version 2 only (RFC 3850 2.2.1). */
    const struct signet_attribute_certificate *const *attribute_certificates;
    size_t num_attribute_certificates;
};

/* One own certificate that could sign. */
struct signet_sign_candidate {
    const struct signet_certificate *certificate;
    enum signet_verdict verdict; /* what a recipient would say: of the path, use and address */
    const struct signet_path_result *path;
    struct signet_address_check address;
    unsigned against; /* SIGNET_FORCE_…: reasons against it, forced or not */
    bool other;       /* something is against it that cannot be set aside */
    const char *why;  /* one clause: why it was chosen, or why not */
};

struct signet_sign_plan;

/*
 * Plans to sign MESSAGE (a mail, a MIME entity without mail header, or for a bare form any octets)
 * by one of the OWN certificates: chosen by From, validated for POLICY as a recipient would, its
 * chain completed from POOL up to, not including, the anchor (the root goes along when its DSA
 * parameters are needed, or asked for). What says who signs neither in a From nor in OPTIONS must
 * have but one own certificate. *PLAN borrows everything given until it is freed. SIGNET_ERR_PARSE:
 * MESSAGE cannot be sent as it is, ERROR (may be NULL) says why. SIGNET_ERR_ARGUMENT: the policy's
 * time or OIDs, or OPTIONS->digest, are none.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_sign_plan_new(struct signet_context *context, struct signet_span message,
                     const struct signet_certificate *const *own, size_t num_own,
                     const struct signet_pool *pool, const struct signet_policy *policy,
                     const struct signet_sign_options *options, struct signet_sign_plan **plan,
                     struct signet_send_error *error);
SIGNET_API void signet_sign_plan_free(struct signet_sign_plan *plan); /* NULL is legal */

/* As for signet_message_result: what would have helped, and to plan again with it. */
SIGNET_API const struct signet_need *signet_sign_plan_needs(const struct signet_sign_plan *plan,
                                                            size_t *num);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_sign_plan_update(struct signet_sign_plan *plan);

/* It may be carried out: a certificate was chosen and no reason stands against it. */
SIGNET_API bool signet_sign_plan_ready(const struct signet_sign_plan *plan);
/* What recipients would say of what is signed so; UNKNOWN when nobody can sign. */
SIGNET_API enum signet_verdict signet_sign_plan_verdict(const struct signet_sign_plan *plan);
/* Reasons of the first candidate that were not set aside, SIGNET_FORCE_…; may be 0 though it is not
 * ready, for a reason that cannot be. */
SIGNET_API unsigned signet_sign_plan_against(const struct signet_sign_plan *plan);
/* Best first; the first is the one that signs, when ready. */
SIGNET_API const struct signet_sign_candidate *
signet_sign_plan_candidates(const struct signet_sign_plan *plan, size_t *num);
/* Those about the first candidate, reasons against it among them, and what was set aside. */
SIGNET_API struct signet_findings signet_sign_plan_findings(const struct signet_sign_plan *plan);
/* What will be sent along, the signer's own certificate first. */
SIGNET_API const struct signet_certificate *const *
signet_sign_plan_chain(const struct signet_sign_plan *plan, size_t *num);
SIGNET_API const struct signet_crl *const *
signet_sign_plan_crls(const struct signet_sign_plan *plan, size_t *num);
/* The own certificate that correspondents are asked to encrypt to (RFC 8551 2.5.3); NULL: none. */
SIGNET_API const struct signet_certificate *
signet_sign_plan_encrypt_to(const struct signet_sign_plan *plan);
/* How the signature is made, "SHA-256 with ECDSA, key EC P-256"; NULL when nothing was chosen. */
SIGNET_API const char *signet_sign_plan_algorithm(const struct signet_sign_plan *plan);

/* Signs with KEY, which must match the chosen certificate, and writes the message to SINK; nothing
 * before the signature was made. SIGNET_ERR_ARGUMENT: not ready, or another key. SIGNET_ERR_CRYPTO:
 * what holds the key did not sign. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_sign_plan_write(struct signet_sign_plan *plan, const struct signet_key *key,
                       const struct signet_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
