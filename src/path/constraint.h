/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What name constraints and names have in common: keys. A subtree is entered under one or a few
 * keys, a name has one key for each subtree that could hold it (a host name one for each of its
 * suffixes, a directory name one for each of its prefixes), so a name lies in one of any number of
 * subtrees when one of its keys is among theirs. Within src/path only.
 */
#ifndef SG_PATH_CONSTRAINT_H
#define SG_PATH_CONSTRAINT_H

#include "path/judgement.h"
#include "x509/policy_extensions.h"

#define SG_NUM_NAME_FORMS (SG_GN_REGISTERED_ID + 1)

enum sg_constraint_kind {
    SG_CONSTRAINT_DIRECTORY, /* the first RDNs of a name, in canonical form */
    SG_CONSTRAINT_DNS_ANY,
    SG_CONSTRAINT_DNS_HOST,     /* this very host */
    SG_CONSTRAINT_DNS_DOMAIN,   /* a host with at least one more label */
    SG_CONSTRAINT_DNS_WILDCARD, /* "*." and this domain */
    SG_CONSTRAINT_MAIL_ANY,
    SG_CONSTRAINT_MAIL_HOST,
    SG_CONSTRAINT_MAIL_DOMAIN,
    SG_CONSTRAINT_MAILBOX_EXACT,  /* local part as it stands; in permitted subtrees (E-26) */
    SG_CONSTRAINT_MAILBOX_FOLDED, /* local part folded; in excluded subtrees */
    SG_CONSTRAINT_URI_ANY,
    SG_CONSTRAINT_URI_HOST,
    SG_CONSTRAINT_URI_DOMAIN,
    SG_CONSTRAINT_IP /* + the mask's length, 0 to 128; the address under the mask */
};
#define SG_NUM_CONSTRAINT_KINDS (SG_CONSTRAINT_IP + 129)

struct sg_constraint_key {
    unsigned kind;
    struct signet_span octets;
    uint64_t hash; /* of octets, and of kind by sg_constraint_keys_add */
};

/* A set of kinds, a bit each. */
struct sg_constraint_kinds {
    uint64_t words[(SG_NUM_CONSTRAINT_KINDS + 63) / 64];
};

/* The keys of one name or subtree at a time, and the room for what they point to. */
struct sg_constraint_keys {
    struct sg_arena *arena;
    uint64_t seed;
    /* Kinds that a name is looked up under; to make keys of other kinds would be for nothing. */
    struct sg_constraint_kinds wanted;
    struct sg_constraint_key *items;
    size_t num, cap;
    /* Folded host names and mailboxes, masked addresses: room for an IPv6 address under each mask.
     */
    uint8_t text[129 * 16];
    struct sg_buffer canonical; /* of a directory name */
    bool failed;                /* memory is out */
};

static inline void sg_constraint_kinds_add(struct sg_constraint_kinds *kinds, unsigned kind)
{
    kinds->words[kind / 64] |= UINT64_C(1) << kind % 64;
}

static inline bool sg_constraint_kinds_have(const struct sg_constraint_kinds *kinds, unsigned kind)
{
    return (kinds->words[kind / 64] & UINT64_C(1) << kind % 64) != 0;
}

static inline void sg_constraint_kinds_join(struct sg_constraint_kinds *kinds,
                                            const struct sg_constraint_kinds *more)
{
    for (size_t i = 0; i < sizeof(kinds->words) / sizeof(kinds->words[0]); i++)
        kinds->words[i] |= more->words[i];
}

/* Whether some subtree may be found under a key of KIND. */
static inline bool sg_constraint_keys_want(const struct sg_constraint_keys *keys, unsigned kind)
{
    return sg_constraint_kinds_have(&keys->wanted, kind);
}

/* Adds a key, wanted or not. HASH is a seeded hash of OCTETS. */
void sg_constraint_keys_add(struct sg_constraint_keys *keys, unsigned kind,
                            struct signet_span octets, uint64_t hash);

/* How one form of GeneralName is constrained. */
struct sg_constraint_form {
    /* Adds the keys under which the subtree of BASE is found. False: BASE is not of a form that can
     * be processed. */
    bool (*base_keys)(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded);
    /* Adds the keys of all subtrees that NAME may lie in, at least those of the kinds that are
     * wanted. False: NAME is malformed. */
    bool (*name_keys)(struct sg_constraint_keys *keys, const struct sg_general_name *name);
};

extern const struct sg_constraint_form sg_constraint_directory, sg_constraint_dns,
    sg_constraint_mail, sg_constraint_uri, sg_constraint_ip;

/* The keys of a name in canonical form. */
void sg_constraint_directory_keys(struct sg_constraint_keys *keys, struct signet_span canonical);

/* The keys of a mail address in UTF-8, wherever it stands; SMTP_UTF8: in a SmtpUTF8Mailbox. False:
 * it is none. */
bool sg_constraint_mail_keys(struct sg_constraint_keys *keys, struct signet_span address,
                             bool smtp_utf8);

/* HOST with ASCII letters folded, in keys->text from AT on. {NULL,0} when there is no room. */
struct signet_span sg_constraint_fold(struct sg_constraint_keys *keys, size_t at,
                                      struct signet_span host);

/* One key of a folded host name or domain. */
void sg_constraint_host_key(struct sg_constraint_keys *keys, unsigned kind,
                            struct signet_span host);

/* Keys for all subtrees that a folded host name may lie in: HOST_KIND for itself, DOMAIN_KIND for
 * each domain above it. */
void sg_constraint_host_keys(struct sg_constraint_keys *keys, unsigned host_kind,
                             unsigned domain_kind, struct signet_span host);

#endif
