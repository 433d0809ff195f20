/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module says that certificates are trusted for: objects of the class CKO_NSS_TRUST, which
 * name a certificate by issuer, serial and SHA-1.
 */
#ifndef SG_TOKEN_TRUST_H
#define SG_TOKEN_TRUST_H

#include "token/module.h"

struct sg_trust {
    struct signet_span issuer; /* DER of a Name */
    struct signet_span serial; /* content octets of the INTEGER */
    struct signet_span sha1;   /* 20 octets, or {NULL,0} */
    enum signet_token_trust email;
    bool used; /* said of a certificate that the module has */
};
struct sg_trust_list {
    struct sg_trust *items; /* in the arena, sorted by issuer and serial */
    size_t num, cap;
};

/* Reads them all. Unreadable ones are counted as passed over in the report, and neutral ones kept:
 * they show that the module knows of trust. */
SIGNET_MUST_CHECK enum signet_status sg_trust_list_read(struct sg_module *module,
                                                        struct sg_trust_list *list);

/*
 * What LIST says of a certificate. Trust needs the SHA-1 of these octets: issuer and serial are
 * what anybody may write into a certificate. Distrust needs none, but a different one excludes it.
 */
enum signet_token_trust sg_trust_find(struct sg_trust_list *list, struct signet_span issuer,
                                      struct signet_span serial, const uint8_t sha1[20]);

#endif
