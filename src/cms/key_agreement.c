/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/key_agreement.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "crypto/key_wrap.h"

/* The octets of a sender that go into a derivation; more than 64 nobody sends (RFC 2631 2.1.2). */
#define MAX_UKM_LEN 4096

static const struct scheme_row {
    enum sg_oid oid;
    enum sg_derivation derivation;
    enum sg_digest_type digest;
} schemes[] = {
    {SG_OID_ALG_ESDH, SG_DERIVE_X942, SG_DIGEST_SHA1},
    {SG_OID_ALG_SSDH, SG_DERIVE_X942, SG_DIGEST_SHA1},
    {SG_OID_DH_STD_SHA1KDF, SG_DERIVE_X963, SG_DIGEST_SHA1},
    {SG_OID_DH_STD_SHA224KDF, SG_DERIVE_X963, SG_DIGEST_SHA224},
    {SG_OID_DH_STD_SHA256KDF, SG_DERIVE_X963, SG_DIGEST_SHA256},
    {SG_OID_DH_STD_SHA384KDF, SG_DERIVE_X963, SG_DIGEST_SHA384},
    {SG_OID_DH_STD_SHA512KDF, SG_DERIVE_X963, SG_DIGEST_SHA512},
    {SG_OID_DH_STD_HKDF_SHA256, SG_DERIVE_HKDF, SG_DIGEST_SHA256},
    {SG_OID_DH_STD_HKDF_SHA384, SG_DERIVE_HKDF, SG_DIGEST_SHA384},
    {SG_OID_DH_STD_HKDF_SHA512, SG_DERIVE_HKDF, SG_DIGEST_SHA512},
};

bool sg_agreement_read(const struct sg_algorithm *algorithm, struct sg_agreement *agreement)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(algorithm->parameters, &error);
    size_t row = 0, num = sizeof schemes / sizeof *schemes;
    while (row < num && schemes[row].oid != algorithm->oid)
        row++;
    if (row == num || algorithm->parameters.ptr == NULL ||
        !sg_algorithm_parse(&der, &agreement->wrap, "KeyWrapAlgorithm") || !sg_der_end(&der))
        return false;
    agreement->derivation = schemes[row].derivation;
    agreement->digest = schemes[row].digest;
    agreement->kek_len = sg_key_wrap_len(agreement->wrap.oid);
    return agreement->kek_len != 0;
}

/* RFC 5753 7.1.4 and 8 for curves: a digest as strong as the curve. RFC 8551 2.3: HKDF for X25519.
 */
static enum sg_oid scheme_for(const struct sg_spki *peer)
{
    if (peer->type == SG_KEY_EC && peer->bits > 384)
        return SG_OID_DH_STD_SHA512KDF;
    if (peer->type == SG_KEY_EC && peer->bits > 256)
        return SG_OID_DH_STD_SHA384KDF;
    static const enum sg_oid by_type[SG_NUM_KEY_TYPES] = {
        [SG_KEY_EC] = SG_OID_DH_STD_SHA256KDF,
        [SG_KEY_DH] = SG_OID_ALG_ESDH,
        [SG_KEY_X25519] = SG_OID_DH_STD_HKDF_SHA256,
        [SG_KEY_X448] = SG_OID_DH_STD_HKDF_SHA512,
    };
    return by_type[peer->type];
}

/* At least as strong as what it wraps. */
static enum sg_oid wrap_for(size_t key_len, bool triple_des)
{
    if (triple_des)
        return SG_OID_ALG_3DES_WRAP;
    if (key_len <= 16)
        return SG_OID_AES128_WRAP;
    return key_len <= 24 ? SG_OID_AES192_WRAP : SG_OID_AES256_WRAP;
}

bool sg_agreement_put(struct sg_buffer *der, const struct sg_spki *peer, size_t key_len,
                      bool triple_des)
{
    enum sg_oid scheme = scheme_for(peer);
    if (scheme == SG_OID_UNKNOWN)
        return false;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, scheme);
    if (triple_des) /* RFC 3370 4.3.1: its parameters are NULL, those of AES are absent */
        sg_der_put_algorithm_null(der, wrap_for(key_len, true));
    else
        sg_der_put_algorithm(der, wrap_for(key_len, false));
    sg_der_close(der, whole);
    return true;
}

