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
#include "send/addressee_index.h"
#include "signet/encrypt.h"
#include "store/choosing.h"

/* Where certificates come from that name somebody. */
enum sg_named_from {
    SG_NAMED_GIVEN,   /* by the caller, for this message: known in all rounds */
    SG_NAMED_AT_HAND, /* in the pool: looked for in a round that has use for them */
    SG_NUM_NAMED
};

struct sg_named {
    struct sg_named *next;
    const struct signet_certificate *certificate;
};

/* In the order of adding; a zeroed list is empty. */
struct sg_named_list {
    struct sg_named *first, *last;
};

/* Somebody whom the message is for. */
struct sg_addressee {
    enum signet_recipient_field field;
    const char *address; /* as given; NULL for a certificate without one */
    const char *shown;   /* escaped */
    bool malformed;      /* no address at all */
    struct sg_mailbox mailbox;
    const struct signet_certificate *given; /* who is known by the certificate alone */
    struct sg_named_list named[SG_NUM_NAMED];

    /* The last round. */
    struct signet_choice *choice;        /* of the store; NULL */
    struct signet_choice_candidate *own; /* judged here: certificates given, or of the pool */
    size_t num_own, cap_own;
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
    struct signet_policy policy;
    struct signet_encrypt_options options;
    struct signet_span message;
    struct sg_content content;
    const char *bad_field; /* a field of recipients that cannot be read; NULL */

    struct sg_addressee *addressees;
    size_t num_addressees, cap_addressees;
    struct sg_addressee_index index; /* of those who have an address */
    /* What the store, or whoever is asked for the plan's needs, has brought, above the caller's
     * pool: it stays from round to round. */
    struct signet_pool *brought;
    struct sg_key_ring *ring;     /* likewise: keys of the CAs */
    struct sg_choosing *choosing; /* NULL without store */

    /* The last round. */
    bool listed_at_hand;
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

/* Lists CERTIFICATE with those whom it names, which may be nobody. In the arena. False: memory is
 * out. */
SIGNET_MUST_CHECK bool sg_addressees_list_named(struct signet_encrypt_plan *plan,
                                                const struct signet_certificate *certificate,
                                                enum sg_named_from from, struct sg_arena *arena,
                                                bool *anybody);

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
