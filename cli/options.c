/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "message.h"
#include "option_row.h"
#include "option_value.h"
#include "stream.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What getopt_long returns for row 0: behind all letters. */
enum { FIRST_VALUE = 1000 };

/* What getopt_long reads, for one verb. */
struct tables {
    struct option names[MAX_OPTION_ROWS + 1];
    char letters[2 * MAX_OPTION_ROWS + 2];
};

static void make_tables(struct tables *tables, enum verb_bit verb)
{
    size_t num = 0, len = 0;

    tables->letters[len++] = ':';
    for (size_t i = 0; i < num_option_rows; i++) {
        const struct option_row *row = &option_rows[i];

        if ((row->verbs & (unsigned)verb) == 0)
            continue;
        tables->names[num++] =
            (struct option){row->name, row->argument == NULL ? no_argument : required_argument,
                            NULL, (int)i + FIRST_VALUE};
        if (row->letter != 0)
            tables->letters[len++] = row->letter;
        if (row->letter != 0 && row->argument != NULL)
            tables->letters[len++] = ':';
    }
    tables->names[num] = (struct option){0};
    tables->letters[len] = '\0';
}

/* The row that VALUE, from getopt_long, stands for; NULL for none. */
static const struct option_row *find_row(int value, enum verb_bit verb)
{
    if (value >= FIRST_VALUE)
        return &option_rows[value - FIRST_VALUE];
    for (size_t i = 0; i < num_option_rows; i++)
        if (option_rows[i].letter == value && (option_rows[i].verbs & (unsigned)verb) != 0)
            return &option_rows[i];
    return NULL;
}

static bool set_option(struct options *options, const struct option_row *row, const char *argument)
{
    void *member = (char *)options + row->offset;

    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return true;
    case OPTION_TEXT:
        *(const char **)member = argument;
        return true;
    case OPTION_LIST:
        return strings_add(member, argument);
    case OPTION_VALUE:
        return row->set(options, argument);
    }
    return false;
}

static bool take_option(struct options *options, const struct option_row *row, const char *argument,
                        const char *verb)
{
    if (set_option(options, row, argument))
        return true;
    message_error("--%s: \"%s\" is not %s; see 'signet %s --help'", row->name,
                  argument == NULL ? "" : argument, row->argument == NULL ? "" : row->argument,
                  verb);
    return false;
}

static void set_defaults(struct options *options)
{
    *options = (struct options){.crl_entries = SIZE_MAX,
                                .before = SIGNET_TIME_UNKNOWN,
                                .jobs = 1,
                                .form = FORM_UNSAID,
                                .passphrase_fd = -1,
                                .max_input = (int64_t)STREAM_MAX};
    signet_policy_init(&options->policy);
    config_init(&options->config);
    options->terms = (struct signet_anchor_terms){.purposes = SIGNET_ANCHOR_MAIL,
                                                  .honour_constraints = true,
                                                  .distrust_after = SIGNET_TIME_UNKNOWN};
}

/* An option as it stands on the command line. */
struct given {
    const struct option_row *row;
    const char *argument;
};

/* Fills GIVEN, which has room for each word of ARGV. */
static bool split(struct options *options, enum verb_bit verb, int argc, char **argv,
                  struct given *given, size_t *num)
{
    struct tables tables;
    const struct option_row *row;
    int value;

    make_tables(&tables, verb);
    opterr = 0;
    optind = 1;
    while ((value = getopt_long(argc, argv, tables.letters, tables.names, NULL)) != -1) {
        row = find_row(value, verb);
        if (row == NULL && value == ':')
            message_error("%s needs an argument; see 'signet %s --help'", argv[optind - 1],
                          argv[0]);
        else if (row == NULL)
            message_error("unknown option '%s'; see 'signet %s --help'", argv[optind - 1], argv[0]);
        if (row == NULL)
            return false;
        given[(*num)++] = (struct given){row, optarg};
    }
    options->files = argv + optind;
    options->num_files = (size_t)(argc - optind);
    return true;
}

/* Signet.conf holds where no option says otherwise, so it is read before all options but those
 * that say which file, or that nothing is to be done. */
static bool take_config(struct options *options, const struct given *given, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (given[i].row->offset == offsetof(struct options, help) &&
            given[i].row->kind == OPTION_FLAG)
            return true;
        if (given[i].row->offset == offsetof(struct options, config_file) &&
            given[i].row->kind == OPTION_TEXT)
            options->config_file = given[i].argument;
    }
    if (!config_load(&options->config, options->config_file))
        return false;
    options->policy.crl_max_age = config_number(&options->config, KEY_CRL_MAX_AGE) / 1000;
    return option_set_revocation(options, config_text(&options->config, KEY_REVOCATION)) &&
           option_set_profile(options, config_text(&options->config, KEY_PROFILE));
}

static bool take_all(struct options *options, enum verb_bit verb, const struct given *given,
                     size_t num, const char *name)
{
    const struct strings *anchors = &options->config.values[KEY_ANCHOR].list;
    bool good = true;

    if (((unsigned)verb & VERB_CONFIGURED) != 0 && !take_config(options, given, num))
        return false;
    for (size_t i = 0; i < num; i++)
        if (!take_option(options, given[i].row, given[i].argument, name))
            return false;
    if (options->anchors.num == 0)
        for (size_t i = 0; i < anchors->num; i++)
            good = good && strings_add(&options->anchors, anchors->items[i]);
    return good;
}

bool options_read(struct options *options, enum verb_bit verb, int argc, char **argv)
{
    struct given *given = calloc((size_t)argc, sizeof *given);
    size_t num = 0;
    bool good;

    set_defaults(options);
    if (given == NULL) {
        message_error("out of memory");
        return false;
    }
    good = split(options, verb, argc, argv, given, &num) &&
           take_all(options, verb, given, num, argv[0]);
    free(given);
    options->policy.policies = options->policies.items;
    options->policy.num_policies = options->policies.num;
    options->policy.targets = options->targets.items;
    options->policy.num_targets = options->targets.num;
    return good;
}

void options_free(struct options *options)
{
    for (size_t i = 0; i < num_option_rows; i++)
        if (option_rows[i].kind == OPTION_LIST) {
            struct strings *strings = (void *)((char *)options + option_rows[i].offset);

            free(strings->items);
            *strings = (struct strings){NULL, 0, 0}; /* other rows may name the same list */
        }
    config_free(&options->config);
    free((void *)(uintptr_t)options->policy.permitted_subtrees.ptr);
    free((void *)(uintptr_t)options->policy.excluded_subtrees.ptr);
}

void options_print(enum verb_bit verb)
{
    for (size_t i = 0; i < num_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        char left[64];

        if ((row->verbs & (unsigned)verb) == 0)
            continue;
        snprintf(left, sizeof left, "--%s%s%s", row->name, row->argument == NULL ? "" : " ",
                 row->argument == NULL ? "" : row->argument);
        if (strlen(left) > 28)
            printf("  %s\n  %-28s  %s\n", left, "", row->help);
        else
            printf("  %-28s  %s\n", left, row->help);
    }
}
