/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What PKCS#11 modules hold, reached through p11-kit: the trust anchors of the system, as NSS's
 * builtin module libnssckbi.so has them, with its e-mail bit and its distrust-after dates; and
 * private keys that never leave their token.
 *
 * Loading a module runs its code in this process: give no path that a message or a stranger chose.
 */
#ifndef SIGNET_TOKEN_H
#define SIGNET_TOKEN_H

#include "signet/anchor.h"
#include "signet/certificate.h"
#include "signet/key.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why SIGNET_ERR_IO. */
enum signet_token_trouble {
    SIGNET_TOKEN_FINE = 0,
    SIGNET_TOKEN_MISSING,    /* there is no such module */
    SIGNET_TOKEN_UNLOADABLE, /* the file is no PKCS#11 module that runs here */
    SIGNET_TOKEN_FAILED,     /* a call of the module failed, or its answers contradict each other */
    SIGNET_TOKEN_EMPTY,      /* it holds nothing that says what certificates are trusted for */
    /* Of keys. */
    SIGNET_TOKEN_URI,        /* the URI cannot be read, or is not taken */
    SIGNET_TOKEN_ABSENT,     /* no such token is there */
    SIGNET_TOKEN_AMBIGUOUS,  /* several tokens, or several keys, are what the URI says */
    SIGNET_TOKEN_NO_KEY,     /* the token has no such private key */
    SIGNET_TOKEN_PIN_NEEDED, /* no PIN was given */
    SIGNET_TOKEN_PIN_WRONG,  /* it is wrong; it was tried once and is not tried again */
    SIGNET_TOKEN_PIN_LOCKED, /* the token takes no PIN any more; nothing was tried */
    SIGNET_TOKEN_UNSUPPORTED /* the key is of a kind that is not known, or without a public half */
};

/* What a module says of one certificate for e-mail. */
enum signet_token_trust {
    SIGNET_TOKEN_NEUTRAL = 0, /* nothing: a root for other purposes only */
    SIGNET_TOKEN_TRUSTED,     /* a CA for mail: CKT_NSS_TRUSTED_DELEGATOR */
    SIGNET_TOKEN_DISTRUSTED   /* not to be trusted whatever else says so: CKT_NSS_NOT_TRUSTED */
};

/* Bytes that the longest texts below need, with the final NUL; longer ones are cut. */
#define SIGNET_TOKEN_TEXT_SIZE 512

/* One certificate of a module, valid during the call that tells it. */
struct signet_token_certificate {
    /* NULL: the module speaks of a certificate that it does not have, only ever to distrust it. */
    const struct signet_certificate *certificate;
    enum signet_token_trust trust;
    /* Where trusted: for all of mail, with the distrust-after date for e-mail, and bound by the
     * constraints in the root's own certificate, as in the software that this set is kept for. */
    struct signet_anchor_terms terms;
    const char *label;         /* the module's name for it, safe to show; never NULL */
    struct signet_span issuer; /* DER of its Name */
    struct signet_span serial; /* content octets of the INTEGER */
    struct signet_span sha1;   /* of the certificate as the module has it; {NULL,0}: not told */
};

/* What was found in a module. */
struct signet_token_report {
    enum signet_token_trouble trouble;
    char text[SIGNET_TOKEN_TEXT_SIZE];    /* of the trouble: one sentence with what to do; "" */
    char module[SIGNET_TOKEN_TEXT_SIZE];  /* the file, safe to show; "" when none was found */
    char library[SIGNET_TOKEN_TEXT_SIZE]; /* maker, name and version as it says itself, or "" */
    size_t num_told;                      /* certificates that were told … */
    size_t num_trusted, num_distrusted;   /* … of them for mail */
    size_t num_passed_over;               /* objects that cannot be read or believed */
};

/* Gets one certificate. Another status than SIGNET_OK ends the walk and is its result. */
typedef enum signet_status signet_token_taker(void *context,
                                              const struct signet_token_certificate *certificate);

/*
 * Walks the certificates of a module that keeps trust as NSS does. FILE: the module; NULL looks for
 * libnssckbi.so in the usual folders of libraries and in p11-kit's configuration. Certificates come
 * in an order that hangs on nothing but the contents, each once. One is trusted only if what is
 * said of it fits in issuer, serial and SHA-1, and can be read in full; where the module says two
 * things of one, the worse holds. REPORT is always filled. SIGNET_ERR_IO tells a trouble.
 *
 * Not to be called from two threads at once with the same module; leaves nothing loaded behind.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_token_anchors(const char *file, signet_token_taker *taker, void *context,
                     struct signet_token_report *report);

/* --- private keys in tokens ------------------------------------------------------------------- */

/* What a PIN is wanted for. Texts are safe to show and valid during the call. */
struct signet_token_pin_wish {
    const char *token;      /* its label */
    const char *pin_source; /* the file that the URI names (RFC 7512 2.4), or NULL; not read here */
    bool for_one_use;       /* the key wants it before each use (CKA_ALWAYS_AUTHENTICATE) */
    bool few_tries;         /* a wrong one was tried before … */
    bool last_try;          /* … and one more locks the token */
};

/* Gives a PIN, borrowed until the next call. False: there is none. */
typedef bool signet_token_pin_giver(void *context, const struct signet_token_pin_wish *wish,
                                    struct signet_span *pin);

/* How to get at a token. */
struct signet_token_access {
    const char *module; /* its module's file where the URI has no module-path; NULL: none */
    signet_token_pin_giver *pin; /* NULL: there is no PIN */
    void *context;               /* of PIN */
};

/* TEXT begins as a PKCS#11 URI (RFC 7512). */
SIGNET_API bool signet_token_uri_is(const char *text);

/*
 * The private key that URI names. It is used where it is: signing, decrypting and agreeing are done
 * by the token, and signet_key_write gives SIGNET_KEY_NOT_EXPORTABLE. What a token signs is
 * verified before it is handed on, and a key encrypted to it that it cannot decrypt is as any wrong
 * key. URI's attributes are as in RFC 7512: token, manufacturer, serial, model, object, id, type,
 * module-path, pin-source; any other, and pin-value, is refused. REPORT is always filled;
 * SIGNET_ERR_IO tells a trouble.
 *
 * A PIN is asked for once, and again before each use of a key that wants that. A wrong one is never
 * tried twice: after it every use is denied. ACCESS->pin and its context must outlive the key.
 * Of several keys of one module the first that was opened goes last.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_token_key_open(const char *uri, const struct signet_token_access *access,
                      struct signet_key **key, struct signet_token_report *report);

/* A private key or a certificate of a token, valid during the call that tells it. */
struct signet_token_object {
    const struct signet_certificate *certificate; /* NULL: it is a private key */
    const char *uri;           /* names it and nothing else; as text it is safe */
    const char *token, *label; /* safe to show; never NULL */
};
typedef enum signet_status signet_token_object_taker(void *context,
                                                     const struct signet_token_object *object);

/*
 * Tells what URI fits of a token: private keys (most tokens hide them without a PIN), then
 * certificates. ACCESS->pin NULL: without logging in. Otherwise as above.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_token_list(const char *uri, const struct signet_token_access *access,
                  signet_token_object_taker *taker, void *context,
                  struct signet_token_report *report);

#ifdef __cplusplus
}
#endif

#endif
