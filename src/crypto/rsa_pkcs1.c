/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2): the block that a signer must have made is built and compared
 * as a whole. Nothing of the received block is parsed, so there is no room for garbage after or
 * inside it, which is what forgeries against small exponents live on.
 */
#include "base/span.h"
#include "crypto/rsa.h"

#define MAX_DIGEST_INFO_LEN (16 + 16 + SG_DIGEST_MAX_LEN)

/*
 * DigestInfo ::= SEQUENCE { SEQUENCE { OBJECT IDENTIFIER, NULL or nothing }, OCTET STRING }
 * Every length is below 128.
 */
static size_t encode_digest_info(const struct sg_digest_value *digest, bool with_null,
                                 uint8_t out[MAX_DIGEST_INFO_LEN])
{
    struct signet_span oid = sg_oid_octets(sg_digest_oid(digest->type));
    static const uint8_t null[2] = {SG_TAG_NULL, 0};
    size_t null_len = with_null ? sizeof null : 0;
    size_t algorithm_len = 2 + oid.len + null_len;
    uint8_t *next = out;
    *next++ = SG_TAG_SEQUENCE;
    *next++ = (uint8_t)(2 + algorithm_len + 2 + digest->len);
    *next++ = SG_TAG_SEQUENCE;
    *next++ = (uint8_t)algorithm_len;
    *next++ = SG_TAG_OID;
    *next++ = (uint8_t)oid.len;
    memcpy(next, oid.ptr, oid.len);
    next += oid.len;
    memcpy(next, null, null_len);
    next += null_len;
    *next++ = SG_TAG_OCTET_STRING;
    *next++ = (uint8_t)digest->len;
    memcpy(next, digest->octets, digest->len);
    return (size_t)(next + digest->len - out);
}

/* EMSA-PKCS1-v1_5 (RFC 8017 9.2): 00 01 FF … FF 00 DigestInfo, at least eight FF. {NULL,0}: they do
 * not fit into LEN octets. */
static struct signet_span encode_block(const struct sg_digest_value *digest, bool with_null,
                                       uint8_t *block, size_t len)
{
    uint8_t info[MAX_DIGEST_INFO_LEN];
    size_t info_len = encode_digest_info(digest, with_null, info);
    if (len < info_len + 11)
        return (struct signet_span){NULL, 0};
    size_t info_at = len - info_len;
    memset(block, 0xff, info_at);
    block[0] = 0;
    block[1] = 1;
    block[info_at - 1] = 0;
    memcpy(block + info_at, info, info_len);
    return sg_span(block, len);
}

enum sg_signature_check sg_rsa_pkcs1_verify(struct sg_crypto *crypto,
                                            const struct sg_signature_algorithm *algorithm,
                                            const struct sg_public_key *key,
                                            const struct sg_digest_value *digest,
                                            struct signet_span signature)
{
    (void)algorithm;
    uint8_t octets[2][SG_RSA_MAX_OCTETS];
    struct signet_span blocks[2];
    const struct sg_rsa_key *rsa = &key->as.rsa;
    size_t num = 0;
    /* RFC 8017 A.2.4: signers write NULL; verifiers accept it absent, too. */
    for (size_t i = 0; i < 2; i++) {
        blocks[num] = encode_block(digest, i == 0, octets[i], rsa->len);
        num += blocks[num].len > 0;
    }
    return sg_rsa_match(crypto, rsa, signature, blocks, num);
}
