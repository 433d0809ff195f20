/* SPDX-License-Identifier: Apache-2.0 */
#include "path/facts.h"

#include "crypto/digest.h"
#include "path/fact_memory.h"
#include "path/key_ring.h"
#include "path/table.h"
#include "x509/crl_excerpt.h"

/* Up to this length a digest costs less than the signature that it may save. Longer CRLs are
 * remembered beyond their own life where somebody knows their digest already. */
enum { MAX_HASHED_LEN = 16384 };

/* A key by its octets and the parameters it inherits; made fit for computing when first needed. */
struct fact_key {
    struct signet_span spki, parameters;
    uint64_t hash; /* of both, seeded */
    bool made;
    enum sg_key_check check;
    struct sg_public_key *key;
    bool lent;                /* KEY is the ring's */
    struct sg_ring_key *ring; /* of CAs: what earlier judgements know of it; or NULL */
    bool hashed;
    uint8_t sha256[32]; /* of both, when HASHED */
    struct fact_key *next;
};

struct fact {
    const void *identity;
    const struct fact_key *key;
    enum sg_fact outcome;
};

struct sg_fact_table {
    uint64_t seed;
    struct sg_table keys, facts;
    struct fact_key *first_key;
};

bool sg_fact_may_hold(enum sg_fact fact)
{
    return fact == SG_FACT_VALID || fact == SG_FACT_ALGORITHM_UNSUPPORTED ||
           fact == SG_FACT_KEY_PARAMS_MISSING || fact == SG_FACT_KEY_TOO_LARGE;
}

bool sg_fact_is_false(enum sg_fact fact)
{
    return !sg_fact_may_hold(fact) && fact != SG_FACT_LIMIT && fact != SG_FACT_EXCERPT &&
           fact != SG_FACT_NO_MEMORY;
}

void sg_facts_clear(struct sg_fact_table *facts)
{
    if (facts == NULL)
        return;
    for (struct fact_key *key = facts->first_key; key != NULL; key = key->next) {
        if (!key->lent)
            sg_public_key_free(key->key);
        key->key = NULL;
        key->made = false;
    }
}

static struct sg_fact_table *get_table(struct sg_judgement *judgement)
{
    if (judgement->facts != NULL)
        return judgement->facts;

    struct sg_fact_table *table = sg_arena_alloc(judgement->arena, sizeof(*table));
    if (table == NULL)
        return NULL;
    table->seed =
        judgement->ring != NULL ? sg_key_ring_seed(judgement->ring) : sg_table_seed(table);
    table->keys.arena = judgement->arena;
    table->facts.arena = judgement->arena;
    judgement->facts = table;
    return table;
}

static bool same_key(const void *item, const void *key)
{
    const struct fact_key *a = item, *b = key;
    return sg_span_equal(a->spki, b->spki) && sg_span_equal(a->parameters, b->parameters);
}

static bool same_fact(const void *item, const void *key)
{
    const struct fact *a = item, *b = key;
    return a->identity == b->identity && a->key == b->key;
}

static struct fact_key name_key(const struct sg_fact_table *table, const struct sg_spki *spki,
                                struct signet_span parameters)
{
    uint64_t hash = sg_span_hash(parameters, sg_span_hash(spki->full, table->seed));
    return (struct fact_key){.spki = spki->full, .parameters = parameters, .hash = hash};
}

static uint64_t hash_fact(const struct sg_fact_table *table, const struct fact *fact)
{
    const void *addresses[] = {fact->identity, fact->key};
    return sg_span_hash(sg_span(addresses, sizeof(addresses)), table->seed);
}

/* The entry like WANTED; a new one where there is none. NULL: memory is out. */
static struct fact_key *enter_key(struct sg_fact_table *table, const struct fact_key *wanted)
{
    struct fact_key *key = sg_table_find(&table->keys, wanted->hash, same_key, wanted);
    if (key != NULL)
        return key;

    key = sg_arena_alloc(table->keys.arena, sizeof(*key));
    if (key == NULL)
        return NULL;
    *key = *wanted;
    if (!sg_table_add(&table->keys, key->hash, key))
        return NULL;
    key->next = table->first_key;
    table->first_key = key;
    return key;
}

static const struct fact *find_fact(const struct sg_fact_table *table, const void *identity,
                                    const struct fact_key *wanted)
{
    const struct fact_key *key = sg_table_find(&table->keys, wanted->hash, same_key, wanted);
    if (key == NULL)
        return NULL;
    const struct fact fact = {identity, key, SG_FACT_VALID};
    return sg_table_find(&table->facts, hash_fact(table, &fact), same_fact, &fact);
}

