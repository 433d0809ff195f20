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
    SG_CONSTRAINT_IP /* an address, of a subtree with its mask: kept in networks, not by key */
};

/* Kinds are sets of bits where there may be several. */
#define SG_CONSTRAINT_BIT(kind) (1u << (kind))

struct sg_constraint_key {
    unsigned kinds; /* a name's key has one, a subtree may be found under several */
    unsigned depth; /* labels of a host, RDNs of a directory name; else 0 */
    struct signet_span octets;
    uint64_t hash; /* of octets, seeded */
};

/* Which keys there may be among those of some subtrees; others of a name are made for nothing. */
struct sg_constraint_wants {
    unsigned kinds;
    uint64_t depths[2]; /* a bit each; what is deeper than the last bit shares it */
};

/* The keys of one name or subtree at a time, and the room for what they point to. */
struct sg_constraint_keys {
    struct sg_arena *arena;
    uint64_t seed;
    struct sg_constraint_wants wants;
    struct sg_constraint_key *items;
    size_t num, cap;
    uint8_t text[2048];         /* folded host names and mailboxes */
    struct sg_buffer canonical; /* of a directory name */
    bool failed;                /* memory is out */
};

static inline void sg_constraint_wants_add(struct sg_constraint_wants *wants,
                                           const struct sg_constraint_key *key)
{
    unsigned depth = key->depth < 127 ? key->depth : 127;
    wants->kinds |= key->kinds;
    wants->depths[depth / 64] |= UINT64_C(1) << depth % 64;
}

static inline void sg_constraint_wants_join(struct sg_constraint_wants *wants,
                                            const struct sg_constraint_wants *more)
{
    wants->kinds |= more->kinds;
    wants->depths[0] |= more->depths[0];
    wants->depths[1] |= more->depths[1];
}

static inline bool sg_constraint_wants_any(const struct sg_constraint_wants *wants, unsigned kinds)
{
    return (wants->kinds & kinds) != 0;
}

static inline bool sg_constraint_wants_key(const struct sg_constraint_wants *wants, unsigned kinds,
                                           unsigned depth)
{
    unsigned bit = depth < 127 ? depth : 127;
    return (wants->kinds & kinds) != 0 && (wants->depths[bit / 64] >> bit % 64 & 1) != 0;
}

/* Adds a key where it is wanted. Its hash is a seeded one of its octets. */
void sg_constraint_keys_add(struct sg_constraint_keys *keys, struct sg_constraint_key key);

/* A key without octets, for all names of a form. */
void sg_constraint_keys_add_any(struct sg_constraint_keys *keys, enum sg_constraint_kind kind);

/* How one form of GeneralName is constrained. */
struct sg_constraint_form {
    /* Adds the keys under which the subtree of BASE is found. False: BASE is not of a form that can
     * be processed. */
    bool (*base_keys)(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded);
    /* Adds the keys of all subtrees that NAME may lie in, as far as they are wanted. False: NAME is
     * malformed. */
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
void sg_constraint_host_key(struct sg_constraint_keys *keys, unsigned kinds,
                            struct signet_span host);

/* Keys for all subtrees that a folded host name may lie in: HOST_KIND for itself, DOMAIN_KIND for
 * each domain above it. */
void sg_constraint_host_keys(struct sg_constraint_keys *keys, enum sg_constraint_kind host_kind,
                             enum sg_constraint_kind domain_kind, struct signet_span host);

#endif
