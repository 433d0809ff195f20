/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address check of RFC 3850 section 3, by E-11 to E-15: is the sender one of those whom the
 * certificate names?
 */
#ifndef SG_AGENT_ADDRESS_MATCH_H
#define SG_AGENT_ADDRESS_MATCH_H

#include "finding/finding.h"
#include "mime/address_list.h"
#include "mime/header.h"
#include "path/pool.h"
#include "signet/message.h"
#include "x509/certificate.h"

/* Whom a message says it is from: read once for each message, compared with each signer. */
struct sg_sender {
    bool given; /* by the caller (policy->email), then FROM holds it and there is no Sender */
    bool asked; /* there is something to compare with; false for a bare CMS object without a given
                   address */
    size_t num_from_fields;
    struct sg_address_list from, sender;
};

/* Reads From and Sender of HEADERS. False: memory is out. */
SIGNET_MUST_CHECK bool sg_sender_read(const struct sg_headers *headers, struct sg_arena *arena,
                                      struct sg_sender *out);

/* The sender that the caller gave. An EMAIL that is no addr-spec matches nothing and is told as
 * malformed. */
SIGNET_MUST_CHECK bool sg_sender_give(const char *email, struct sg_arena *arena,
                                      struct sg_sender *out);

/*
 * Compares, adds findings (ADDR_MISMATCH, NO_ADDR, NO_SENDER, SENDER_ONLY, OTHER_AUTHORS) and fills
 * CHECK, all in the arena of FINDINGS. What the user bound the certificate to in POOL (NULL for
 * none) counts like what it says itself, and where it does not match is told (A-3-6). Work is
 * linear in the addresses of both sides. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_address_check(const struct signet_certificate *certificate,
                                        const struct signet_pool *pool,
                                        const struct sg_sender *sender, bool exact_local_part,
                                        struct sg_findings *findings,
                                        struct signet_address_check *check);

/* The certificate's addresses for showing. False: memory is out. */
SIGNET_MUST_CHECK bool sg_address_view(const struct signet_certificate *certificate,
                                       struct sg_arena *arena,
                                       const struct signet_mail_address **items, size_t *num);

#endif
