/* SPDX-License-Identifier: Apache-2.0 */
/* See hash_direct.c for why the functions that OpenSSL 3 calls deprecated are preferred. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/digest.h"

#include <openssl/sha.h>

#ifndef OPENSSL_NO_DEPRECATED_3_0

bool sg_sha1(struct signet_span bytes, uint8_t out[20])
{
    SHA_CTX state;
    return SHA1_Init(&state) == 1 && SHA1_Update(&state, bytes.ptr, bytes.len) == 1 &&
           SHA1_Final(out, &state) == 1;
}

bool sg_sha256(struct signet_span bytes, uint8_t out[32])
{
    SHA256_CTX state;
    return SHA256_Init(&state) == 1 && SHA256_Update(&state, bytes.ptr, bytes.len) == 1 &&
           SHA256_Final(out, &state) == 1;
}

#else

bool sg_sha1(struct signet_span bytes, uint8_t out[20])
{
    return SHA1(bytes.ptr, bytes.len, out) != NULL;
}

bool sg_sha256(struct signet_span bytes, uint8_t out[32])
{
    return SHA256(bytes.ptr, bytes.len, out) != NULL;
}

#endif
