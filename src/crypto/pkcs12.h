/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS #12 (RFC 7292) read and written: bags with private keys, certificates and CRLs, protected by
 * a passphrase. Only the passphrase modes; those of public keys are in no use.
 */
#ifndef SG_CRYPTO_PKCS12_H
#define SG_CRYPTO_PKCS12_H

#include "base/arena.h"
#include "crypto/pbe.h"
#include "crypto/private_key.h"

enum sg_bag_kind {
    SG_BAG_OTHER = 0, /* secrets, and certificates that are not X.509 */
    SG_BAG_KEY,
    SG_BAG_CERTIFICATE,
    SG_BAG_CRL
};

struct sg_bag {
    enum sg_bag_kind kind;
    struct signet_key *key; /* of SG_BAG_KEY; NULL: it cannot be read */
    struct signet_span der; /* of the certificate or CRL */
    struct signet_span id;  /* localKeyID; {NULL,0} for none */
    const char *name;       /* friendlyName in UTF-8; NULL for none */
};

/* An open file: the bags' octets lie in it or in what was decrypted. */
struct sg_pkcs12 {
    struct sg_arena arena;
    struct sg_bag *bags;
    size_t num_bags, cap_bags;
    struct sg_secret *plains; /* decrypted contents */
    size_t num_plains, cap_plains;
    bool opened; /* something was decrypted, and read */
};

/* BYTES begin as a PFX does. */
bool sg_pkcs12_is(struct signet_span bytes);

/* Reads BYTES, which must stay. *FILE is to be closed whatever the answer. */
SIGNET_MUST_CHECK enum signet_status
sg_pkcs12_open(struct sg_opening *opening, struct signet_span bytes, struct sg_pkcs12 *file);
void sg_pkcs12_close(struct sg_pkcs12 *file);

/* MacData over CONTENT (RFC 7292 5.1, appendix B): HMAC by DIGEST under a key from the passphrase.
 * False: the crypto library failed. */
SIGNET_MUST_CHECK bool sg_pkcs12_mac(struct sg_key_library *library, struct signet_span passphrase,
                                     enum sg_digest_type digest, struct signet_span salt,
                                     uint32_t iterations, struct signet_span content,
                                     struct sg_digest_value *mac);

/* Appends a PFX with BAGS to OUT. PASSPHRASE is UTF-8 and not empty. OLD and *TROUBLE as in
 * signet_pkcs12_write. */
SIGNET_MUST_CHECK enum signet_status sg_pkcs12_write(const struct sg_bag *bags, size_t num_bags,
                                                     bool old, struct sg_key_library *library,
                                                     struct signet_span passphrase,
                                                     struct sg_buffer *out,
                                                     enum signet_key_trouble *trouble);

#endif
