/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Taking objects into a store with their signatures checked, as far as their issuers are at hand:
 * in the store, or among what is taken in together, in any order. A signature that holds is
 * remembered as a fact, so that no judgement computes it again. One that cannot be checked yet is
 * no fault: it is checked when the object is used, as that of every stored object is. An object
 * whose signature is known to be false is not kept.
 */
#ifndef SIGNET_INTAKE_H
#define SIGNET_INTAKE_H

#include "signet/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of the signature of a certificate or CRL. */
enum signet_proof {
    SIGNET_PROOF_VERIFIED = 0, /* a certificate of its issuer's name has the key that made it */
    SIGNET_PROOF_NO_ISSUER,    /* none of its issuer's name is known, or none with the key that it
                                  names (RFC 5280 4.2.1.1) */
    SIGNET_PROOF_OTHER_ISSUER, /* the issuers known by that name have not made it, but nothing says
                                  that there is no other of that name */
    SIGNET_PROOF_UNSUPPORTED,  /* an algorithm, key or parameters that it cannot be computed with */
    SIGNET_PROOF_LIMIT,        /* too many issuers of that name to try all */
    /* It names the key that made it, by a hash of that key or as its own, that key is at hand, and
     * neither this nor any other of its issuer's name made it. */
    SIGNET_PROOF_FALSE
};
#define SIGNET_NUM_PROOFS (SIGNET_PROOF_FALSE + 1)

/* An object with a false signature. All borrowed for the call. */
struct signet_intake_false {
    const struct signet_certificate *certificate; /* one of these two */
    const struct signet_crl *crl;
    const struct signet_certificate *issuer; /* whose key it names; it itself, where it says so */
    const struct signet_origin *origin;
    uint64_t place; /* as given */
};

struct signet_intake_terms {
    bool keep_false; /* false signatures are told, but kept all the same: as evidence */
    void (*tell_false)(void *context, const struct signet_intake_false *found); /* may be NULL */
    void *context;
    /* Of the signatures that were left for the end; may be NULL. */
    const struct signet_store_progress *progress;
};

struct signet_intake_counts {
    size_t proofs[SIGNET_NUM_PROOFS];              /* of new certificates and CRLs */
    size_t num_false_certificates, num_false_crls; /* of new ones */
};

struct signet_intake;

/* STORE and what TERMS point to must outlast it. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_intake_new(struct signet_store *store, const struct signet_intake_terms *terms,
                  struct signet_intake **intake);
/* What was not finished stays in the store unchecked. NULL is legal. */
SIGNET_API void signet_intake_free(struct signet_intake *intake);

/* As signet_store_add_certificate and signet_store_add_crl. PLACE says where the object was, in
 * whatever way the caller wants to be told. What was stored before is not checked anew. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_intake_certificate(struct signet_intake *intake,
                          const struct signet_certificate *certificate,
                          const struct signet_origin *origin, uint64_t place, bool *added);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_intake_crl(struct signet_intake *intake, const struct signet_crl *crl,
                  const struct signet_origin *origin, uint64_t place, bool *added);

/* Checks what had to wait for issuers that came later, takes out and tells what is false, and
 * counts everything since the last call. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_intake_finish(struct signet_intake *intake, struct signet_intake_counts *counts);

/* --- what is stored already ------------------------------------------------------------------ */

struct signet_signature_counts {
    size_t proofs[SIGNET_NUM_PROOFS];  /* of stored certificates and CRLs */
    size_t num_attribute_certificates; /* not checked: nothing is remembered of theirs */
    size_t num_unreadable;             /* objects that signet_store_check tells */
    size_t num_facts_left;             /* remembered of a key that is not at hand, or too far */
    size_t num_flaws;                  /* told */
};

/*
 * Computes every signature anew whose issuer is stored, as on the way in, and tells those that are
 * false; and of what is remembered, that a key verified a signature, what is not so. The objects
 * as such are signet_store_check's. With MEND what is not so is forgotten; nothing else is changed.
 * COUNTS is set in any case.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_check_signatures(struct signet_store *store, bool mend,
                              void (*flaw)(void *context, const struct signet_store_flaw *flaw),
                              void *context, const struct signet_store_progress *progress,
                              struct signet_signature_counts *counts);

#ifdef __cplusplus
}
#endif

#endif
