/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one judgement carries through all its steps: policy, pool, arena, the work budget, signature
 * facts, and the needs that it found. Judging is pure: no I/O, no clock; what is missing is told as
 * a need, and the caller may bring it and judge again.
 */
#ifndef SG_PATH_JUDGEMENT_H
#define SG_PATH_JUDGEMENT_H

#include "crypto/signature.h"
#include "finding/finding.h"
#include "path/pool.h"
#include "path/table.h"

/* Work done so far, held against policy->limits. */
struct sg_budget {
    size_t signatures, paths, steps, comparisons;
    bool
        exhausted; /* latched: some limit was reached, so the verdict cannot be better than LIMIT */
    const char *which; /* the first limit reached: "signatures", "paths", "steps", "comparisons",
                          "depth", "memory" */
};

enum sg_need_kind {
    SG_NEED_SIGNER,
    SG_NEED_ISSUER,
    SG_NEED_CRL,
    SG_NEED_WHOLE_CRL,
    SG_NEED_DELTA_CRL,
    SG_NEED_BINDING,
    SG_NUM_NEED_KINDS
};

/* Something that would have helped, or that may be had newer; see signet/need.h. Spans into objects
 * of the pool or into the arena. */
struct sg_need {
    enum sg_need_kind kind;
    bool missing, anchored;
    const struct sg_name *name;        /* of the issuer, or of the CRL's issuer; or NULL */
    struct signet_span key_id, serial; /* {NULL,0}: not known */
    const struct signet_certificate
        *certificate; /* for which it is needed: its AIA or CDP tell where it may be; or NULL */
    /* ISSUER: whose signer is needed, where CERTIFICATE is NULL; nobody has vouched for this CRL
     * yet, nor for the places that its AIA names. DELTA_CRL: what it is to be put on, beside
     * CERTIFICATE a place where freshestCRL may stand. WHOLE_CRL: the excerpt. Else NULL. */
    const struct signet_crl *crl;
};

/* More needs than this are not noted: what a message can make us fetch is bounded. */
#define SG_MAX_NEEDS 256

struct sg_fact_memory; /* fact_memory.h: what outlives a judgement */
struct sg_key_ring;    /* key_ring.h: keys of CAs, made ready by other judgements */
struct sg_fact_table; /* facts.c: outcomes of signature verifications, one for each (object, key) */
struct sg_constraint_cache; /* constraint_set.c: subtrees made fit for look-up, one set for each */
struct sg_crl_signers; /* crl_voucher.c: who may sign CRLs, one entry for each (CRL, signer, anchor)
                        */

struct sg_judgement {
    struct sg_crypto *crypto;
    struct sg_arena *arena;
    const struct signet_policy *policy;
    const struct signet_pool *pool;
    /* For who signs CRLs: what the caller and anchors' terms ask of those judged is no matter. */
    bool vouching;
    struct sg_budget budget;
    struct sg_fact_memory *memory; /* facts of other judgements, consulted and added to; or NULL */
    struct sg_key_ring *ring;      /* likewise; or NULL. Outlives the judgement */
    struct sg_fact_table *facts;   /* made on first use, in the arena */
    struct sg_constraint_cache *constraints; /* likewise */
    struct sg_crl_signers *crl_signers;      /* likewise */
    struct sg_table paths;                   /* build.c: results, one for each request */
    struct sg_table signers; /* signer_certificate.c in agent: facts, kept from round to round */
    struct sg_need *needs;
    size_t num_needs, cap_needs;
    bool failed; /* memory ran out: the operation ends with SIGNET_ERR_MEMORY */
};

void sg_judgement_init(struct sg_judgement *judgement, struct sg_crypto *crypto,
                       struct sg_arena *arena, const struct signet_policy *policy,
                       const struct signet_pool *pool);

/*
 * Another round of the same judgement, with what has come to the pool since: outcomes of signatures
 * are kept, since they are facts; the budget, needs and all that was concluded start anew.
 */
void sg_judgement_restart(struct sg_judgement *judgement);

/* Frees what does not live in the arena: keys that were computed with. Before the arena and the
 * pool are freed. */
void sg_judgement_clear(struct sg_judgement *judgement);

/* Takes NUM units of one kind of work. False when that is over the limit: exhausted is latched. */
bool sg_budget_comparisons(struct sg_judgement *judgement, size_t num);
bool sg_budget_step(struct sg_judgement *judgement);
bool sg_budget_path(struct sg_judgement *judgement);
/* COST: sg_key_cost of the key that the signature is held against. */
bool sg_budget_signature(struct sg_judgement *judgement, size_t cost);

