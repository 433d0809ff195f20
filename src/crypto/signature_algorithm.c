/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signature algorithms by their identifiers, and what their parameters may be.
 */
#include "crypto/pss_parameters.h"
#include "crypto/signature.h"

enum parameters_rule {
    PARAMETERS_NULL,   /* NULL prescribed, absent tolerated (RFC 3279 2.2.1, RFC 4055 5) */
    PARAMETERS_ABSENT, /* absent prescribed, NULL tolerated (RFC 3279 2.2.2, 5758, 8410) */
    PARAMETERS_PSS     /* RSASSA-PSS-params, always there (RFC 4055 3.1) */
};

struct signature_row {
    enum sg_oid oid;
    enum sg_signature_scheme scheme;
    enum sg_key_type key_type;
    enum sg_digest_type digest;
    enum parameters_rule rule;
};

/* clang-format off */
static const struct signature_row combined[] = {
    {SG_OID_MD2_WITH_RSA,        SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_MD2, PARAMETERS_NULL},
    {SG_OID_MD5_WITH_RSA,        SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_MD5, PARAMETERS_NULL},
    {SG_OID_SHA1_WITH_RSA,       SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA1, PARAMETERS_NULL},
    {SG_OID_SHA1_WITH_RSA_OIW,   SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA1, PARAMETERS_NULL},
    {SG_OID_RIPEMD160_WITH_RSA,  SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_RIPEMD160, PARAMETERS_NULL},
    {SG_OID_SHA224_WITH_RSA,     SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA224, PARAMETERS_NULL},
    {SG_OID_SHA256_WITH_RSA,     SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA256, PARAMETERS_NULL},
    {SG_OID_SHA384_WITH_RSA,     SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA384, PARAMETERS_NULL},
    {SG_OID_SHA512_WITH_RSA,     SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA512, PARAMETERS_NULL},
    {SG_OID_SHA512_224_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA512_224, PARAMETERS_NULL},
    {SG_OID_SHA512_256_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA512_256, PARAMETERS_NULL},
    {SG_OID_SHA3_224_WITH_RSA,   SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA3_224, PARAMETERS_NULL},
    {SG_OID_SHA3_256_WITH_RSA,   SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA3_256, PARAMETERS_NULL},
    {SG_OID_SHA3_384_WITH_RSA,   SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA3_384, PARAMETERS_NULL},
    {SG_OID_SHA3_512_WITH_RSA,   SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA3_512, PARAMETERS_NULL},
    {SG_OID_RSASSA_PSS,          SG_SCHEME_RSA_PSS, SG_KEY_RSA_PSS, SG_DIGEST_NONE, PARAMETERS_PSS},
    {SG_OID_DSA_WITH_SHA1,       SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA1, PARAMETERS_ABSENT},
    {SG_OID_DSA_WITH_SHA1_OIW,   SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA1, PARAMETERS_ABSENT},
    {SG_OID_DSA_WITH_SHA224,     SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA224, PARAMETERS_ABSENT},
    {SG_OID_DSA_WITH_SHA256,     SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA256, PARAMETERS_ABSENT},
    {SG_OID_DSA_WITH_SHA384,     SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA384, PARAMETERS_ABSENT},
    {SG_OID_DSA_WITH_SHA512,     SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA512, PARAMETERS_ABSENT},
    {SG_OID_ECDSA_WITH_SHA1,     SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA1, PARAMETERS_ABSENT},
    {SG_OID_ECDSA_WITH_SHA224,   SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA224, PARAMETERS_ABSENT},
    {SG_OID_ECDSA_WITH_SHA256,   SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA256, PARAMETERS_ABSENT},
    {SG_OID_ECDSA_WITH_SHA384,   SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA384, PARAMETERS_ABSENT},
    {SG_OID_ECDSA_WITH_SHA512,   SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA512, PARAMETERS_ABSENT},
    {SG_OID_ED25519,             SG_SCHEME_EDDSA, SG_KEY_ED25519, SG_DIGEST_NONE, PARAMETERS_ABSENT},
    {SG_OID_ED448,               SG_SCHEME_EDDSA, SG_KEY_ED448, SG_DIGEST_NONE, PARAMETERS_ABSENT},
    {SG_OID_ALG_UNSIGNED,        SG_SCHEME_UNSIGNED, SG_KEY_UNKNOWN, SG_DIGEST_NONE, PARAMETERS_ABSENT},
};

