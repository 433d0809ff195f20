/* SPDX-License-Identifier: Apache-2.0 */
#include "option_value.h"

#include "config_value.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>

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

bool option_set_deadline(struct options *options, const char *argument)
{
    return config_set(&options->config, KEY_DEADLINE, argument, "--deadline");
}

bool option_set_within(struct options *options, const char *argument)
{
    return config_set(&options->config, KEY_MARGIN, argument, "--within");
}

bool option_set_jobs(struct options *options, const char *argument)
{
    return config_set(&options->config, KEY_PARALLEL, argument, "--jobs");
}

bool option_set_at(struct options *options, const char *argument)
{
    options->has_time = true;
    return signet_time_parse(argument, &options->policy.time);
}

static bool read_revocation(const char *word, enum signet_revocation *out)
{
    static const char *const words[] = {"require", "prefer", "off", NULL};
    int index = find_word(words, word);

    if (index < 0)
        return false;
    *out = (enum signet_revocation)index;
    return true;
}

bool option_set_revocation(struct options *options, const char *argument)
{
    return read_revocation(argument, &options->policy.revocation);
}

bool option_set_anchor_revocation(struct options *options, const char *argument)
{
    options->terms.has_revocation = true;
    return read_revocation(argument, &options->terms.revocation);
}

bool option_set_profile(struct options *options, const char *argument)
{
    static const char *const words[] = {"default", "strict", "legacy", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->policy.profile = (enum signet_profile)index;
    return true;
}

bool option_set_purpose(struct options *options, const char *argument)
{
    static const char *const words[] = {"sign", "encrypt", "any", "decrypt", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->policy.purpose = (enum signet_purpose)index;
    options->has_purpose = true;
    return true;
}

bool option_set_crl_max_age(struct options *options, const char *argument)
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

bool option_set_budget(struct options *options, const char *argument)
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

bool option_set_max_input(struct options *options, const char *argument)
{
    return value_size(argument, &options->max_input) && options->max_input > 0;
}

bool option_set_color(struct options *options, const char *argument)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->color = (enum color_mode)index;
    return true;
}

bool option_set_verify_jobs(struct options *options, const char *argument)
{
    return read_size(argument, &options->jobs) && options->jobs <= 256;
}

bool option_set_entries(struct options *options, const char *argument)
{
    return read_size(argument, &options->crl_entries);
}

bool option_set_form(struct options *options, const char *argument)
{
    static const char *const words[] = {"p7c", "p7c-pem", "mime", "pem", "der", "p12", NULL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->form = (enum export_form)index;
    return true;
}

bool option_set_passphrase_fd(struct options *options, const char *argument)
{
    size_t number;

    if (!read_size(argument, &number) || number > INT_MAX)
        return false;
    options->passphrase_fd = (int)number;
    return true;
}

bool option_set_trusted_for(struct options *options, const char *argument)
{
    static const char *const words[] = {"sign", "encrypt", "mail", NULL};
    static const unsigned purposes[] = {SIGNET_ANCHOR_SIGN, SIGNET_ANCHOR_ENCRYPT,
                                        SIGNET_ANCHOR_MAIL};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->terms.purposes = purposes[index];
    return true;
}

bool option_set_csr_uses(struct options *options, const char *argument)
{
    static const char *const words[] = {"sign", "encrypt", "both", NULL};
    static const unsigned uses[] = {SIGNET_CSR_SIGN, SIGNET_CSR_ENCRYPT,
                                    SIGNET_CSR_SIGN | SIGNET_CSR_ENCRYPT};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->csr_uses = uses[index];
    return true;
}

bool option_set_detached(struct options *options, const char *argument)
{
    (void)argument;
    options->opaque = false;
    return true;
}

bool option_set_digest(struct options *options, const char *argument)
{
    static const char *const words[] = {"sha256", "sha384", "sha512", NULL};

    options->sign.digest = argument;
    return find_word(words, argument) >= 0;
}

bool option_set_cipher(struct options *options, const char *argument)
{
    if (strcmp(argument, "compat") == 0) { /* what readers before RFC 8551 have (E-42) */
        options->encrypt.cipher = SIGNET_CIPHER_AES128_CBC;
        return true;
    }
    for (unsigned i = 0; i < SIGNET_NUM_CIPHERS; i++)
        if (strcmp(signet_cipher_name((enum signet_cipher)i), argument) == 0) {
            options->encrypt.cipher = (enum signet_cipher)i;
            return true;
        }
    return false;
}

bool option_set_forced(struct options *options, const char *argument)
{
    for (unsigned i = 0; i < SIGNET_NUM_FORCES; i++)
        if (strcmp(signet_force_name(i), argument) == 0) {
            options->sign.forced |= 1u << i;
            return true;
        }
    return false;
}

bool option_set_before(struct options *options, const char *argument)
{
    return signet_time_parse(argument, &options->before);
}

bool option_set_import_forced(struct options *options, const char *argument)
{
    options->force = strcmp(argument, "signature") == 0;
    return options->force;
}

/* Given again, it adds. */
bool option_set_lint_rules(struct options *options, const char *argument)
{
    static const char *const words[] = {"pkix", "smime", "br", "all", NULL};
    static const unsigned sets[] = {SIGNET_LINT_PKIX, SIGNET_LINT_SMIME, SIGNET_LINT_BR,
                                    SIGNET_LINT_PKIX | SIGNET_LINT_SMIME | SIGNET_LINT_BR};
    int index = find_word(words, argument);

    if (index < 0)
        return false;
    options->lint_rules |= sets[index];
    return true;
}

bool option_set_distrust_after(struct options *options, const char *argument)
{
    return signet_time_parse(argument, &options->terms.distrust_after);
}

bool option_set_no_constraints(struct options *options, const char *argument)
{
    (void)argument;
    options->terms.honour_constraints = false;
    return true;
}
