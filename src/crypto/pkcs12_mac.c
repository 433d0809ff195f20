/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/context.h"
#include "crypto/hash.h"
#include "crypto/pkcs12.h"

#include <limits.h>
#include <openssl/pkcs12.h>

static bool derive(struct sg_key_library *library, struct signet_span passphrase,
                   const EVP_MD *digest, struct signet_span salt, uint32_t iterations, uint8_t *key,
                   size_t key_len)
{
    struct sg_secret own_salt;
    /* The function's own signature wants a salt that it may write to. */
    if (salt.len > INT_MAX || passphrase.len > INT_MAX || iterations > INT_MAX ||
        !sg_secret_copy(salt, &own_salt))
        return false;
    bool made =
        PKCS12_key_gen_utf8_ex((const char *)passphrase.ptr, (int)passphrase.len, own_salt.ptr,
                               (int)own_salt.len, PKCS12_MAC_ID, (int)iterations, (int)key_len, key,
                               digest, library->context, NULL) == 1;
    sg_secret_free(&own_salt);
    return made;
}

bool sg_pkcs12_mac(struct sg_key_library *library, struct signet_span passphrase,
                   enum sg_digest_type digest, struct signet_span salt, uint32_t iterations,
                   struct signet_span content, struct sg_digest_value *mac)
{
    uint8_t key[SG_DIGEST_MAX_LEN];
    size_t len = 0;
    const char *name = sg_hash_evp_name(digest);
    EVP_MD *fetched = name == NULL ? NULL : EVP_MD_fetch(library->context, name, NULL);
    *mac = (struct sg_digest_value){.type = digest, .len = sg_digest_len(digest)};
    bool made = fetched != NULL && iterations > 0 &&
                derive(library, passphrase, fetched, salt, iterations, key, mac->len) &&
                EVP_Q_mac(library->context, "HMAC", NULL, name, NULL, key, mac->len, content.ptr,
                          content.len, mac->octets, sizeof mac->octets, &len) != NULL &&
                len == mac->len;
    EVP_MD_free(fetched);
    sg_wipe(key, sizeof key);
    if (!made)
        (void)sg_crypto_drain();
    return made;
}
