/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inprocess-signet path ANCHOR EPOCH TIMES NUMBER-OF-CRLS CRL... TARGET CERTIFICATE...: as the
 * peers' programs, decodes all and validates, each time, with a new context, so that no fact is
 * remembered.
 */
#include <signet/signet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
    fprintf(stderr, "inprocess-signet: %s\n", what);
    exit(1);
}

static struct signet_span slurp(const char *file)
{
    FILE *in = fopen(file, "rb");
    unsigned char *octets;
    long len;

    if (in == NULL || fseek(in, 0, SEEK_END) != 0)
        fail(file);
    len = ftell(in);
    rewind(in);
    octets = malloc((size_t)len + 1);
    if (octets == NULL || fread(octets, 1, (size_t)len, in) != (size_t)len)
        fail(file);
    fclose(in);
    return (struct signet_span){octets, (size_t)len};
}

struct material {
    struct signet_span anchor, objects[32];
    size_t num;
    struct signet_policy policy;
};

static struct signet_certificate *decode(struct signet_span der)
{
    struct signet_certificate *made;

    if (signet_certificate_parse(der, &made, NULL) != SIGNET_OK)
        fail("signet_certificate_parse");
    return made;
}

static void verify_path(const struct material *material, size_t target_index)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *anchor = decode(material->anchor);
    struct signet_certificate *target = decode(material->objects[target_index]);
    struct signet_context *context;
    struct signet_path_result *result;

    if (signet_context_new(&context) != SIGNET_OK ||
        signet_pool_add_anchor(pool, anchor, NULL) != SIGNET_OK)
        fail("starting");
    for (size_t i = 0; i < material->num; i++)
        if (i != target_index &&
            signet_pool_add_bundle(pool, material->objects[i], NULL, NULL) != SIGNET_OK)
            fail("adding");
    if (signet_path_verify(context, target, pool, &material->policy, &result) != SIGNET_OK ||
        signet_path_result_verdict(result) != SIGNET_VERDICT_GOOD)
        fail("the path is not good");
    signet_path_result_free(result);
    signet_certificate_unref(target);
    signet_certificate_unref(anchor);
    signet_pool_free(pool);
    signet_context_free(context);
}

int main(int argc, char **argv)
{
    struct material material = {0};
    size_t num_crls;
    long times;

    if (argc < 8 || strcmp(argv[1], "path") != 0)
        fail("usage: path ANCHOR EPOCH TIMES NUMBER-OF-CRLS CRL... TARGET CERTIFICATE...");
    signet_policy_init(&material.policy);
    material.anchor = slurp(argv[2]);
    material.policy.time = material.policy.now = strtol(argv[3], NULL, 10);
    times = strtol(argv[4], NULL, 10);
    num_crls = (size_t)strtol(argv[5], NULL, 10);
    for (int i = 6; i < argc && material.num < 32; i++)
        material.objects[material.num++] = slurp(argv[i]);
    for (; times > 0; times--)
        verify_path(&material, num_crls);
    return 0;
}
