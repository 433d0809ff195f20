/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared secrets: ECDH (SEC 1 3.3.1), X25519 and X448 (RFC 7748), DH (RFC 2631).
 */
#include "base/span.h"
#include "crypto/software_key.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/x509.h>

/* DH: leading zeros stay (RFC 2631 2.1.2). */
static bool set_padding(EVP_PKEY_CTX *context, enum sg_key_type type)
{
    unsigned padded = 1;
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_uint(OSSL_EXCHANGE_PARAM_PAD, &padded),
                                 OSSL_PARAM_construct_end()};
    return type != SG_KEY_DH || EVP_PKEY_CTX_set_params(context, params) == 1;
}

/* Setting the peer checks its key: on the curve, in the group, not the point at infinity. */
static enum sg_key_answer derive(EVP_PKEY_CTX *context, EVP_PKEY *peer, enum sg_key_type type,
                                 struct sg_secret *shared)
{
    size_t len = 0;
    if (EVP_PKEY_derive_init(context) != 1 || !set_padding(context, type))
        return sg_software_key_failure();
    if (EVP_PKEY_derive_set_peer_ex(context, peer, 1) != 1)
        return sg_software_key_failure() == SG_KEY_NEEDS_MEMORY ? SG_KEY_NEEDS_MEMORY
                                                                : SG_KEY_CANNOT;
    if (EVP_PKEY_derive(context, NULL, &len) != 1)
        return sg_software_key_failure();
    if (!sg_secret_new(len, shared))
        return SG_KEY_NEEDS_MEMORY;
    if (EVP_PKEY_derive(context, shared->ptr, &len) == 1) {
        shared->len = len;
        return SG_KEY_DONE;
    }
    sg_secret_free(shared); /* such as all zeros of X25519 (RFC 7748 6.1) */
    return sg_software_key_failure() == SG_KEY_NEEDS_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_CANNOT;
}

enum sg_key_answer sg_software_key_agree(void *state, const struct sg_spki *peer,
                                         struct sg_secret *shared)
{
    const struct sg_software_key *own = state;
    const unsigned char *der = peer->full.ptr;
    if (peer->full.len > LONG_MAX)
        return SG_KEY_CANNOT;
    EVP_PKEY *theirs = d2i_PUBKEY_ex(NULL, &der, (long)peer->full.len, own->library->context, NULL);
    EVP_PKEY_CTX *context =
        theirs == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(own->library->context, own->pair, NULL);
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (context != NULL)
        answer = derive(context, theirs, peer->type, shared);
    else if (sg_software_key_failure() == SG_KEY_NEEDS_MEMORY)
        answer = SG_KEY_NEEDS_MEMORY;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(theirs);
    return answer;
}