/* [NUMBER] EXPLICIT OCTET STRING */
static void put_octets(struct sg_buffer *der, unsigned number, struct signet_span octets)
{
    size_t field = sg_der_open(der, SG_TAG_CONTEXT_CONS(number));
    sg_der_put(der, SG_TAG_OCTET_STRING, octets);
    sg_der_close(der, field);
}

/* entityUInfo or partyAInfo, and suppPubInfo: the length of the key in bits. */
static void put_ends(struct sg_buffer *der, const struct sg_agreement *agreement,
                     struct signet_span ukm)
{
    uint8_t bits[4] = {0, 0, (uint8_t)(agreement->kek_len * 8 >> 8),
                       (uint8_t)(agreement->kek_len * 8)};
    if (ukm.ptr != NULL)
        put_octets(der, 0, ukm);
    put_octets(der, 2, sg_span(bits, sizeof bits));
}

/* ECC-CMS-SharedInfo ::= SEQUENCE { keyInfo AlgorithmIdentifier, entityUInfo [0] EXPLICIT OCTET
 *     STRING OPTIONAL, suppPubInfo [2] EXPLICIT OCTET STRING } (RFC 5753 7.2) */
static void put_shared_info(struct sg_buffer *der, const struct sg_agreement *agreement,
                            struct signet_span ukm)
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_buffer_add(der, agreement->wrap.full);
    put_ends(der, agreement, ukm);
    sg_der_close(der, whole);
}

/* OtherInfo ::= SEQUENCE { keyInfo SEQUENCE { algorithm OBJECT IDENTIFIER, counter OCTET STRING },
 *     partyAInfo [0] EXPLICIT OCTET STRING OPTIONAL, suppPubInfo [2] EXPLICIT OCTET STRING } (RFC
 *     2631 2.1.2). Returns where the counter is. */
static size_t put_other_info(struct sg_buffer *der, const struct sg_agreement *agreement,
                             struct signet_span ukm)
{
    static const uint8_t counter[4] = {0};
    struct sg_buffer content;
    sg_buffer_init(&content, MAX_UKM_LEN + 256);
    size_t key_info = sg_der_open(&content, SG_TAG_SEQUENCE);
    sg_der_put(&content, SG_TAG_OID, agreement->wrap.oid_octets);
    sg_der_put(&content, SG_TAG_OCTET_STRING, sg_span(counter, sizeof counter));
    sg_der_close(&content, key_info);
    size_t counter_end = content.len;
    put_ends(&content, agreement, ukm);
    sg_der_put(der, SG_TAG_SEQUENCE, sg_buffer_span(&content));
    size_t at = der->len - content.len + counter_end - sizeof counter;
    if (content.status != SIGNET_OK)
        der->status = content.status;
    sg_buffer_free(&content);
    return at;
}

enum sg_key_answer sg_agreement_derive(struct sg_key_library *library,
                                       const struct sg_agreement *agreement,
                                       struct signet_span secret, struct signet_span ukm,
                                       struct sg_secret *kek)
{
    struct sg_buffer info;
    size_t counter_at = 0;
    if (ukm.len > MAX_UKM_LEN)
        return SG_KEY_CANNOT;
    sg_buffer_init(&info, MAX_UKM_LEN + 512);
    if (agreement->derivation == SG_DERIVE_X942)
        counter_at = put_other_info(&info, agreement, ukm);
    else
        put_shared_info(&info, agreement, ukm);
    enum sg_key_answer answer = SG_KEY_NEEDS_MEMORY;
    if (info.status == SIGNET_OK)
        answer = sg_key_derive(library, agreement->derivation, agreement->digest, secret,
                               sg_buffer_span(&info), counter_at, agreement->kek_len, kek);
    else if (info.status == SIGNET_ERR_LIMIT)
        answer = SG_KEY_CANNOT;
    sg_buffer_free(&info);
    return answer;
}
