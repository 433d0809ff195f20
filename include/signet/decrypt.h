/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening encrypted mail with one's own keys (RFC 8551 3.3, 3.4; RFC 5652 6; RFC 5083).
 */
#ifndef SIGNET_DECRYPT_H
#define SIGNET_DECRYPT_H

#include "signet/key.h"
#include "signet/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An own key with the certificate it belongs to. One of the two may be NULL: only the key is left,
 * which is then found by key identifier alone; or the key is to be unlocked when it is needed. */
struct signet_own_key {
    const struct signet_certificate *certificate;
    const struct signet_key *key;
};

/* All keys ever held: mail stays encrypted to a certificate that has expired since. */
struct signet_own_keys {
    const struct signet_own_key *items;
    size_t num;
    /* Gets the key at INDEX, which a message names and whose KEY is NULL; NULL: it cannot be had.
     * The key stays the caller's. May be NULL. */
    const struct signet_key *(*unlock)(void *context, size_t index);
    void *context;
};

enum signet_decrypt_outcome {
    SIGNET_DECRYPT_OPENED = 0,
    SIGNET_DECRYPT_NONE,   /* nothing is encrypted */
    SIGNET_DECRYPT_NO_KEY, /* not to one of the keys, or that key cannot be used */
    SIGNET_DECRYPT_FAILED  /* everything else; the findings tell what may be told */
};

/* "opened", "none", "no-key", "failed". */
SIGNET_API const char *signet_decrypt_outcome_name(enum signet_decrypt_outcome outcome);

struct signet_decrypted;

/*
 * Opens the encrypted part of MESSAGE (a mail, or a bare CMS object), and the encrypted part inside
 * what comes out, with whichever of KEYS a recipient information names. What is compressed around
 * it or in it is taken off (RFC 3274). All failures behind the choice of a key look alike and take
 * alike (no padding oracle); nothing of an authenticated cipher is given out before its tag holds.
 * A static key of the sender's is used only when its certificate, found in the message or in POOL,
 * is valid for that under POLICY (RFC 3850 4.2, RFC 2632 4.4.2.1). SCRATCH (NULL: the heap) gives
 * room for MESSAGE without its transfer encoding, still encrypted; it must outlive the result. What
 * comes out is in memory alone. On SIGNET_OK *DECRYPTED tells what came out, also when nothing
 * could be opened; it borrows KEYS' items alone.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_decrypt(struct signet_context *context, struct signet_span message,
               const struct signet_own_keys *keys, const struct signet_pool *pool,
               const struct signet_policy *policy, const struct signet_scratch *scratch,
               struct signet_decrypted **decrypted);
/* Wipes what was decrypted; NULL is legal. */
SIGNET_API void signet_decrypted_free(struct signet_decrypted *decrypted);

SIGNET_API enum signet_decrypt_outcome
signet_decrypted_outcome(const struct signet_decrypted *decrypted);
/* The message with the header fields that were outside and what was inside, fit for
 * signet_message_verify; {NULL,0} when nothing could be opened. Of a bare object only what was
 * inside. */
SIGNET_API struct signet_span signet_decrypted_message(const struct signet_decrypted *decrypted);
/* Which key opened it, the outermost first; NULL for none. */
SIGNET_API const struct signet_own_key *
signet_decrypted_key(const struct signet_decrypted *decrypted);
/* "AES-256-GCM" …, of the outermost; NULL when not known. Static. */
SIGNET_API const char *signet_decrypted_cipher(const struct signet_decrypted *decrypted);
/* The content was authenticated by its cipher: what is inside is what somebody with the recipient's
 * public key wrote. Says nothing about who that was. */
SIGNET_API bool signet_decrypted_authenticated(const struct signet_decrypted *decrypted);
SIGNET_API struct signet_findings
signet_decrypted_findings(const struct signet_decrypted *decrypted);

#ifdef __cplusplus
}
#endif

#endif
