/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "message.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes one option's argument (NULL for a flag). False: it is not acceptable; the row's ARGUMENT
 * says what would be. */
typedef bool option_setter(struct options *options, const char *argument);

struct option_row {
    const char *name;
    const char *argument; /* as --help names it; NULL for a flag */
    unsigned verbs;
    option_setter *set;
    const char *help;
};

bool strings_add(struct strings *strings, const char *text)
{
    if (strings->num == strings->cap) {
        size_t cap = strings->cap == 0 ? 8 : strings->cap * 2;
        const char **items = realloc(strings->items, cap * sizeof(*items));

        if (items == NULL)
            return false;
        strings->items = items;
        strings->cap = cap;
    }
    strings->items[strings->num++] = text;
    return true;
}

/* The index of WORD in the NULL-ended WORDS, or -1. */
static int find_word(const char *const *words, const char *word)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static bool read_size(const char *text, size_t *out)
{
    char *end;
    uintmax_t number;

    errno = 0;
    number = strtoumax(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || number > SIZE_MAX)
        return false;
    *out = (size_t)number;
    return true;
}

static bool set_anchor(struct options *options, const char *argument)
{
    return strings_add(&options->anchors, argument);
}

static bool set_anchor_constraints(struct options *options, const char *argument)
{
    (void)argument;
    options->anchor_constraints = true;
    return true;
}

static bool set_certs(struct options *options, const char *argument)
{
    return strings_add(&options->certs, argument);
}

static bool set_crls(struct options *options, const char *argument)
{
    return strings_add(&options->crls, argument);
}

static bool set_pin_ca(struct options *options, const char *argument)
{
    return strings_add(&options->pinned_cas, argument);
}

static bool set_authority(struct options *options, const char *argument)
{
    return strings_add(&options->authorities, argument);
}

static bool set_attributes(struct options *options, const char *argument)
{
    (void)argument;
    options->attributes = true;
    return true;
}

static bool set_target(struct options *options, const char *argument)
{
    return strings_add(&options->targets, argument);
}

static bool set_content(struct options *options, const char *argument)
{
    options->content = argument;
    return true;
}

static bool set_at(struct options *options, const char *argument)
{
    options->has_time = true;
    return signet_time_parse(argument, &options->policy.time);
}

