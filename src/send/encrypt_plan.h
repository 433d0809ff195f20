/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan to encrypt, inside: whom the message is for, read once; what is judged in each round.
 */
#ifndef SG_SEND_ENCRYPT_PLAN_H
#define SG_SEND_ENCRYPT_PLAN_H

#include "address/mailbox.h"
#include "cms/recipient_write.h"
#include "compose/content.h"
#include "finding/finding.h"
#include "signet/encrypt.h"

/* Somebody whom the message is for. */
struct sg_addressee {
    enum signet_recipient_field field;
    const char *address; /* as given; NULL for a certificate without one */
    const char *shown;   /* escaped */
    bool malformed;      /* no address at all */
    struct sg_mailbox mailbox;
    const struct signet_certificate *given; /* who is known by the certificate alone */

    /* The last round. */
    struct signet_choice *choice;        /* of the store; NULL */
    struct signet_choice_candidate *own; /* judged here: certificates given, or of the pool */
    size_t num_own;
    const struct signet_choice_candidate *candidates; /* the choice's, or OWN */
    size_t num_candidates;
    const struct signet_choice_candidate *chosen;
    bool has_capabilities;
    struct signet_span capabilities; /* SMIMECapabilities, in the round's arena */
    bool oaep;
};

struct signet_encrypt_plan {
    struct sg_arena arena; /* of all rounds */
    struct sg_arena round; /* of the last one */
    struct signet_context *context;
    struct signet_store *store;
    const struct signet_pool *pool;
    struct signet_policy policy;
    struct signet_encrypt_options options;
    struct signet_span message;
    struct sg_content content;
    const char *bad_field; /* a field of recipients that cannot be read; NULL */

    struct sg_addressee *addressees;
    size_t num_addressees, cap_addressees;

    /* The last round. */
    struct sg_findings notes;
    struct signet_findings findings;
    struct signet_encrypt_recipient *views;
    struct signet_need *needs;
    size_t num_needs;
    enum signet_cipher cipher; /* AUTO: none */
    bool refused;
};

/* encrypt_addressee.c: reads whom the message is for. False: memory is out. */
SIGNET_MUST_CHECK bool sg_addressees_read(struct signet_encrypt_plan *plan);

bool sg_addressee_is_named(const struct signet_encrypt_plan *plan,
                           const struct sg_addressee *addressee,
                           const struct signet_certificate *certificate, struct sg_arena *arena);

/* encrypt_choice.c: chooses the certificate of ADDRESSEE, for this round. */
SIGNET_MUST_CHECK enum signet_status sg_addressee_choose(struct signet_encrypt_plan *plan,
                                                         struct sg_addressee *addressee);
/* Gives back what the round holds. */
void sg_addressee_clear(struct sg_addressee *addressee);

/* encrypt_cipher.c: what the chosen can read, and the cipher for all. */
SIGNET_MUST_CHECK enum signet_status sg_addressee_ask_capabilities(struct signet_encrypt_plan *plan,
                                                                   struct sg_addressee *addressee);
enum signet_cipher sg_encrypt_choose_cipher(const struct signet_encrypt_plan *plan);
/* NULL for AUTO. */
const struct sg_cipher_kind *sg_cipher_kind_of(enum signet_cipher cipher);

#endif
