/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the command line says. One table describes every option: parsing, --help and the manual's
 * check read it.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <signet/signet.h>

/* Verbs that an option belongs to. */
enum verb_bit { VERB_VERIFY = 1u << 0, VERB_PATH = 1u << 1, VERB_SHOW = 1u << 2 };
#define VERB_JUDGE (VERB_VERIFY | VERB_PATH)
#define VERB_ALL   (VERB_JUDGE | VERB_SHOW)

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Texts that an option gathers, in order. */
struct strings {
    const char **items;
    size_t num, cap;
};

struct options {
    struct signet_policy policy;
    bool has_time; /* --at was given */
    struct strings anchors, certs, crls, pinned_cas, policies;
    struct strings authorities, targets; /* for attribute certificates */
    const char *content;                 /* --content FILE */
    struct strings permitted, excluded;  /* subtrees as TYPE:VALUE */
    bool json, explain, recursive, attributes, help;
    bool anchor_constraints; /* what an anchor's certificate says of paths below it holds */
    enum color_mode color;
    size_t crl_entries;
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

/* Appends TEXT, borrowed. False: memory is out. */
bool strings_add(struct strings *strings, const char *text);

#endif