static bool set_revocation(struct options *options, const char *argument)
{
    static const char *const words[] = {"require", "prefer", "off", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->policy.revocation = (enum signet_revocation)index;
    return true;
}

static bool set_profile(struct options *options, const char *argument)
{
    static const char *const words[] = {"default", "strict", "legacy", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->policy.profile = (enum signet_profile)index;
    return true;
}

static bool set_purpose(struct options *options, const char *argument)
{
    static const char *const words[] = {"sign", "encrypt", "any", "decrypt", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->policy.purpose = (enum signet_purpose)index;
    return true;
}

static bool set_email(struct options *options, const char *argument)
{
    options->policy.email = argument;
    return true;
}

static bool set_policy(struct options *options, const char *argument)
{
    return strings_add(&options->policies, argument);
}

static bool set_explicit_policy(struct options *options, const char *argument)
{
    (void)argument;
    options->policy.require_explicit_policy = true;
    return true;
}

static bool set_inhibit_mapping(struct options *options, const char *argument)
{
    (void)argument;
    options->policy.inhibit_policy_mapping = true;
    return true;
}

static bool set_inhibit_any(struct options *options, const char *argument)
{
    (void)argument;
    options->policy.inhibit_any_policy = true;
    return true;
}

static bool set_permitted(struct options *options, const char *argument)
{
    return strings_add(&options->permitted, argument);
}

static bool set_excluded(struct options *options, const char *argument)
{
    return strings_add(&options->excluded, argument);
}

static bool set_nonrepudiation(struct options *options, const char *argument)
{
    (void)argument;
    options->policy.require_nonrepudiation = true;
    return true;
}

static bool set_require_eku(struct options *options, const char *argument)
{
    options->policy.require_eku = argument;
    return true;
}

static bool set_exact(struct options *options, const char *argument)
{
    (void)argument;
    options->policy.exact_local_part = true;
    return true;
}

static bool set_crl_max_age(struct options *options, const char *argument)
{
    size_t days;

    if (!read_size(argument, &days) || days > 36500)
        return false;
    options->policy.crl_max_age = (int64_t)days * 86400;
    return true;
}

enum { MAX_BUDGET = 100000000 };

/* One number for all kinds of work: signatures; paths and steps follow in the proportions of the
 * default. */
static void set_whole_budget(struct signet_limits *limits, size_t signatures)
{
    struct signet_policy defaults;

    signet_policy_init(&defaults);
    limits->max_steps = defaults.limits.max_steps / defaults.limits.max_signatures * signatures;
    limits->max_paths = signatures;
    limits->max_signatures = signatures;
}

/* The limit that KIND, LEN characters, names; NULL for none. */
static size_t *find_limit(struct signet_limits *limits, const char *kind, size_t len)
{
    const struct {
        const char *name;
        size_t *limit;
    } kinds[] = {
        {"signatures", &limits->max_signatures},
        {"paths", &limits->max_paths},
        {"steps", &limits->max_steps},
        {"depth", &limits->max_depth},
        {"comparisons", &limits->max_comparisons},
        {"memory", &limits->max_memory},
        {"key-bits", &limits->max_key_bits},
        {"mime-depth", &limits->max_mime_depth},
        {"mime-parts", &limits->max_mime_parts},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) == len && memcmp(kinds[i].name, kind, len) == 0)
            return kinds[i].limit;
    return NULL;
}

static bool set_budget(struct options *options, const char *argument)
{
    struct signet_limits *limits = &options->policy.limits;
    const char *equals = strchr(argument, '=');
    size_t number, *limit;

    if (!read_size(equals == NULL ? argument : equals + 1, &number) || number == 0)
        return false;
    if (equals == NULL && number <= MAX_BUDGET)
        set_whole_budget(limits, number);
    if (equals == NULL)
        return number <= MAX_BUDGET;
    limit = find_limit(limits, argument, (size_t)(equals - argument));
    if (limit != NULL)
        *limit = number;
    return limit != NULL;
}

/* There is no database and no retrieval to be kept from yet; the contract of the options is. */
static bool set_nothing(struct options *options, const char *argument)
{
    (void)options;
    (void)argument;
    return true;
}

static bool set_recursive(struct options *options, const char *argument)
{
    (void)argument;
    options->recursive = true;
    return true;
}

static bool set_json(struct options *options, const char *argument)
{
    (void)argument;
    options->json = true;
    return true;
}

static bool set_explain(struct options *options, const char *argument)
{
    (void)argument;
    options->explain = true;
    return true;
}

static bool set_color(struct options *options, const char *argument)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->color = (enum color_mode)index;
    return true;
}

static bool set_entries(struct options *options, const char *argument)
{
    return read_size(argument, &options->crl_entries);
}

static bool set_help(struct options *options, const char *argument)
{
    (void)argument;
    options->help = true;
    return true;
}

static const struct option_row rows[] = {
    {"anchor", "FILE", VERB_JUDGE, set_anchor,
     "trust the certificates in FILE (DER, PEM, .p7c, or a directory of these)"},
    {"anchor-constraints", NULL, VERB_JUDGE, set_anchor_constraints,
     "let the anchors' certificates limit paths (RFC 5937), not only their names and keys"},
    {"certs", "FILE", VERB_JUDGE, set_certs, "use the certificates in FILE to build paths"},
    {"crls", "FILE", VERB_JUDGE, set_crls, "use the CRLs in FILE"},
    {"pin-ca", "FILE", VERB_JUDGE, set_pin_ca,
     "accept the version 1 certificate in FILE as an intermediate CA"},
    {"content", "FILE", VERB_VERIFY, set_content, "what a bare detached signature signs"},
    {"at", "TIME", VERB_JUDGE, set_at,
     "judge for TIME (RFC 3339, as 2026-06-01T12:00:00Z); default: now"},
    {"revocation", "require|prefer|off", VERB_JUDGE, set_revocation,
     "how hard a CRL is demanded; default: require"},
    {"profile", "default|strict|legacy", VERB_JUDGE, set_profile,
     "strict: weak and nonconforming are bad; legacy: archived mail"},
    {"purpose", "sign|encrypt|any|decrypt", VERB_JUDGE, set_purpose,
     "what the certificate is used for; default: sign"},
    {"email", "ADDR", VERB_JUDGE, set_email,
     "the address that the certificate must hold; default: From and Sender"},
    {"policy", "OID", VERB_JUDGE, set_policy, "accept this certificate policy; default: any"},
    {"require-explicit-policy", NULL, VERB_JUDGE, set_explicit_policy,
     "an acceptable policy must hold along the path"},
    {"inhibit-policy-mapping", NULL, VERB_JUDGE, set_inhibit_mapping,
     "do not follow policy mappings"},
    {"inhibit-any-policy", NULL, VERB_JUDGE, set_inhibit_any,
     "anyPolicy in a certificate stands for no other policy"},
    {"permitted-subtree", "TYPE:NAME", VERB_JUDGE, set_permitted,
     "names must lie within NAME; TYPE is email, dns or uri"},
    {"excluded-subtree", "TYPE:NAME", VERB_JUDGE, set_excluded,
     "names must not lie within NAME; TYPE is email, dns or uri"},
    {"require-nonrepudiation", NULL, VERB_JUDGE, set_nonrepudiation,
     "the signer's key usage must have nonRepudiation"},
    {"require-eku", "OID", VERB_JUDGE, set_require_eku,
     "the certificate's extended key usage must have OID"},
    {"exact-local-part", NULL, VERB_JUDGE, set_exact,
     "compare local parts of addresses with their case"},
    {"crl-max-age", "DAYS", VERB_JUDGE, set_crl_max_age,
     "how long a CRL without nextUpdate counts as fresh; default: never"},
    {"budget", "[KIND=]NUMBER", VERB_JUDGE, set_budget,
     "work that one verdict may cost: signatures, and the rest in proportion; or of one KIND"},
    {"attributes", NULL, VERB_VERIFY, set_attributes,
     "also judge the attribute certificates of the signers"},
    {"aa", "FILE", VERB_VERIFY, set_authority,
     "believe the attribute certificates that the certificates in FILE issued"},
    {"target", "TYPE:NAME", VERB_VERIFY, set_target,
     "whom an attribute certificate must be meant for; TYPE is uri, dns, email or dn"},
    {"no-store", NULL, VERB_JUDGE, set_nothing,
     "neither read nor write the database (this version has none)"},
    {"offline", NULL, VERB_JUDGE, set_nothing, "fetch nothing (this version never does)"},
    {"recursive", NULL, VERB_VERIFY, set_recursive,
     "judge all messages in directories, Maildirs and mbox files"},
    {"entries", "NUMBER", VERB_SHOW, set_entries, "show at most NUMBER entries of a CRL"},
    {"explain", NULL, VERB_JUDGE, set_explain, "also show the paths that lost, and why"},
    {"json", NULL, VERB_ALL, set_json, "one JSON object per input and line"},
    {"color", "auto|always|never", VERB_ALL, set_color,
     "colours in the text; NO_COLOR is honoured"},
    {"help", NULL, VERB_ALL, set_help, "this help"},
};
#define NUM_ROWS (sizeof rows / sizeof *rows)

/* Fills TABLE (NUM_ROWS + 1 items) for getopt_long with the options of VERB; .val is the row's
 * number + 1000. */
static void make_table(struct option *table, enum verb_bit verb)
{
    size_t num = 0;

    for (size_t i = 0; i < NUM_ROWS; i++)
        if ((rows[i].verbs & (unsigned)verb) != 0)
            table[num++] = (struct option){
                rows[i].name, rows[i].argument == NULL ? no_argument : required_argument, NULL,
                (int)i + 1000};
    table[num] = (struct option){0};
}

static bool take_option(struct options *options, const struct option_row *row, const char *argument,
                        const char *verb)
{
    if (row->set(options, argument))
        return true;
    message_error("--%s: \"%s\" is not %s; see 'signet %s --help'", row->name, argument,
                  row->argument, verb);
    return false;
}

bool options_read(struct options *options, enum verb_bit verb, int argc, char **argv)
{
    struct option table[NUM_ROWS + 1];
    int value;

    *options = (struct options){.crl_entries = SIZE_MAX};
    signet_policy_init(&options->policy);
    make_table(table, verb);
    opterr = 0;
    optind = 1;
    while ((value = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
        if (value == 'h') {
            options->help = true;
        } else if (value == ':') {
            message_error("%s needs an argument; see 'signet %s --help'", argv[optind - 1],
                          argv[0]);
            return false;
        } else if (value < 1000) {
            message_error("unknown option '%s'; see 'signet %s --help'", argv[optind - 1], argv[0]);
            return false;
        } else if (!take_option(options, &rows[value - 1000], optarg, argv[0])) {
            return false;
        }
    }
    options->files = argv + optind;
    options->num_files = (size_t)(argc - optind);
    options->policy.policies = options->policies.items;
    options->policy.num_policies = options->policies.num;
    options->policy.targets = options->targets.items;
    options->policy.num_targets = options->targets.num;
    return true;
}

void options_free(struct options *options)
{
    free(options->anchors.items);
    free(options->certs.items);
    free(options->crls.items);
    free(options->pinned_cas.items);
    free(options->policies.items);
    free(options->authorities.items);
    free(options->targets.items);
    free(options->permitted.items);
    free(options->excluded.items);
    free((void *)(uintptr_t)options->policy.permitted_subtrees.ptr);
    free((void *)(uintptr_t)options->policy.excluded_subtrees.ptr);
}

void options_print(enum verb_bit verb)
{
    for (size_t i = 0; i < NUM_ROWS; i++) {
        char left[64];

        if ((rows[i].verbs & (unsigned)verb) == 0)
            continue;
        snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].argument == NULL ? "" : " ",
                 rows[i].argument == NULL ? "" : rows[i].argument);
        if (strlen(left) > 28)
            printf("  %s\n  %-28s  %s\n", left, "", rows[i].help);
        else
            printf("  %-28s  %s\n", left, rows[i].help);
    }
}
