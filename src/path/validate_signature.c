/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures and keys along a path: RFC 5280 6.1.3 (a)(1), 6.1.4 (d) to (f). */
#include "path/validation.h"

static bool has_parameters(const struct sg_spki *spki)
{
    return spki->algorithm.parameters.ptr != NULL &&
           !sg_algorithm_parameters_null(&spki->algorithm);
}

static bool same_algorithm(const struct sg_spki *a, const struct sg_spki *b)
{
    return sg_span_equal(a->algorithm.oid_octets, b->algorithm.oid_octets) ||
           (a->type == b->type && a->type != SG_KEY_UNKNOWN);
}

/* 6.1.4 (e), 6.1.5 (d): the parameters in force after SPKI, from those of the key above it. */
static struct signet_span next_parameters(const struct sg_spki *above,
                                          struct signet_span parameters, const struct sg_spki *spki)
{
    if (has_parameters(spki))
        return spki->algorithm.parameters;
    return same_algorithm(above, spki) ? parameters : sg_span(NULL, 0);
}

static struct signet_span own_parameters(const struct sg_spki *spki)
{
    return has_parameters(spki) ? spki->algorithm.parameters : sg_span(NULL, 0);
}

struct signet_span sg_path_parameters(const struct sg_path *path, size_t index)
{
    const struct sg_spki *above = &path->anchor->spki;
    struct signet_span parameters = own_parameters(above);
    for (size_t i = path->num; i-- > index;) {
        const struct sg_spki *spki = &path->certificates[i]->spki;
        parameters = next_parameters(above, parameters, spki);
        above = spki;
    }
    return parameters;
}

/* Facts are shared between paths: a key with parameters of its own has no use for inherited ones.
 */
static struct signet_span inherited(const struct sg_spki *spki, struct signet_span parameters)
{
    return has_parameters(spki) ? sg_span(NULL, 0) : parameters;
}

struct signet_span sg_path_inherited_parameters(const struct sg_path *path, size_t index)
{
    const struct sg_spki *spki =
        index < path->num ? &path->certificates[index]->spki : &path->anchor->spki;
    return inherited(spki, sg_path_parameters(path, index));
}

void sg_validation_take_key(struct sg_validation *validation, const struct sg_spki *spki)
{
    validation->working_public_key_parameters =
        validation->working_public_key == NULL
            ? own_parameters(spki)
            : next_parameters(validation->working_public_key,
                              validation->working_public_key_parameters, spki);
    validation->working_public_key = spki;
}

bool sg_validation_is_anchor(const struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *anchor = validation->path->anchor->certificate;
    return index + 1 == validation->path->num && anchor != NULL &&
           sg_span_equal(anchor->der, sg_validation_certificate(validation, index)->der);
}

/* What a failed verification is called, and whether it is a fault of the signature or of the key.
 */
static const struct {
    enum sg_kind kind;
    bool of_key;
} faults[] = {
    [SG_FACT_INVALID] = {SG_KIND_SIGNATURE_WRONG, false},
    [SG_FACT_ALGORITHM_UNSUPPORTED] = {SG_KIND_SIGNATURE_UNSUPPORTED, false},
    [SG_FACT_ALGORITHM_MALFORMED] = {SG_KIND_SIGNATURE_ALGORITHM_MALFORMED, false},
    [SG_FACT_KEY_MALFORMED] = {SG_KIND_KEY_MALFORMED, true},
    [SG_FACT_KEY_PARAMS_MISSING] = {SG_KIND_KEY_PARAMETERS_MISSING, true},
    [SG_FACT_KEY_TOO_LARGE] = {SG_KIND_KEY_TOO_LARGE, true},
    [SG_FACT_KEY_MISMATCH] = {SG_KIND_SIGNATURE_KEY_MISMATCH, false},
    [SG_FACT_LIMIT] = {SG_KIND_SIGNATURES_LIMIT, false},
};

/* The holder of the key that the certificate at INDEX is verified with. */
static struct sg_where at_issuer(const struct sg_validation *validation, size_t index)
{
    return index + 1 < validation->path->num ? sg_at_certificate(index + 1)
                                             : sg_at(SIGNET_OBJECT_ANCHOR);
}

enum { MAX_HOLDER_TEXT_LEN = 4096 };

/* Of the working key, and of the signature on the certificate at INDEX. */
static void tell_fault(struct sg_validation *validation, size_t index, enum sg_kind kind,
                       struct sg_where where)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    const struct sg_spki *key = validation->working_public_key;
    struct sg_buffer holder;
    sg_buffer_init(&holder, MAX_HOLDER_TEXT_LEN);
    sg_name_add_text(&holder, validation->working_issuer_name);
    sg_finding_add(validation->findings, kind, where,
                   SG_PARAMS(sg_oid_param("algorithm", certificate->signature_algorithm.oid_octets),
                             sg_text("holder", sg_buffer_span(&holder)),
                             sg_string("key", sg_key_type_name(key->type)),
                             sg_number("bits", key->bits)));
    if (holder.status == SIGNET_ERR_MEMORY)
        validation->findings->failed = true;
    sg_buffer_free(&holder);
}