/* Notes a need once: the same name, key identifier and serial number at the same places (AIA or
 * CDP) is the same need, and then it is missing, or anchored, when either is. */
void sg_need_add(struct sg_judgement *judgement, const struct sg_need *need);

/* The same for the certificate of whoever signed CRL; for a delta CRL to CRL that tells of
 * CERTIFICATE; for all of CRL, an excerpt that tells of CERTIFICATE. Neither missing nor anchored,
 * until sg_needs_mark says so. */
void sg_need_add_crl_signer(struct sg_judgement *judgement, const struct signet_crl *crl);
void sg_need_add_delta_crl(struct sg_judgement *judgement, const struct signet_crl *crl,
                           const struct signet_certificate *certificate);
void sg_need_add_whole_crl(struct sg_judgement *judgement, const struct signet_crl *crl,
                           const struct signet_certificate *certificate);

/* The status of CERTIFICATE hung on its CRL needs and on the signers of CRLs of ISSUER, which are
 * MISSING; its path is ANCHORED. */
void sg_needs_mark(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                   const struct sg_name *issuer, bool missing, bool anchored);

/* Did KEY sign OBJECT? */
enum sg_fact {
    SG_FACT_VALID = 0,
    SG_FACT_INVALID,
    SG_FACT_ALGORITHM_UNSUPPORTED, /* signature algorithm, key algorithm or curve */
    SG_FACT_ALGORITHM_MALFORMED,   /* parameters of a known algorithm cannot be read */
    SG_FACT_KEY_MALFORMED,
    SG_FACT_KEY_PARAMS_MISSING,
    SG_FACT_KEY_TOO_LARGE,
    SG_FACT_KEY_MISMATCH, /* the key is of another type than the signature algorithm */
    SG_FACT_LIMIT,        /* not computed: budget */
    SG_FACT_EXCERPT,      /* cannot be computed from an excerpt, and is not known to have been from
                             the whole CRL */
    SG_FACT_NO_MEMORY     /* not computed; judgement->failed is set */
};

/* An outcome with which a path can go on: right, or not decidable here (inherited parameters,
 * unknown algorithm). */
bool sg_fact_may_hold(enum sg_fact fact);

/* The key did not make the signature, whatever else may come to light. */
bool sg_fact_is_false(enum sg_fact fact);

/* Something signed: a certificate or a CRL. */
struct sg_signed_object {
    const void *identity; /* the object's address: facts are remembered by it */
    struct signet_span tbs;
    const struct sg_algorithm *algorithm;
    struct signet_span signature;
    struct signet_span der;       /* {NULL,0}: it is not to be remembered */
    const uint8_t *sha256;        /* of DER where it is known, 32 octets; else NULL */
    const struct signet_crl *crl; /* NULL unless it is one */
};

static inline struct sg_signed_object sg_signed_certificate(const struct signet_certificate *c)
{
    return (struct sg_signed_object){.identity = c,
                                     .tbs = c->tbs,
                                     .algorithm = &c->signature_algorithm,
                                     .signature = c->signature,
                                     .der = c->der,
                                     .sha256 = c->sha256};
}
static inline struct sg_signed_object sg_signed_crl(const struct signet_crl *crl)
{
    return (struct sg_signed_object){.identity = crl,
                                     .tbs = crl->tbs,
                                     .algorithm = &crl->signature_algorithm,
                                     .signature = crl->signature,
                                     .der = crl->der,
                                     .sha256 = crl->has_sha256 ? crl->sha256 : NULL,
                                     .crl = crl};
}

/*
 * Verifies once and remembers, by object and by the octets of key and PARAMETERS (inherited DSA
 * parameters, else {NULL,0}), so two certificates of one key share the outcome (A-4-7). Counts one
 * signature of the budget when it computes, and nothing where the memory knows the fact.
 */
enum sg_fact sg_fact_verify(struct sg_judgement *judgement, const struct sg_signed_object *object,
                            const struct sg_spki *spki, struct signet_span parameters);

/*
 * The key itself, made fit for computing once and shared with sg_fact_verify: VALID, *KEY set and
 * borrowed until sg_judgement_clear; else why not, *KEY NULL. Counts one signature of the budget
 * when it is made, since that is what it can cost.
 */
enum sg_fact sg_fact_key(struct sg_judgement *judgement, const struct sg_spki *spki,
                         struct signet_span parameters, const struct sg_public_key **key);

#endif
