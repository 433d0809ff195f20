/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"
#include "output.h"
#include "stream.h"
#include "verb.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct verb *const verbs[] = {
    &verb_verify, &verb_path,    &verb_show,     &verb_import,  &verb_export, &verb_list,
    &verb_remove, &verb_trust,   &verb_distrust, &verb_bind,    &verb_check,  &verb_backup,
    &verb_sign,   &verb_request, &verb_encrypt,  &verb_decrypt, &verb_fetch,  &verb_refresh,
    &verb_config, &verb_csr,     &verb_lint};
#define NUM_VERBS (sizeof verbs / sizeof *verbs)

static void print_usage(FILE *out)
{
    fputs("usage: signet VERB [options] [FILE...]\n\nverbs:\n", out);
    for (size_t i = 0; i < NUM_VERBS; i++)
        fprintf(out, "  %-8s  %s\n", verbs[i]->name, verbs[i]->summary);
    fputs("\n'signet VERB --help' lists the options of a verb; 'man signet' tells all.\n"
          "FILE may be '-' for standard input.\n",
          out);
}

static void print_verb_help(const struct verb *verb)
{
    printf("usage: signet %s %s\n\n%s\n\noptions:\n", verb->name, verb->usage, verb->summary);
    options_print(verb->bit);
    printf("\nexit status: %s\n", exit_meanings(verb->bit));
}

/* An advisory for one of them asks which one this is, and whether it came with the program. */
static void print_version(void)
{
#ifdef SIGNET_LIBRARIES_INSIDE
    static const char where[] = "inside";
#else
    static const char where[] = "shared";
#endif
    const char *sqlite = signet_store_sqlite_version();
    printf("signet %s\nlibcrypto: %s (%s)\nSQLite: %s (%s)\n", signet_version(),
           signet_key_libcrypto_version(), where, sqlite != NULL ? sqlite : "none", where);
}

static enum exit_status run_verb(const struct verb *verb, int argc, char **argv)
{
    struct options options;
    enum exit_status status = EXIT_TROUBLE;

    if (!options_read(&options, verb->bit, argc, argv)) {
        options_free(&options);
        return EXIT_TROUBLE;
    }
    stream_set_max((uint64_t)options.max_input);
    if (options.help) {
        print_verb_help(verb);
        status = EXIT_GOOD;
    } else if (options.num_files == 0 && options.files_from == NULL &&
               ((unsigned)verb->bit & VERB_WITHOUT_FILES) == 0) {
        message_error("%s: no input given; usage: signet %s %s", verb->name, verb->name,
                      verb->usage);
    } else {
        status = verb->run(&options);
    }
    options_free(&options);
    return output_finish() ? status : EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told by the write, as a full disk is */
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_TROUBLE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return output_finish() ? EXIT_GOOD : EXIT_TROUBLE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        print_version();
        return output_finish() ? EXIT_GOOD : EXIT_TROUBLE;
    }
    for (size_t i = 0; i < NUM_VERBS; i++)
        if (strcmp(argv[1], verbs[i]->name) == 0)
            return run_verb(verbs[i], argc - 1, argv + 1);
    message_error("unknown verb '%s'; 'signet --help' lists them", argv[1]);
    return EXIT_TROUBLE;
}
