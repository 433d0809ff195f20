/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Needs: what a judgement lacked, or would like to be sure of. Judging is pure; whoever judges may
 * ask a store or the network for the needs, add what came to the pool and judge again.
 */
#ifndef SIGNET_NEED_H
#define SIGNET_NEED_H

#include "signet/certificate.h"
#include "signet/crl.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_need_kind {
    SIGNET_NEED_SIGNER = 0, /* the certificate that a signer identifier names (RFC 3850 2.3) */
    SIGNET_NEED_ISSUER,     /* whoever issued CERTIFICATE or signed CRL: its certificates, or an
                               anchor of this name; of a self-signed one that is itself */
    SIGNET_NEED_CRL,        /* that may tell of CERTIFICATE */
    SIGNET_NEED_WHOLE_CRL,  /* all of CRL, which is an excerpt and cannot answer as it is */
    SIGNET_NEED_DELTA_CRL,  /* to be put on CRL */
    SIGNET_NEED_BINDING     /* what the user said of CERTIFICATE and an address (RFC 3850 3) */
};

struct signet_need {
    enum signet_need_kind kind;
    /* The verdict suffers for want of it. Else what is at hand suffices, but something newer could
     * change the verdict: a store is asked, the network need not be. */
    bool missing;
    /* Its path reaches an anchor, so that places named by certificates along it may be contacted
     * for CRLs (RFC 8550 6). */
    bool anchored;
    struct signet_span name;   /* DER of the Name of the issuer, of the CRL's issuer; {NULL,0} for a
                                  signer named by key identifier, and for a binding */
    struct signet_span key_id; /* subject key identifier looked for, or {NULL,0} */
    struct signet_span serial; /* SIGNER by issuer and serial number; else {NULL,0} */
    const struct signet_certificate *certificate; /* see KIND; may be NULL */
    const struct signet_crl *crl;                 /* see KIND; may be NULL */
    /* Where CERTIFICATE or CRL says that it may be: caIssuers, distribution points, freshestCRL;
     * http, https and ldap URIs in their order, each once, octets as they stand and not yet
     * trusted; at most 32. None where every signature of the message is false. */
    const struct signet_span *urls;
    size_t num_urls;
};

/* "signer", "issuer", "crl", "whole-crl", "delta-crl", "binding". */
SIGNET_API const char *signet_need_kind_name(enum signet_need_kind kind);

#ifdef __cplusplus
}
#endif

#endif