static bool enter_fact(struct sg_fact_table *table, const struct fact *fact)
{
    struct fact *kept = sg_arena_alloc(table->facts.arena, sizeof(*kept));
    if (kept == NULL)
        return false;
    *kept = *fact;
    return sg_table_add(&table->facts, hash_fact(table, fact), kept);
}

static const enum sg_fact fact_of_key[] = {
    [SG_KEY_OK] = SG_FACT_VALID,
    [SG_KEY_UNSUPPORTED] = SG_FACT_ALGORITHM_UNSUPPORTED,
    [SG_KEY_MALFORMED] = SG_FACT_KEY_MALFORMED,
    [SG_KEY_PARAMS_MISSING] = SG_FACT_KEY_PARAMS_MISSING,
    [SG_KEY_TOO_LARGE] = SG_FACT_KEY_TOO_LARGE,
    [SG_KEY_NO_MEMORY] = SG_FACT_NO_MEMORY,
};

static const enum sg_fact fact_of_signature[] = {
    [SG_SIGNATURE_VALID] = SG_FACT_VALID,
    [SG_SIGNATURE_INVALID] = SG_FACT_INVALID,
    [SG_SIGNATURE_UNSUPPORTED] = SG_FACT_ALGORITHM_UNSUPPORTED,
    [SG_SIGNATURE_KEY_MISMATCH] = SG_FACT_KEY_MISMATCH,
    [SG_SIGNATURE_NO_MEMORY] = SG_FACT_NO_MEMORY,
};

static bool borrow_key(struct fact_key *key)
{
    if (key->ring == NULL || key->ring->key == NULL)
        return false;
    key->key = key->ring->key;
    key->check = SG_KEY_OK;
    key->made = key->lent = true;
    return true;
}

static void lend_key(struct fact_key *key)
{
    if (key->ring == NULL || key->check != SG_KEY_OK)
        return;
    key->ring->key = key->key;
    key->lent = true;
}

/* Sets up KEY once for all signatures it is held against. */
static enum sg_fact make_key(struct sg_judgement *judgement, const struct sg_spki *spki,
                             struct fact_key *key)
{
    if (!key->made && !borrow_key(key)) {
        key->check = sg_public_key_new(judgement->crypto, spki, key->parameters,
                                       judgement->policy->limits.max_key_bits, &key->key);
        key->made = key->check != SG_KEY_NO_MEMORY;
        lend_key(key);
    }
    return fact_of_key[key->check];
}

static enum sg_fact compute(struct sg_judgement *judgement, const struct sg_signed_object *object,
                            const struct sg_signature_algorithm *algorithm,
                            const struct sg_spki *spki, struct fact_key *key)
{
    enum sg_fact outcome = make_key(judgement, spki, key);
    if (outcome != SG_FACT_VALID)
        return outcome;
    return fact_of_signature[sg_signature_verify(judgement->crypto, algorithm, key->key,
                                                 object->tbs, object->signature)];
}

static enum sg_fact no_memory(struct sg_judgement *judgement)
{
    judgement->failed = true;
    return SG_FACT_NO_MEMORY;
}

/* What the algorithm alone decides, for no work: VALID means that it decides nothing. */
static enum sg_fact look_at_algorithm(const struct sg_algorithm *algorithm,
                                      struct sg_signature_algorithm *out)
{
    struct signet_parse_error error = {0};
    if (!sg_signature_algorithm_parse(algorithm, out, &error))
        return SG_FACT_ALGORITHM_MALFORMED;
    if (out->scheme == SG_SCHEME_UNKNOWN)
        return SG_FACT_ALGORITHM_UNSUPPORTED;
    return out->scheme == SG_SCHEME_UNSIGNED ? SG_FACT_INVALID : SG_FACT_VALID;
}

/* --- what other judgements found out */

/* False: memory is out, and nothing is remembered. */
static bool hash_whole_key(struct fact_key *key)
{
    struct sg_ring_key *ring = key->ring;
    if (key->hashed)
        return true;
    if (ring != NULL && ring->named) {
        memcpy(key->sha256, ring->name, sizeof(key->sha256));
        return key->hashed = true;
    }
    key->hashed = sg_remembered_key(key->spki, key->parameters, key->sha256);
    if (ring != NULL && key->hashed) {
        memcpy(ring->name, key->sha256, sizeof(ring->name));
        ring->named = true;
    }
    return key->hashed;
}

static bool hash_object(const struct sg_signed_object *object, uint8_t out[32])
{
    if (object->sha256 == NULL)
        return object->der.len > 0 && object->der.len <= MAX_HASHED_LEN &&
               sg_sha256(object->der, out);
    memcpy(out, object->sha256, 32);
    return true;
}

