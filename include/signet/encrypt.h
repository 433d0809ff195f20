/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encrypting mail (RFC 3850 1, 4.2; RFC 8551 2.3, 2.7, 3.3, 3.4). Nothing is written before a
 * certificate of every recipient is proven: a plan says whom it would be encrypted to, by which
 * certificate, why, and every reason against it; only a plan without one can be carried out.
 */
#ifndef SIGNET_ENCRYPT_H
#define SIGNET_ENCRYPT_H

#include "signet/choice.h"
#include "signet/send_error.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_cipher {
    SIGNET_CIPHER_AUTO = 0, /* what all recipients are known to read, else AES-256-GCM (E-42) */
    SIGNET_CIPHER_AES256_GCM,
    SIGNET_CIPHER_AES192_GCM,
    SIGNET_CIPHER_AES128_GCM,
    SIGNET_CIPHER_CHACHA20_POLY1305,
    SIGNET_CIPHER_AES256_CBC,
    SIGNET_CIPHER_AES192_CBC,
    SIGNET_CIPHER_AES128_CBC,
    SIGNET_CIPHER_3DES_CBC, /* only when asked for by name */
    SIGNET_NUM_CIPHERS
};

/* "auto", "aes256-gcm", "chacha20-poly1305", …, "3des-cbc". */
SIGNET_API const char *signet_cipher_name(enum signet_cipher cipher);

enum signet_recipient_field {
    SIGNET_RECIPIENT_TO = 0,
    SIGNET_RECIPIENT_CC,
    SIGNET_RECIPIENT_BCC,
    SIGNET_RECIPIENT_GIVEN, /* by the caller */
    SIGNET_RECIPIENT_SELF   /* the sender, so that the message can be read again */
};

/* "To", "Cc", "Bcc", "given", "self". */
SIGNET_API const char *signet_recipient_field_name(enum signet_recipient_field field);

struct signet_encrypt_recipient {
    const char *address; /* escaped; "" for a certificate that was given without one */
    enum signet_recipient_field field;
    /* All certificates that could have been, best first, and why; of the store where there is one
     * that has any, else of those given. */
    const struct signet_choice_candidate *candidates;
    size_t num_candidates;
    const struct signet_certificate *certificate; /* chosen; NULL: none can be used */
    /* "RSAES-OAEP", "RSAES-PKCS1-v1_5", "ECDH P-256", "X25519", "DH"; NULL without certificate. */
    const char *method;
    const char *why; /* one clause */
};

struct signet_encrypt_options {
    enum signet_cipher cipher;
    bool oaep;    /* RSAES-OAEP also where nothing says that the recipient reads it */
    bool partial; /* leave out who cannot be encrypted to, instead of writing nothing */
    bool no_self;
    bool key_id;           /* name recipients by key identifier in place of issuer and serial */
    const char *const *to; /* addresses of recipients beside those of the message */
    size_t num_to;
    bool only_given; /* these, and CERTIFICATES without address, in place of the message's fields */
    /* Certificates to choose from beside those of the store. One that names no recipient's address
     * is a recipient of its own. */
    const struct signet_certificate *const *certificates;
    size_t num_certificates;
};

struct signet_encrypt_plan;

/*
 * Plans to encrypt MESSAGE, a mail or MIME entity, to everybody in To, Cc and Bcc and in OPTIONS
 * (NULL: none), and to its sender: for each the certificate chosen from STORE (may be NULL), POOL
 * and OPTIONS with its proof; policy->purpose and ->email are set by the plan. *PLAN borrows
 * everything given until it is freed. SIGNET_ERR_PARSE: MESSAGE cannot be sent as it is, ERROR (may
 * be NULL) says why. SIGNET_ERR_ARGUMENT: the policy's time or OIDs are none.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_encrypt_plan_new(struct signet_context *context, struct signet_span message,
                        struct signet_store *store, const struct signet_pool *pool,
                        const struct signet_policy *policy,
                        const struct signet_encrypt_options *options,
                        struct signet_encrypt_plan **plan, struct signet_send_error *error);
SIGNET_API void signet_encrypt_plan_free(struct signet_encrypt_plan *plan); /* NULL is legal */

/* As for signet_message_result: what would have helped, and to plan again with it. */
SIGNET_API const struct signet_need *
signet_encrypt_plan_needs(const struct signet_encrypt_plan *plan, size_t *num);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_encrypt_plan_update(struct signet_encrypt_plan *plan);

/* Where what is got for those needs is added: above the caller's pool, with what the store has
 * supplied already. The plan's. */
SIGNET_API struct signet_pool *signet_encrypt_plan_pool(struct signet_encrypt_plan *plan);

/* It may be carried out: every recipient has a certificate (or was left out as asked for, and one
 * is left), and there is a cipher for all of them. The sender's own may be lacking. */
SIGNET_API bool signet_encrypt_plan_ready(const struct signet_encrypt_plan *plan);
/* In the order of the message, then the addresses given, the sender, and certificates given that
 * name nobody of these. */
SIGNET_API const struct signet_encrypt_recipient *
signet_encrypt_plan_recipients(const struct signet_encrypt_plan *plan, size_t *num);
/* SIGNET_CIPHER_AUTO: there is none that all could read. */
SIGNET_API enum signet_cipher signet_encrypt_plan_cipher(const struct signet_encrypt_plan *plan);
SIGNET_API struct signet_findings
signet_encrypt_plan_findings(const struct signet_encrypt_plan *plan);

/*
 * Writes the message: EnvelopedData, or AuthEnvelopedData for the authenticated ciphers. Bcc is not
 * in the header, nor does the order of recipients tell anything; but a recipient information names
 * its certificate, so that a copy for others that nobody shall connect with a Bcc is planned for
 * them alone (only_given). SIGNET_ERR_ARGUMENT: not ready. SIGNET_ERR_CRYPTO: a key takes nothing.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_encrypt_plan_write(struct signet_encrypt_plan *plan, const struct signet_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
