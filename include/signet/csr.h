/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certification requests (PKCS #10, RFC 2986): what a CA is asked to put into a certificate for
 * mail. The address goes into subjectAltName and not into the name (RFC 3850 3).
 */
#ifndef SIGNET_CSR_H
#define SIGNET_CSR_H

#include "signet/key.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the key is for; both may be said. */
#define SIGNET_CSR_SIGN    1u
#define SIGNET_CSR_ENCRYPT 2u

/* An extension beyond those that a request has by itself. */
struct signet_csr_extension {
    const char *oid;          /* dotted */
    struct signet_span value; /* DER of the extension's own type */
    bool critical;            /* is refused: RFC 3850 4.4 */
};

struct signet_csr_wish {
    const struct signet_key *key;
    const char *const *addresses; /* UTF-8, bare; at least one, the first is the holder's own */
    size_t num_addresses;
    /* The holder: a distinguished name of RFC 4514 ("CN=Alice,O=Example") or, where no "=" stands
     * in it, a common name. NULL: an empty subject, and subjectAltName is critical (RFC 5280
     * 4.1.2.6). */
    const char *name;
    unsigned uses;        /* SIGNET_CSR_SIGN | SIGNET_CSR_ENCRYPT; 0: all that the key can do */
    bool address_in_name; /* the first address also as emailAddress, against RFC 3850 3 */
    const struct signet_csr_extension *extensions;
    size_t num_extensions;
    bool pem; /* else DER */
};

/* Why there is no request. WHAT: which of the caller's words it is about, or NULL; borrowed. */
struct signet_csr_refusal {
    const char *what;
    const char *why; /* static; a sentence without a full stop, which begins after WHAT */
};

/*
 * Writes the request, signed by its key, to SINK. An address whose local part is ASCII becomes an
 * rfc822Name, another a SmtpUTF8Mailbox; domains are A-labels in both (RFC 5280 7.5, RFC 9598 3).
 * SIGNET_ERR_ARGUMENT sets *REFUSAL: among others for a key below today's strength, one that cannot
 * do what it is for, and an extension that must not be asked for.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_csr_write(const struct signet_csr_wish *wish, const struct signet_sink *sink,
                 struct signet_csr_refusal *refusal);

#ifdef __cplusplus
}
#endif

#endif
