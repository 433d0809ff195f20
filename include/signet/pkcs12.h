/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS #12 (RFC 7292): how own keys with their certificates travel from one program to another.
 */
#ifndef SIGNET_PKCS12_H
#define SIGNET_PKCS12_H

#include "signet/certificate.h"
#include "signet/crl.h"
#include "signet/key.h"

#ifdef __cplusplus
extern "C" {
#endif

/* BYTES begin as a PKCS #12 file does, DER or BER. */
SIGNET_API bool signet_pkcs12_is(struct signet_span bytes);

/*
 * What is found, any of which may be NULL; a status other than SIGNET_OK ends the reading and is
 * returned. CERTIFICATE of a key is one that has its public key, that with its localKeyID where
 * several have; NULL when there is none. It is also given by itself. Certificates come first, then
 * keys. NAME is the friendlyName, UTF-8 as it stands there (to be escaped when shown), or NULL. All
 * valid during the call; take references.
 */
struct signet_pkcs12_callbacks {
    enum signet_status (*key)(void *context, struct signet_key *key,
                              struct signet_certificate *certificate, const char *name);
    enum signet_status (*certificate)(void *context, struct signet_certificate *certificate,
                                      const char *name);
    enum signet_status (*crl)(void *context, struct signet_crl *crl);
    void *context;
};

/*
 * Reads all of BYTES. PASSPHRASE: UTF-8; {NULL,0} and "" are both tried where it is empty, as both
 * are written. Also files of old programs: RC2 of 40 bits and Triple DES. Certificates, CRLs and
 * keys that cannot be read, and secrets of other kinds, are counted in *NUM_BAD (may be NULL) and
 * passed over. SIGNET_ERR_PARSE sets *TROUBLE (may be NULL): a wrong passphrase is told from a
 * damaged file by the MAC. SIGNET_ERR_LIMIT goes with SIGNET_KEY_TOO_COSTLY.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pkcs12_read(struct signet_span bytes, struct signet_span passphrase,
                   const struct signet_pkcs12_callbacks *callbacks, size_t *num_bad,
                   enum signet_key_trouble *trouble);

/* A key and its certificate. */
struct signet_pkcs12_own {
    const struct signet_key *key;
    const struct signet_certificate *certificate; /* signet_key_matches */
    const char *name;                             /* friendlyName, UTF-8; NULL for none */
};

struct signet_pkcs12_content {
    const struct signet_pkcs12_own *own;
    size_t num_own;
    /* Those of the issuers. One that is also in OWN goes out once. */
    const struct signet_certificate *const *certificates;
    size_t num_certificates;
    /* Triple DES and HMAC-SHA-1, 100 000 iterations, instead of what stands below: for readers of
     * before 2019, among them GnuPG before 2.4. Guessing the passphrase is cheaper. */
    bool for_old_readers;
};

/*
 * Writes CONTENT to SINK: certificates and keys encrypted by PBES2 with AES-256-CBC and
 * PBKDF2-HMAC-SHA-256, MAC by HMAC-SHA-256, 600 000 iterations for the keys' encryption and
 * 100 000 for the rest. SIGNET_ERR_ARGUMENT: the passphrase is empty or not UTF-8, there is nothing
 * to write, a certificate is not for its key, or (*TROUBLE, may be NULL, is
 * SIGNET_KEY_NOT_EXPORTABLE) a key cannot leave its token.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_pkcs12_write(const struct signet_pkcs12_content *content, struct signet_span passphrase,
                    const struct signet_sink *sink, enum signet_key_trouble *trouble);

#ifdef __cplusplus
}
#endif

#endif
