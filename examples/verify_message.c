/* SPDX-License-Identifier: Apache-2.0 */
/* verify_message MESSAGE ANCHORS CRLS [TIME]; built with $(pkg-config --cflags --libs signet). */
#include <signet/signet.h>
#include <stdio.h>
#include <time.h>

/* All of a file, up to a megabyte; empty when it cannot be read. For three files. */
static struct signet_span load(const char *name)
{
    static uint8_t memory[3][1 << 20];
    static size_t num_read;
    FILE *file = fopen(name, "rb");
    uint8_t *buffer = memory[num_read++];
    size_t len = file != NULL ? fread(buffer, 1, sizeof memory[0], file) : 0;
    if (file != NULL)
        fclose(file);
    return (struct signet_span){buffer, len};
}

static void print_findings(struct signet_findings findings)
{
    for (size_t i = 0; i < findings.num; i++)
        printf("  %s: %s\n", signet_code_name(findings.items[i].code), findings.items[i].text);
}

/* Returns the exit status: 0 when the message can be believed. */
static int print_result(const struct signet_message_result *result)
{
    enum signet_verdict verdict = signet_message_result_verdict(result);
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);
    printf("%s\n", signet_verdict_name(verdict));
    print_findings(signet_message_result_findings(result));
    for (size_t i = 0; i < num; i++)
        print_findings(signers[i].findings);
    return verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct signet_context *context = NULL;
    struct signet_message_result *result = NULL;
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_policy policy;
    signet_policy_init(&policy);
    policy.time = time(NULL);
    if (pool == NULL || argc < 4 || (argc > 4 && !signet_time_parse(argv[4], &policy.time)))
        return 2;
    bool ok =
        signet_context_new(&context) == SIGNET_OK &&
        signet_pool_add_anchor_bundle(pool, load(argv[2]), NULL, NULL, NULL) == SIGNET_OK &&
        signet_pool_add_bundle(pool, load(argv[3]), NULL, NULL) == SIGNET_OK &&
        signet_message_verify(context, load(argv[1]), pool, &policy, NULL, &result) == SIGNET_OK;
    int exit_status = ok ? print_result(result) : 2;
    signet_message_result_free(result);
    signet_pool_free(pool);
    signet_context_free(context);
    return exit_status;
}
