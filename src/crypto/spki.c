/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SubjectPublicKeyInfo: which key it is, how long, and of what form its parameters are.
 */
#include "crypto/curve.h"
#include "crypto/number.h"
#include "crypto/public_key.h"
#include "crypto/rsa.h"

/* RFC 3279 2.3.1: NULL. A key that cannot be read has 0 bits; sg_public_key_new says so. */
static void read_rsa(struct sg_spki *spki)
{
    struct signet_span n, e;
    if (sg_rsa_parse(spki->key_bits, &n, &e))
        spki->bits = sg_number_bits(n);
    spki->parameters_null = spki->type == SG_KEY_RSA && spki->algorithm.parameters.ptr == NULL;
}

/* p is the first number of all forms of parameters: Dss-Parms, DomainParameters, DHParameter. */
static void read_group(struct sg_spki *spki)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(spki->algorithm.parameters, &error), fields;
    struct signet_span p;
    if (sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "domain parameters SEQUENCE") &&
        sg_number_read(&fields, &p, "p INTEGER"))
        spki->bits = sg_number_bits(p);
}

/* RFC 3279 2.3.2: absent parameters are the issuer's. NULL is taken for absent, and told. */
static void read_dsa(struct sg_spki *spki)
{
    spki->parameters_null = sg_algorithm_parameters_null(&spki->algorithm);
    spki->parameters_absent = spki->algorithm.parameters.ptr == NULL || spki->parameters_null;
    if (!spki->parameters_absent)
        read_group(spki);
}

/* ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER, implicitCurve NULL, specifiedCurve
 * SEQUENCE } */
static void read_ec(struct sg_spki *spki)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(spki->algorithm.parameters, &error);
    struct signet_span oid;
    spki->curve_not_named =
        sg_der_next_is(&der, SG_TAG_NULL) || sg_der_next_is(&der, SG_TAG_SEQUENCE);
    if (!spki->curve_not_named && sg_der_oid(&der, &oid, "namedCurve OBJECT IDENTIFIER")) {
        spki->curve = sg_oid_find(oid);
        spki->bits = sg_curve_bits(spki->curve);
    }
}

/* RFC 8410 3: absent. */
static void read_fixed(struct sg_spki *spki)
{
    spki->parameters_null = sg_algorithm_parameters_null(&spki->algorithm);
    spki->bits = spki->type == SG_KEY_ED448 || spki->type == SG_KEY_X448 ? 448 : 256;
}

static const struct spki_row {
    enum sg_oid oid;
    enum sg_key_type type;
    void (*read)(struct sg_spki *spki);
} rows[] = {
    {SG_OID_RSA_ENCRYPTION, SG_KEY_RSA, read_rsa},
    {SG_OID_RSASSA_PSS, SG_KEY_RSA_PSS, read_rsa},
    {SG_OID_DSA, SG_KEY_DSA, read_dsa},
    {SG_OID_DSA_OIW, SG_KEY_DSA, read_dsa},
    {SG_OID_EC_PUBLIC_KEY, SG_KEY_EC, read_ec},
    {SG_OID_EC_DH, SG_KEY_EC, read_ec},
    {SG_OID_ED25519, SG_KEY_ED25519, read_fixed},
    {SG_OID_ED448, SG_KEY_ED448, read_fixed},
    {SG_OID_X25519, SG_KEY_X25519, read_fixed},
    {SG_OID_X448, SG_KEY_X448, read_fixed},
    {SG_OID_DH_PUBLIC_NUMBER, SG_KEY_DH, read_group},
    {SG_OID_DH_PKCS3, SG_KEY_DH, read_group},
};

static void read_key(struct sg_spki *spki)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].oid == spki->algorithm.oid) {
            spki->type = rows[i].type;
            rows[i].read(spki);
            return;
        }
    }
}

/* SubjectPublicKeyInfo ::= SEQUENCE { AlgorithmIdentifier, subjectPublicKey BIT STRING } */
bool sg_spki_skim(struct sg_der *der, struct sg_spki *out)
{
    struct sg_der next = *der, fields;
    struct sg_spki read = {0};
    unsigned num_unused;
    if (!sg_der_element(&next, SG_TAG_SEQUENCE, &read.full, &fields,
                        "SubjectPublicKeyInfo SEQUENCE") ||
        !sg_algorithm_skim(&fields, &read.algorithm, "algorithm AlgorithmIdentifier"))
        return false;
    const uint8_t *key_at = fields.ptr;
    if (!sg_der_bit_string(&fields, SG_TAG_BIT_STRING, &read.key_bits, &num_unused,
                           "subjectPublicKey BIT STRING") ||
        !sg_der_end(&fields))
        return false;
    if (num_unused != 0)
        return sg_der_fail_at(&fields, key_at, "subjectPublicKey of whole octets");
    *out = read;
    *der = next;
    return true;
}

bool sg_spki_parse(struct sg_der *der, struct sg_spki *out)
{
    if (!sg_spki_skim(der, out))
        return false;
    out->algorithm.oid = sg_oid_find(out->algorithm.oid_octets);
    read_key(out);
    return true;
}