/* The limit is the policy's of today. Parameters hold more than the number that is the key's size,
 * and are never shorter. */
static bool is_too_large(const struct sg_judgement *judgement, const struct sg_spki *spki,
                         struct signet_span parameters)
{
    size_t bits = spki->bits > 0 ? spki->bits : parameters.len * 8;
    return bits > judgement->policy->limits.max_key_bits;
}

/* How the outcome is known without computing it, and under which name it is remembered. */
struct recall {
    bool named; /* FACT is set: a valid outcome can be remembered */
    bool valid;
    struct sg_remembered fact;
};

static struct recall recall(const struct sg_judgement *judgement,
                            const struct sg_signed_object *object, const struct sg_spki *spki,
                            struct fact_key *key)
{
    struct recall out = {0};
    bool excerpt = object->crl != NULL && signet_crl_is_excerpt(object->crl);
    if ((judgement->memory == NULL && !excerpt) || is_too_large(judgement, spki, key->parameters) ||
        !hash_whole_key(key))
        return out;
    out.valid = object->crl != NULL && sg_crl_is_verified_by(object->crl, key->sha256);
    if (out.valid || judgement->memory == NULL || !hash_object(object, out.fact.object))
        return out;
    memcpy(out.fact.key, key->sha256, sizeof(out.fact.key));
    out.named = true;
    out.valid = sg_fact_memory_has(judgement->memory, &out.fact);
    return out;
}

/* The outcome for KEY, computed where nobody knows it. LIMIT: not within the budget. */
static enum sg_fact find_out(struct sg_judgement *judgement, const struct sg_signed_object *object,
                             const struct sg_signature_algorithm *algorithm,
                             const struct sg_spki *spki, struct fact_key *key)
{
    const struct recall known = recall(judgement, object, spki, key);
    if (known.valid)
        return SG_FACT_VALID;
    if (object->crl != NULL && signet_crl_is_excerpt(object->crl))
        return SG_FACT_EXCERPT;
    if (!sg_budget_signature(judgement, sg_key_cost(spki, key->parameters)))
        return SG_FACT_LIMIT;
    enum sg_fact outcome = compute(judgement, object, algorithm, spki, key);
    if (outcome == SG_FACT_VALID && known.named)
        sg_fact_memory_add(judgement->memory, &known.fact, false);
    if (outcome == SG_FACT_VALID && object->crl != NULL && key->hashed)
        sg_crl_note_verified(object->crl, key->sha256);
    return outcome;
}

enum sg_fact sg_fact_verify(struct sg_judgement *judgement, const struct sg_signed_object *object,
                            const struct sg_spki *spki, struct signet_span parameters)
{
    struct sg_fact_table *table = get_table(judgement);
    if (table == NULL)
        return no_memory(judgement);
    const struct fact_key wanted = name_key(table, spki, parameters);
    const struct fact *known = find_fact(table, object->identity, &wanted);
    if (known != NULL)
        return known->outcome;

    struct sg_signature_algorithm algorithm;
    enum sg_fact outcome = look_at_algorithm(object->algorithm, &algorithm);
    if (outcome != SG_FACT_VALID)
        return outcome;
    struct fact_key *key = enter_key(table, &wanted);
    if (key == NULL)
        return no_memory(judgement);
    if (judgement->ring != NULL && key->ring == NULL)
        key->ring = sg_key_ring_enter(judgement->ring, key->hash, key->spki, key->parameters);
    outcome = find_out(judgement, object, &algorithm, spki, key);
    /* Neither is a property of the object: there may be budget, or knowledge, the next time. */
    if (outcome == SG_FACT_LIMIT || outcome == SG_FACT_EXCERPT)
        return outcome;
    if (outcome == SG_FACT_NO_MEMORY ||
        !enter_fact(table, &(struct fact){object->identity, key, outcome}))
        return no_memory(judgement);
    return outcome;
}

enum sg_fact sg_fact_key(struct sg_judgement *judgement, const struct sg_spki *spki,
                         struct signet_span parameters, const struct sg_public_key **key)
{
    struct sg_fact_table *table = get_table(judgement);
    *key = NULL;
    if (table == NULL)
        return no_memory(judgement);
    const struct fact_key wanted = name_key(table, spki, parameters);
    struct fact_key *entry = enter_key(table, &wanted);
    if (entry == NULL)
        return no_memory(judgement);
    if (!entry->made && !sg_budget_signature(judgement, sg_key_cost(spki, parameters)))
        return SG_FACT_LIMIT;

    enum sg_fact outcome = make_key(judgement, spki, entry);
    *key = entry->key;
    return outcome == SG_FACT_NO_MEMORY ? no_memory(judgement) : outcome;
}
