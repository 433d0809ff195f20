/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/implicit_rejection.h"

#include "base/span.h"
#include "crypto/rsa.h"
#include "crypto/secret.h"

#include <openssl/hmac.h>

bool sg_rejection_fill(struct sg_key_library *library,
                       const uint8_t secret[SG_REJECTION_SECRET_LEN], struct signet_span ciphertext,
                       uint8_t *out, size_t len)
{
    uint8_t input[1 + SG_RSA_MAX_OCTETS], block[SG_REJECTION_SECRET_LEN];
    size_t block_len,
        input_len = ciphertext.len < SG_RSA_MAX_OCTETS ? ciphertext.len : SG_RSA_MAX_OCTETS;
    if (len > SG_REJECTION_MAX_LEN)
        return false;
    if (input_len > 0)
        memcpy(input + 1, ciphertext.ptr, input_len);
    bool made = true;
    input[0] = 0;
    for (size_t done = 0; made && done < len; done += sizeof block, input[0]++) {
        made = EVP_Q_mac(library->context, "HMAC", NULL, "SHA2-256", NULL, secret,
                         SG_REJECTION_SECRET_LEN, input, 1 + input_len, block, sizeof block,
                         &block_len) != NULL;
        if (made)
            memcpy(out + done, block, len - done < sizeof block ? len - done : sizeof block);
    }
    sg_wipe(block, sizeof block);
    return made;
}

void sg_rejection_choose(uint8_t *out, const uint8_t *plain, size_t len, uint32_t wrong)
{
    uint8_t keep = (uint8_t)(0u - wrong);
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)((out[i] & keep) | (plain[i] & (uint8_t)~keep));
}
