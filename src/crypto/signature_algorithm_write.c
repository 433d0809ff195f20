/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/signature_algorithm_write.h"

#include "asn1/der_writer.h"
#include "crypto/pss_parameters.h"

/* How a kind of key signs. */
struct scheme_row {
    enum sg_signature_scheme scheme; /* SG_SCHEME_UNKNOWN: not at all */
    enum sg_digest_type digest;      /* the only one of the content, or SG_DIGEST_NONE */
};

static const struct scheme_row schemes[SG_NUM_KEY_TYPES] = {
    [SG_KEY_RSA] = {SG_SCHEME_RSA_PKCS1, SG_DIGEST_NONE},
    [SG_KEY_RSA_PSS] = {SG_SCHEME_RSA_PSS, SG_DIGEST_NONE},
    [SG_KEY_EC] = {SG_SCHEME_ECDSA, SG_DIGEST_NONE},
    [SG_KEY_ED25519] = {SG_SCHEME_EDDSA, SG_DIGEST_SHA512},
    [SG_KEY_ED448] = {SG_SCHEME_EDDSA, SG_DIGEST_SHAKE256},
};

/* The digests that new signatures are made over, and by what names. */
static const struct digest_row {
    enum sg_digest_type digest;
    enum sg_oid with_rsa, with_ecdsa;
} digests[] = {
    {SG_DIGEST_SHA256, SG_OID_SHA256_WITH_RSA, SG_OID_ECDSA_WITH_SHA256},
    {SG_DIGEST_SHA384, SG_OID_SHA384_WITH_RSA, SG_OID_ECDSA_WITH_SHA384},
    {SG_DIGEST_SHA512, SG_OID_SHA512_WITH_RSA, SG_OID_ECDSA_WITH_SHA512},
};

static const struct digest_row *find_digest(enum sg_digest_type digest)
{
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        if (digests[i].digest == digest)
            return &digests[i];
    }
    return NULL;
}

/* SHA-256 is what every reader has; a stronger curve gets a digest as strong (RFC 5753 8). */
static enum sg_digest_type default_digest(const struct sg_spki *spki)
{
    if (spki->type != SG_KEY_EC || spki->bits <= 256)
        return SG_DIGEST_SHA256;
    return spki->bits <= 384 ? SG_DIGEST_SHA384 : SG_DIGEST_SHA512;
}

/* RFC 4055 3.1: the salt is as long as the digest. A key's own parameters are the least and the
 * only ones that it may be used with (3.3). */
static bool choose_pss(const struct sg_spki *spki, struct sg_signature_algorithm *algorithm)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(spki->algorithm.parameters, &error);
    struct sg_pss_parameters own;
    algorithm->mgf_digest = algorithm->digest;
    algorithm->salt_len = (unsigned)sg_digest_len(algorithm->digest);
    if (spki->type != SG_KEY_RSA_PSS || spki->algorithm.parameters.ptr == NULL)
        return true;
    if (!sg_pss_parameters_parse(&der, &own) || own.digest != own.mgf_digest)
        return false;
    algorithm->digest = own.digest;
    algorithm->mgf_digest = own.mgf_digest;
    algorithm->salt_len = own.salt_len;
    return true;
}

bool sg_signature_algorithm_choose_for(const struct sg_spki *spki,
                                       const struct sg_signature_wish *wish,
                                       struct sg_signature_algorithm *algorithm,
                                       enum sg_digest_type *content_digest)
{
    const struct scheme_row *row = &schemes[spki->type];
    *algorithm = (struct sg_signature_algorithm){.scheme = row->scheme, .key_type = spki->type};
    *content_digest = row->digest;
    if (row->scheme == SG_SCHEME_UNKNOWN)
        return false;
    if (row->scheme == SG_SCHEME_EDDSA)
        return wish->digest == SG_DIGEST_NONE || wish->digest == row->digest;
    algorithm->digest = wish->digest != SG_DIGEST_NONE ? wish->digest : default_digest(spki);
    if (spki->type == SG_KEY_RSA && wish->pss)
        algorithm->scheme = SG_SCHEME_RSA_PSS;
    if (algorithm->scheme == SG_SCHEME_RSA_PSS && !choose_pss(spki, algorithm))
        return false;
    *content_digest = algorithm->digest;
    return find_digest(algorithm->digest) != NULL;
}

bool sg_signature_algorithm_choose(const struct signet_key *key,
                                   const struct sg_signature_wish *wish,
                                   struct sg_signature_algorithm *algorithm,
                                   enum sg_digest_type *content_digest)
{
    return sg_signature_algorithm_choose_for(&key->spki, wish, algorithm, content_digest);
}

void sg_digest_algorithm_put(struct sg_buffer *der, enum sg_digest_type digest)
{
    sg_der_put_algorithm(der, sg_digest_oid(digest));
}

/* Digests in RSASSA-PSS-params have NULL (RFC 4055 2.1). */
static void put_pss(struct sg_buffer *der, const struct sg_signature_algorithm *algorithm)
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_RSASSA_PSS);
    size_t parameters = sg_der_open(der, SG_TAG_SEQUENCE);
    size_t field = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put_algorithm_null(der, sg_digest_oid(algorithm->digest));
    sg_der_close(der, field);
    field = sg_der_open(der, SG_TAG_CONTEXT_CONS(1));
    size_t generator = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_MGF1);
    sg_der_put_algorithm_null(der, sg_digest_oid(algorithm->mgf_digest));
    sg_der_close(der, generator);
    sg_der_close(der, field);
    if (algorithm->salt_len != 20) { /* the default, which DER leaves out */
        field = sg_der_open(der, SG_TAG_CONTEXT_CONS(2));
        sg_der_put_uint32(der, algorithm->salt_len);
        sg_der_close(der, field);
    }
    sg_der_close(der, parameters);
    sg_der_close(der, whole);
}

void sg_signature_algorithm_put(struct sg_buffer *der,
                                const struct sg_signature_algorithm *algorithm, bool in_signer_info)
{
    const struct digest_row *row = find_digest(algorithm->digest);
    if (algorithm->scheme == SG_SCHEME_EDDSA)
        sg_der_put_algorithm(der,
                             algorithm->key_type == SG_KEY_ED25519 ? SG_OID_ED25519 : SG_OID_ED448);
    else if (algorithm->scheme == SG_SCHEME_RSA_PSS)
        put_pss(der, algorithm);
    else if (algorithm->scheme == SG_SCHEME_RSA_PKCS1 && (in_signer_info || row == NULL))
        sg_der_put_algorithm_null(der, SG_OID_RSA_ENCRYPTION);
    else if (algorithm->scheme == SG_SCHEME_RSA_PKCS1)
        sg_der_put_algorithm_null(der, row->with_rsa);
    else if (row != NULL)
        sg_der_put_algorithm(der, row->with_ecdsa);
    else if (der->status == SIGNET_OK)
        der->status = SIGNET_ERR_ARGUMENT;
}
