/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What PKCS#11 modules hold, reached through p11-kit: the trust anchors of the system, as NSS's
 * builtin module libnssckbi.so has them, with its e-mail bit and its distrust-after dates.
 *
 * Loading a module runs its code in this process: give no path that a message or a stranger chose.
 */
#ifndef SIGNET_TOKEN_H
#define SIGNET_TOKEN_H

#include "signet/anchor.h"
#include "signet/certificate.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why SIGNET_ERR_IO. */
enum signet_token_trouble {
    SIGNET_TOKEN_FINE = 0,
    SIGNET_TOKEN_MISSING,    /* there is no such module */
    SIGNET_TOKEN_UNLOADABLE, /* the file is no PKCS#11 module that runs here */
    SIGNET_TOKEN_FAILED,     /* a call of the module failed, or its answers contradict each other */
    SIGNET_TOKEN_EMPTY       /* it holds nothing that says what certificates are trusted for */
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

#ifdef __cplusplus
}
#endif

#endif