/* In a SignerInfo the key algorithm may stand for the signature algorithm (RFC 3370 3.2, RFC 3851 2.2). */
static const struct signature_row key_alone[] = {
    {SG_OID_RSA_ENCRYPTION, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_NONE, PARAMETERS_NULL},
    {SG_OID_DSA,            SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_NONE, PARAMETERS_ABSENT},
    {SG_OID_DSA_OIW,        SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_NONE, PARAMETERS_ABSENT},
    {SG_OID_EC_PUBLIC_KEY,  SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_NONE, PARAMETERS_ABSENT},
};
/* clang-format on */

static const struct signature_row *find(const struct signature_row *rows, size_t num_rows,
                                        enum sg_oid oid)
{
    for (size_t i = 0; i < num_rows; i++)
        if (rows[i].oid == oid)
            return &rows[i];
    return NULL;
}

static bool read_pss(struct sg_der *der, struct sg_signature_algorithm *out)
{
    struct sg_pss_parameters pss;
    if (!sg_pss_parameters_parse(der, &pss))
        return false;
    out->digest = pss.digest;
    out->mgf_digest = pss.mgf_digest;
    out->salt_len = pss.salt_len;
    return true;
}

/* ROW NULL: not known. */
static bool read_row(const struct signature_row *row, const struct sg_algorithm *algorithm,
                     struct sg_signature_algorithm *out, struct signet_parse_error *error)
{
    struct sg_der whole = sg_der_begin(algorithm->full, error);
    struct sg_der parameters = sg_der_within(&whole, algorithm->parameters);
    bool absent = algorithm->parameters.ptr == NULL;
    bool null = sg_algorithm_parameters_null(algorithm);
    *out = (struct sg_signature_algorithm){.name = sg_oid_name(algorithm->oid)};
    if (row == NULL)
        return true;
    out->scheme = row->scheme;
    out->key_type = row->key_type;
    out->digest = row->digest;
    if (row->rule == PARAMETERS_PSS)
        return absent ? sg_der_fail(&whole, "RSASSA-PSS with its parameters")
                      : read_pss(&parameters, out);
    if (!absent && !null)
        return sg_der_fail(&parameters, "NULL or no parameters of a signature algorithm");
    out->nonconforming_parameters = row->rule == PARAMETERS_NULL ? absent : null;
    return true;
}

bool sg_signature_algorithm_parse(const struct sg_algorithm *algorithm,
                                  struct sg_signature_algorithm *out,
                                  struct signet_parse_error *error)
{
    const struct signature_row *row =
        find(combined, sizeof combined / sizeof combined[0], algorithm->oid);
    return read_row(row, algorithm, out, error);
}

bool sg_signature_algorithm_parse_cms(const struct sg_algorithm *algorithm,
                                      enum sg_digest_type digest,
                                      struct sg_signature_algorithm *out, bool *digest_differs,
                                      struct signet_parse_error *error)
{
    const struct signature_row *row =
        find(key_alone, sizeof key_alone / sizeof key_alone[0], algorithm->oid);
    *digest_differs = false;
    if (row != NULL) {
        bool read = read_row(row, algorithm, out, error);
        out->digest = digest;
        return read;
    }
    if (!sg_signature_algorithm_parse(algorithm, out, error))
        return false;
    *digest_differs = out->digest != SG_DIGEST_NONE && out->digest != digest;
    return true;
}
