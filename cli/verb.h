/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verbs: one file each, one row each in main.c.
 */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "options.h"

/* Exit statuses, by the contract: with several inputs the worst decides, EXIT_TROUBLE above all. */
enum exit_status {
    EXIT_GOOD = 0,    /* GOOD or WARN */
    EXIT_BAD = 1,     /* BAD or WEAK */
    EXIT_TROUBLE = 2, /* usage, unreadable input, internal error */
    EXIT_UNKNOWN = 3,
    EXIT_NONE = 4,

    EXIT_DONE = 0,  /* of verbs that judge nothing */
    EXIT_ABSENT = 1 /* something that was asked for is not there; a check found flaws */
};

struct verb {
    const char *name;
    enum verb_bit bit;
    enum exit_status (*run)(struct options *options);
    const char *usage;   /* "[options] MESSAGE…" */
    const char *summary; /* one line */
};

extern const struct verb verb_verify, verb_path, verb_show, verb_config, verb_fetch, verb_refresh;
extern const struct verb verb_import, verb_export, verb_list, verb_remove, verb_trust,
    verb_distrust, verb_bind, verb_check, verb_backup, verb_sign, verb_request;
extern const struct verb verb_encrypt, verb_decrypt;
extern const struct verb verb_csr, verb_lint;

/* What the exit statuses of a verb mean, for --help. */
const char *exit_meanings(enum verb_bit bit);

/* The status for one verdict; the worse of two statuses. */
enum exit_status exit_of_verdict(enum signet_verdict verdict);
enum exit_status exit_worse(enum exit_status a, enum exit_status b);

#endif
