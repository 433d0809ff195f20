/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/dump_object.h"

#include "crypto/digest.h"
#include "crypto/signature.h"

static void dump_parameters(struct sg_dump *dump, const struct sg_algorithm *algorithm)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(algorithm->parameters, &error);
    struct signet_span oid;
    if (algorithm->parameters.ptr == NULL || sg_algorithm_parameters_null(algorithm))
        return;
    if (sg_der_next_is(&der, SG_TAG_OID) && sg_der_oid(&der, &oid, "an OBJECT IDENTIFIER"))
        sg_dump_oid(dump, "parameters", oid);
    else
        sg_dump_hex(dump, "parameters", algorithm->parameters);
}

void sg_dump_signature_algorithm(struct sg_dump *dump, const char *key,
                                 const struct sg_algorithm *algorithm)
{
    struct signet_parse_error error = {0};
    struct sg_signature_algorithm parsed;
    sg_dump_map(dump, key);
    sg_dump_oid(dump, "algorithm", algorithm->oid_octets);
    bool read = sg_signature_algorithm_parse(algorithm, &parsed, &error);
    if (read && parsed.digest != SG_DIGEST_NONE)
        sg_dump_string(dump, "digest", sg_digest_name(parsed.digest));
    if (read && parsed.scheme == SG_SCHEME_RSA_PSS) {
        sg_dump_string(dump, "mask_digest", sg_digest_name(parsed.mgf_digest));
        sg_dump_number(dump, "salt_octets", parsed.salt_len);
    } else {
        dump_parameters(dump, algorithm);
    }
    sg_dump_end(dump);
}

/* An exponent that a number can show. */
static bool get_small(struct signet_span integer, int64_t *out)
{
    int64_t number = 0;
    if (integer.len > 7 || (integer.ptr[0] & 0x80) != 0)
        return false;
    for (size_t i = 0; i < integer.len; i++)
        number = number << 8 | integer.ptr[i];
    *out = number;
    return true;
}

/* RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } */
static bool dump_rsa(struct sg_dump *dump, struct signet_span key)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(key, &error), content;
    struct signet_span modulus, exponent;
    int64_t number;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &content, "an RSAPublicKey") ||
        !sg_der_integer(&content, &modulus, "modulus") ||
        !sg_der_integer(&content, &exponent, "publicExponent"))
        return false;
    sg_dump_hex(dump, "modulus", modulus);
    if (get_small(exponent, &number))
        sg_dump_number(dump, "exponent", number);
    else
        sg_dump_hex(dump, "exponent", exponent);
    return true;
}

void sg_dump_public_key(struct sg_dump *dump, const char *key, const struct sg_spki *spki)
{
    sg_dump_map(dump, key);
    sg_dump_oid(dump, "algorithm", spki->algorithm.oid_octets);
    sg_dump_string(dump, "key_type", sg_key_type_name(spki->type));
    if (spki->bits > 0)
        sg_dump_number(dump, "bits", spki->bits);
    if (spki->curve != SG_OID_UNKNOWN)
        sg_dump_string(dump, "curve", sg_oid_name(spki->curve));
    else
        dump_parameters(dump, &spki->algorithm);
    bool is_rsa = spki->type == SG_KEY_RSA || spki->type == SG_KEY_RSA_PSS;
    if (!is_rsa || !dump_rsa(dump, spki->key_bits))
        sg_dump_hex(dump, "key", spki->key_bits);
    sg_dump_end(dump);
}

static void dump_extension(struct sg_dump *dump, const struct sg_extension *extension,
                           enum sg_extension_place place)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_begin(extension->value, &error);
    sg_dump_map(dump, NULL);
    sg_dump_oid(dump, "extension", extension->oid_octets);
    sg_dump_boolean(dump, "critical", extension->critical);
    if (type != NULL && (type->places & (unsigned)place) != 0 && type->check(&value))
        type->dump(dump, extension->value);
    else
        sg_dump_hex(dump, "value", extension->value);
    sg_dump_end(dump);
}

void sg_dump_extensions(struct sg_dump *dump, const char *key, struct signet_span extensions,
                        enum sg_extension_place place)
{
    struct sg_extensions rest = {extensions, NULL};
    struct sg_extension extension;
    if (extensions.ptr == NULL)
        return;
    sg_dump_list(dump, key);
    while (sg_extensions_next(&rest, &extension))
        dump_extension(dump, &extension, place);
    sg_dump_end(dump);
}

void sg_dump_fingerprints(struct sg_dump *dump, struct signet_span der)
{
    uint8_t sha1[20], sha256[32];
    sg_dump_map(dump, "fingerprints");
    if (sg_sha1(der, sha1))
        sg_dump_hex(dump, "sha1", sg_span(sha1, sizeof(sha1)));
    if (sg_sha256(der, sha256))
        sg_dump_hex(dump, "sha256", sg_span(sha256, sizeof(sha256)));
    sg_dump_end(dump);
}
