/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/ephemeral.h"

#include "base/span.h"
#include "crypto/context.h"
#include "crypto/key.h"

/* An uncompressed point of the longest curve. */
#define POINT_MAX_LEN (1 + 2 * ((521 + 7) / 8))

/* What is made for one agreement over a curve. All of it is wiped when it is freed. */
struct agreeing {
    const struct sg_ec_key *peer;
    BN_CTX *numbers; /* that draw from the key library; the context's own are for public values */
    BIGNUM *scalar, *x;
    EC_POINT *point;
};

/* Of a failed call to the crypto library. */
static enum sg_key_answer failure(void)
{
    return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

static bool begin(struct agreeing *agreeing, struct sg_key_library *library,
                  const struct sg_ec_key *peer)
{
    *agreeing = (struct agreeing){.peer = peer};
    agreeing->numbers = BN_CTX_new_ex(library->context);
    agreeing->scalar = BN_new();
    agreeing->x = BN_new();
    agreeing->point = EC_POINT_new(peer->group);
    return agreeing->numbers != NULL && agreeing->scalar != NULL && agreeing->x != NULL &&
           agreeing->point != NULL;
}

static void end(struct agreeing *agreeing)
{
    EC_POINT_clear_free(agreeing->point);
    BN_clear_free(agreeing->x);
    BN_clear_free(agreeing->scalar);
    BN_CTX_free(agreeing->numbers);
}

/* SEC 1 3.2.1: from 1 to n - 1, each as likely. */
static bool choose_scalar(struct agreeing *agreeing)
{
    const BIGNUM *order = EC_GROUP_get0_order(agreeing->peer->group);
    BN_set_flags(agreeing->scalar, BN_FLG_CONSTTIME);
    do {
        if (BN_priv_rand_range_ex(agreeing->scalar, order, 0, agreeing->numbers) != 1)
            return false;
    } while (BN_is_zero(agreeing->scalar));
    return true;
}

static bool put_public(struct agreeing *agreeing, struct sg_buffer *key_bits)
{
    const EC_GROUP *group = agreeing->peer->group;
    uint8_t octets[POINT_MAX_LEN];
    if (EC_POINT_mul(group, agreeing->point, agreeing->scalar, NULL, NULL, agreeing->numbers) != 1)
        return false;
    size_t len = EC_POINT_point2oct(group, agreeing->point, POINT_CONVERSION_UNCOMPRESSED, octets,
                                    sizeof octets, agreeing->numbers);
    sg_buffer_add(key_bits, sg_span(octets, len));
    return len > 0;
}

/* SEC 1 3.3.1. No point of a group of prime order but infinity gives infinity, and PEER is none. */
static enum sg_key_answer compute_shared(struct agreeing *agreeing, struct sg_secret *shared)
{
    const EC_GROUP *group = agreeing->peer->group;
    size_t len = ((size_t)EC_GROUP_get_degree(group) + 7) / 8;
    if (EC_POINT_mul(group, agreeing->point, NULL, agreeing->peer->point, agreeing->scalar,
                     agreeing->numbers) != 1 ||
        EC_POINT_get_affine_coordinates(group, agreeing->point, agreeing->x, NULL,
                                        agreeing->numbers) != 1)
        return failure();
    if (!sg_secret_new(len, shared))
        return SG_KEY_NEEDS_MEMORY;
    (void)BN_bn2binpad(agreeing->x, shared->ptr, (int)len); /* less than the field's prime */
    return SG_KEY_DONE;
}

static enum sg_key_answer agree_on_curve(struct sg_key_library *library,
                                         const struct sg_ec_key *peer, struct sg_buffer *key_bits,
                                         struct sg_secret *shared)
{
    struct agreeing agreeing;
    enum sg_key_answer answer = SG_KEY_DONE;
    if (!begin(&agreeing, library, peer) || !choose_scalar(&agreeing) ||
        !put_public(&agreeing, key_bits))
        answer = failure();
    if (answer == SG_KEY_DONE)
        answer = compute_shared(&agreeing, shared);
    end(&agreeing);
    return answer;
}

/* By our own arithmetic: to make and read keys takes the crypto library several times as long as to
 * compute with them. */
static enum sg_key_answer agree_with_ec(struct sg_key_library *library, struct sg_crypto *crypto,
                                        const struct sg_spki *peer, struct sg_buffer *key_bits,
                                        struct sg_secret *shared)
{
    const struct sg_key_source source = {peer, peer->algorithm.parameters, SG_KEY_MAX_BITS};
    struct sg_public_key key = {.type = peer->type};
    enum sg_key_check check = sg_ec_key_init(crypto, &source, &key);
    enum sg_key_answer answer = check == SG_KEY_NO_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_CANNOT;
    if (check == SG_KEY_OK)
        answer = agree_on_curve(library, &key.as.ec, key_bits, shared);
    sg_ec_key_clear(&key);
    return answer;
}

static enum sg_key_answer agree_with_other(struct sg_key_library *library,
                                           const struct sg_spki *peer, struct sg_buffer *key_bits,
                                           struct sg_secret *shared)
{
    struct signet_key *key;
    enum sg_key_answer answer = sg_key_generate(library, peer, &key);
    if (answer != SG_KEY_DONE)
        return answer;
    answer = sg_key_agree(key, peer, shared);
    if (answer == SG_KEY_DONE)
        sg_buffer_add(key_bits, key->spki.key_bits);
    signet_key_unref(key);
    return answer;
}

enum sg_key_answer sg_ephemeral_agree(struct sg_key_library *library, struct sg_crypto *crypto,
                                      const struct sg_spki *peer, struct sg_buffer *key_bits,
                                      struct sg_secret *shared)
{
    *shared = (struct sg_secret){.ptr = NULL};
    return peer->type == SG_KEY_EC ? agree_with_ec(library, crypto, peer, key_bits, shared)
                                   : agree_with_other(library, peer, key_bits, shared);
}
