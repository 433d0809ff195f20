/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys: in files of every form in use (PKCS #8, RFC 5208, 5958, 8018; the older PEM forms
 * of RSA and EC), and whatever else can sign and decrypt, such as a token. What is secret in a key
 * is never handed out but encrypted, and is wiped from memory when its last reference goes.
 */
#ifndef SIGNET_KEY_H
#define SIGNET_KEY_H

#include "signet/certificate.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable and reference-counted. Its operations are for one thread at a time. */
struct signet_key;

/* Why there is no key, or no use of one. */
enum signet_key_trouble {
    SIGNET_KEY_FINE = 0,
    SIGNET_KEY_NONE,              /* no private key is in there */
    SIGNET_KEY_PASSPHRASE_NEEDED, /* encrypted, and no passphrase was given */
    /* The passphrase does not open it. PKCS #8 and PEM have no checksum: damage within what is
     * encrypted looks the same. PKCS #12 with its MAC tells the two apart. */
    SIGNET_KEY_PASSPHRASE_WRONG,
    SIGNET_KEY_DAMAGED,     /* not the form that it claims, cut off, or numbers that no key has */
    SIGNET_KEY_UNSUPPORTED, /* another kind of key or of encryption than is known */
    /* Opening it asks for more work or memory than a file may ask for: iterations over
     * SIGNET_KEY_MAX_ITERATIONS, scrypt over 32 MiB, a file over SIGNET_KEY_MAX_LEN. */
    SIGNET_KEY_TOO_COSTLY,
    SIGNET_KEY_NOT_EXPORTABLE /* it cannot leave where it is */
};

/* The libcrypto that does the arithmetic, by its own words: "OpenSSL 3.0.19 27 Jan 2026". */
SIGNET_API const char *signet_key_libcrypto_version(void);

#define SIGNET_KEY_MAX_ITERATIONS 10000000
/* Octets of a file that holds keys. */
#define SIGNET_KEY_MAX_LEN ((size_t)16 * 1024 * 1024)

/* One sentence without a full stop, such as "the passphrase is wrong". Never NULL. */
SIGNET_API const char *signet_key_trouble_text(enum signet_key_trouble trouble);

/*
 * Reads the first private key in BYTES: PKCS #8, plain or encrypted (PBES2 and the older schemes of
 * PKCS #5 and #12), or RSAPrivateKey, ECPrivateKey or DSAPrivateKey; DER or PEM, also with
 * "Proc-Type: 4,ENCRYPTED"; other PEM blocks are passed over. PASSPHRASE: its octets as typed
 * (UTF-8), {NULL,0} for none; neither kept nor changed. SIGNET_ERR_PARSE sets *TROUBLE (may be
 * NULL); SIGNET_ERR_LIMIT goes with SIGNET_KEY_TOO_COSTLY.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_key_read(struct signet_span bytes,
                                                                struct signet_span passphrase,
                                                                struct signet_key **key,
                                                                enum signet_key_trouble *trouble);

/*
 * Makes a new key of KIND: "rsa2048", "rsa3072", "rsa4096", "p256", "p384", "p521", "ed25519",
 * "ed448", and for agreement alone "x25519", "x448". SIGNET_ERR_ARGUMENT: another word. RSA of
 * fewer bits is not made (RFC 3850 4.1 wants 768 at least; today 2048 are). Randomness is the
 * operating system's, by the crypto library.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_key_generate(const char *kind,
                                                                    struct signet_key **key);

SIGNET_API struct signet_key *signet_key_ref(const struct signet_key *key);
SIGNET_API void signet_key_unref(struct signet_key *key); /* NULL is legal */

/* DER of its SubjectPublicKeyInfo (RFC 5280 4.1.2.7). Borrowed: valid as long as the key. */
SIGNET_API struct signet_span signet_key_public(const struct signet_key *key);
/* "RSA", "EC", "Ed25519", … Static. */
SIGNET_API const char *signet_key_type(const struct signet_key *key);
/* Of the modulus or the curve, as people name its strength. */
SIGNET_API unsigned signet_key_bits(const struct signet_key *key);

/* CERTIFICATE is for this key: both have the same public key, however it is encoded. */
SIGNET_API bool signet_key_matches(const struct signet_key *key,
                                   const struct signet_certificate *certificate);

enum signet_key_derivation {
    SIGNET_DERIVE_PBKDF2 = 0, /* HMAC-SHA-256, 600 000 iterations: every reader has it */
    SIGNET_DERIVE_SCRYPT      /* N 2^14, r 8, p 1 (RFC 7914): dearer to guess; fewer readers */
};

struct signet_key_form {
    bool pem; /* label ENCRYPTED PRIVATE KEY; else DER */
    enum signet_key_derivation derivation;
};

/*
 * Writes KEY to SINK as an EncryptedPrivateKeyInfo (PBES2 with AES-256-CBC). There is no form
 * without encryption: PASSPHRASE must not be empty (SIGNET_ERR_ARGUMENT). FORM NULL: all zero.
 * SIGNET_ERR_ARGUMENT with *TROUBLE (may be NULL) SIGNET_KEY_NOT_EXPORTABLE: the key is in a token.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_key_write(const struct signet_key *key,
                                                                 struct signet_span passphrase,
                                                                 const struct signet_key_form *form,
                                                                 const struct signet_sink *sink,
                                                                 enum signet_key_trouble *trouble);

#ifdef __cplusplus
}
#endif

#endif