/* What a signature that holds, or would if it could be computed, says about itself. */
static void check_algorithm(struct sg_validation *validation, size_t index, enum sg_fact fact,
                            const struct sg_signature_algorithm *algorithm)
{
    if (algorithm->nonconforming_parameters)
        tell_fault(validation, index, SG_KIND_SIGNATURE_PARAMETERS_ODD, sg_at_certificate(index));
    if (fact == SG_FACT_VALID && sg_digest_is_weak(algorithm->digest))
        sg_finding_add(validation->findings, SG_KIND_SIGNATURE_DIGEST_WEAK,
                       sg_at_certificate(index),
                       SG_PARAMS(sg_string("digest", sg_digest_name(algorithm->digest))));
}

/* From the anchor down, so the first of either kind is the highest. */
static void note_fact(struct sg_validation *validation, size_t index, enum sg_fact fact)
{
    if (fact != SG_FACT_VALID && validation->num_unproven == 0)
        validation->num_unproven = index + 1;
    if (sg_fact_is_false(fact) && validation->num_false == 0)
        validation->num_false = index + 1;
}

void sg_validation_check_signature(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    const struct sg_spki *key = validation->working_public_key;
    struct sg_signed_object object = sg_signed_certificate(certificate);
    struct sg_signature_algorithm algorithm = {0};
    struct signet_parse_error error = {0};
    if (sg_validation_is_anchor(validation, index))
        return;

    enum sg_fact fact = sg_fact_verify(validation->judgement, &object, key,
                                       inherited(key, validation->working_public_key_parameters));
    note_fact(validation, index, fact);
    if (sg_signature_algorithm_parse(&certificate->signature_algorithm, &algorithm, &error))
        check_algorithm(validation, index, fact, &algorithm);
    if (fact == SG_FACT_VALID || fact == SG_FACT_NO_MEMORY)
        return;
    enum sg_kind kind = faults[fact].kind;
    if (algorithm.scheme == SG_SCHEME_UNSIGNED)
        kind = SG_KIND_SIGNATURE_NONE;
    tell_fault(validation, index, kind,
               faults[fact].of_key ? at_issuer(validation, index) : sg_at_certificate(index));
}

void sg_validation_check_last_key(struct sg_validation *validation)
{
    const struct sg_spki *spki = validation->working_public_key;
    const struct sg_public_key *key;
    enum sg_fact fact =
        sg_fact_key(validation->judgement, spki,
                    inherited(spki, validation->working_public_key_parameters), &key);
    /* An algorithm or curve that is not known here may be known to whoever uses the key. */
    if (fact != SG_FACT_VALID && fact != SG_FACT_NO_MEMORY && fact != SG_FACT_ALGORITHM_UNSUPPORTED)
        tell_fault(validation, 0, faults[fact].kind, sg_at_certificate(0));
}

/* The length of p in Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }; 0 when it cannot
 * be read. */
static unsigned dsa_bits(struct signet_span parameters)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(parameters, &error), members;
    struct signet_span p;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &members, "Dss-Parms") ||
        !sg_der_integer(&members, &p, "p"))
        return 0;
    while (p.len > 0 && p.ptr[0] == 0)
        p = sg_span_from(p, 1);
    unsigned bits = p.len < UINT16_MAX ? (unsigned)p.len * 8 : 0;
    for (unsigned mask = 0x80; p.len > 0 && (p.ptr[0] & mask) == 0; mask >>= 1)
        bits--;
    return bits;
}

void sg_validation_check_key(struct sg_validation *validation, struct sg_where where,
                             const struct sg_spki *spki, struct signet_span parameters)
{
    unsigned bits = spki->bits;
    if (spki->parameters_null && where.object == SIGNET_OBJECT_CERTIFICATE)
        sg_finding_add(validation->findings, SG_KIND_KEY_PARAMETERS_ODD, where,
                       SG_PARAMS(sg_string("key", sg_key_type_name(spki->type))));
    if (spki->type == SG_KEY_DSA && bits == 0)
        bits = dsa_bits(parameters);
    if (bits > 0 && sg_key_is_weak(spki->type, bits))
        sg_finding_add(validation->findings, SG_KIND_KEY_WEAK, where,
                       SG_PARAMS(sg_string("key", sg_key_type_name(spki->type)),
                                 sg_number("bits", (int64_t)bits)));
}
