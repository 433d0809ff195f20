/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/secret.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

bool sg_secret_new(size_t len, struct sg_secret *secret)
{
    size_t cap = len > 0 ? len : 1;
    *secret = (struct sg_secret){.ptr = calloc(1, cap)};
    if (secret->ptr == NULL)
        return false;
    secret->len = len;
    secret->cap = cap;
    return true;
}

bool sg_secret_copy(struct signet_span octets, struct sg_secret *secret)
{
    if (!sg_secret_new(octets.len, secret))
        return false;
    if (octets.len > 0)
        memcpy(secret->ptr, octets.ptr, octets.len);
    return true;
}

void sg_secret_free(struct sg_secret *secret)
{
    if (secret->ptr != NULL)
        OPENSSL_cleanse(secret->ptr, secret->cap);
    free(secret->ptr);
    *secret = (struct sg_secret){.ptr = NULL};
}

void sg_wipe(void *octets, size_t len)
{
    OPENSSL_cleanse(octets, len);
}
