/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the command line says. One table (option_row.c) describes every option: parsing, --help and
 * the manual's check read it.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "config.h"

#include <signet/signet.h>

/* Verbs that an option belongs to. */
enum verb_bit {
    VERB_VERIFY = 1u << 0,
    VERB_PATH = 1u << 1,
    VERB_SHOW = 1u << 2,
    VERB_IMPORT = 1u << 3,
    VERB_EXPORT = 1u << 4,
    VERB_LIST = 1u << 5,
    VERB_REMOVE = 1u << 6,
    VERB_TRUST = 1u << 7,
    VERB_DISTRUST = 1u << 8,
    VERB_BIND = 1u << 9,
    VERB_CHECK = 1u << 10,
    VERB_BACKUP = 1u << 11,
    VERB_SIGN = 1u << 12,
    VERB_REQUEST = 1u << 13,
    VERB_CONFIG = 1u << 20,
    VERB_FETCH = 1u << 21,
    VERB_REFRESH = 1u << 22,
    VERB_CSR = 1u << 24,
    VERB_LINT = 1u << 25,
    VERB_ENCRYPT = 1u << 26,
    VERB_DECRYPT = 1u << 27
};
#define VERB_JUDGE (VERB_VERIFY | VERB_PATH)
/* Those that sign. */
#define VERB_SIGNING (VERB_SIGN | VERB_REQUEST)
/* Those that encrypt and decrypt. */
#define VERB_SECRET (VERB_ENCRYPT | VERB_DECRYPT)
/* Those that change what is in the database, and say when. */
#define VERB_CHANGE (VERB_IMPORT | VERB_TRUST | VERB_DISTRUST | VERB_BIND)
#define VERB_STORE                                                                                 \
    (VERB_JUDGE | VERB_CHANGE | VERB_EXPORT | VERB_LIST | VERB_REMOVE | VERB_CHECK | VERB_BACKUP | \
     VERB_FETCH | VERB_REFRESH | VERB_CSR | VERB_SIGNING | VERB_SECRET)
#define VERB_NETWORK (VERB_JUDGE | VERB_FETCH | VERB_REFRESH | VERB_SIGNING | VERB_SECRET)
/* Those that signet.conf has a say in. */
#define VERB_CONFIGURED (VERB_STORE | VERB_NETWORK | VERB_CONFIG)
/* Those that run without anything after their options. */
#define VERB_WITHOUT_FILES                                                                         \
    (VERB_CONFIG | VERB_REFRESH | VERB_LIST | VERB_EXPORT | VERB_IMPORT | VERB_TRUST |             \
     VERB_CHECK | VERB_REMOVE | VERB_CSR | VERB_SIGNING | VERB_SECRET)
#define VERB_ALL (VERB_CONFIGURED | VERB_SHOW | VERB_LINT)

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* In the order of the words of --form. */
enum export_form {
    FORM_P7C,
    FORM_P7C_PEM,
    FORM_MIME,
    FORM_PEM,
    FORM_DER,
    FORM_P12,
    FORM_UNSAID /* by the ending of the file's name */
};

struct options {
    struct config config;    /* the files', with what options say in their place */
    const char *config_file; /* --config FILE */
    struct signet_policy policy;
    bool has_time, has_purpose; /* --at, --purpose was given */
    struct strings anchors, certs, crls, pinned_cas, policies;
    struct strings authorities, targets; /* for attribute certificates */
    const char *content;                 /* --content FILE */
    int64_t max_input;                   /* --max-input SIZE, of what has no size by itself */
    struct strings permitted, excluded;  /* subtrees as TYPE:VALUE */
    bool json, explain, recursive, attributes, help;
    bool anchor_constraints; /* what an anchor's certificate says of paths below it holds */
    enum color_mode color;
    size_t crl_entries;
    size_t jobs;            /* --jobs of verify; 0: as many as there are processors */
    const char *files_from; /* --files-from FILE */
    bool nuls;              /* --null: names in it end with a NUL */

    /* The database. */
    const char *store; /* --store FILE */
    bool no_store, no_keep, offline;
    bool yes, force, mend;
    bool signatures;    /* check --signatures */
    bool superseded;    /* --superseded */
    signet_time before; /* --before TIME; SIGNET_TIME_UNKNOWN: now */
    bool chain, with_crls, only_anchors, only_crls, only_own, bindings; /* what of it */
    const char *issuer, *serial, *key_id;
    const char *output;
    enum export_form form;
    const char *why;
    struct strings domains;           /* --domain */
    struct signet_anchor_terms terms; /* of what is trusted, as far as options say it */
    bool system, remove_binding;      /* --system, --remove */
    const char *bundle, *module;      /* --bundle FILE, --module FILE */
    const char *passphrase_file;      /* --passphrase-file FILE */
    int passphrase_fd;                /* --passphrase-fd NUMBER; -1 */

    /* Making certificates. */
    struct strings emails, extensions; /* --email, --extension of a request */
    const char *name, *key, *new_key, *key_out;
    unsigned csr_uses;         /* --for: SIGNET_CSR_SIGN and so on */
    bool address_in_name, der; /* --address-in-name, --der */
    unsigned lint_rules;       /* --rules */

    /* Signing. */
    struct signet_sign_options sign; /* but for what the following say */
    bool opaque, bare, plan, overwrite;
    const char *cert, *pkcs12, *signer;
    struct strings attribute_files; /* --attach-attributes */
    const char *answer;             /* --answer FILE of a request */

    /* Encrypting. */
    struct signet_encrypt_options encrypt; /* but for what the following say */
    struct strings to, only_to, recipient_certs;
    bool sign_first; /* --sign */
    bool fetch;      /* --fetch */

    char **files; /* what follows the options */
    size_t num_files;
};

/*
 * Reads ARGV (ARGV[0] is the verb's name) into OPTIONS for VERB. False: the command line is wrong,
 * and standard error says how.
 */
bool options_read(struct options *options, enum verb_bit verb, int argc, char **argv);
void options_free(struct options *options);

/* The options of VERB, one to a line, for --help. */
void options_print(enum verb_bit verb);

#endif
