/* SPDX-License-Identifier: Apache-2.0 */
#include "material.h"

#include "input.h"
#include "message.h"
#include "subtree.h"

#include <time.h>

/* Adds what BYTES hold to POOL in some way; see signet_pool_add_bundle. */
typedef enum signet_status adder(struct signet_pool *pool, struct signet_span bytes,
                                 size_t *num_bad, struct signet_parse_error *error);

struct loading {
    struct signet_pool *pool;
    adder *add;
    bool certificates; /* a file without any is of no use here */
    bool in_directory; /* other files there are passed over */
};

struct counts {
    size_t certificates, all;
};

static enum signet_status count_certificate(void *context, struct signet_certificate *certificate)
{
    struct counts *counts = context;

    (void)certificate;
    counts->certificates++;
    counts->all++;
    return SIGNET_OK;
}

static enum signet_status count_crl(void *context, struct signet_crl *crl)
{
    struct counts *counts = context;

    (void)crl;
    counts->all++;
    return SIGNET_OK;
}

static enum signet_status count_attributes(void *context,
                                           struct signet_attribute_certificate *certificate)
{
    struct counts *counts = context;

    (void)certificate;
    counts->all++;
    return SIGNET_OK;
}

/* A file of the wrong kind, such as a key or a CRL for an anchor, is read without error and leaves
 * the pool as it was. */
static bool is_of_use(const struct loading *loading, struct signet_span bytes)
{
    struct counts counts = {0, 0};
    const struct signet_bundle_callbacks callbacks = {.certificate = count_certificate,
                                                      .crl = count_crl,
                                                      .attribute_certificate = count_attributes,
                                                      .context = &counts};

    if (signet_bundle_read(bytes, &callbacks, NULL, NULL) != SIGNET_OK)
        return false;
    return (loading->certificates ? counts.certificates : counts.all) > 0;
}

static size_t count_pool(const struct loading *loading)
{
    size_t num = signet_pool_num_anchors(loading->pool);

    if (!loading->certificates)
        num += signet_pool_num_certificates(loading->pool) + signet_pool_num_crls(loading->pool) +
               signet_pool_num_attribute_certificates(loading->pool);
    return num;
}

static bool load_file(void *context, const char *file)
{
    struct loading *loading = context;
    struct signet_parse_error error = {0, NULL, NULL};
    struct input input = {{NULL, 0}, NULL};
    enum signet_status status;
    size_t num_bad = 0, num_before = count_pool(loading);

    if (!input_open(&input, file))
        return false;
    status = loading->add(loading->pool, input.bytes, &num_bad, &error);
    if (status == SIGNET_OK && count_pool(loading) == num_before &&
        !is_of_use(loading, input.bytes)) {
        status = SIGNET_ERR_PARSE;
        error = (struct signet_parse_error){
            0,
            loading->certificates ? "a certificate" : "a certificate, CRL or attribute certificate",
            NULL};
    }
    input_close(&input);
    if (status == SIGNET_ERR_PARSE && loading->in_directory)
        return true;
    if (status == SIGNET_ERR_PARSE)
        message_parse_error(file, &error);
    else if (status != SIGNET_OK)
        message_status(file, status);
    else if (num_bad > 0)
        message_warning("%s: %zu of its objects cannot be read (the first: byte %zu, expected %s)",
                        file, num_bad, error.offset, error.expected);
    return status == SIGNET_OK;
}

static bool load(struct signet_pool *pool, const struct strings *files, adder *add,
                 bool certificates)
{
    for (size_t i = 0; i < files->num; i++) {
        struct loading loading = {pool, add, certificates, input_is_directory(files->items[i])};

        if (loading.in_directory ? !input_walk(files->items[i], false, load_file, &loading)
                                 : !load_file(&loading, files->items[i]))
            return false;
    }
    return true;
}

static enum signet_status pin_certificate(void *context, struct signet_certificate *certificate)
{
    return signet_pool_pin_ca(context, certificate);
}

static enum signet_status add_pinned(struct signet_pool *pool, struct signet_span bytes,
                                     size_t *num_bad, struct signet_parse_error *error)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = pin_certificate,
                                                      .context = pool};

    return signet_bundle_read(bytes, &callbacks, num_bad, error);
}

static enum signet_status add_anchors(struct signet_pool *pool, struct signet_span bytes,
                                      size_t *num_bad, struct signet_parse_error *error)
{
    return signet_pool_add_anchor_bundle(pool, bytes, false, num_bad, error);
}

static enum signet_status add_constrained_anchors(struct signet_pool *pool,
                                                  struct signet_span bytes, size_t *num_bad,
                                                  struct signet_parse_error *error)
{
    return signet_pool_add_anchor_bundle(pool, bytes, true, num_bad, error);
}

static enum signet_status believe_authority(void *context, struct signet_certificate *certificate)
{
    return signet_pool_add_attribute_authority(context, certificate);
}

static enum signet_status add_authorities(struct signet_pool *pool, struct signet_span bytes,
                                          size_t *num_bad, struct signet_parse_error *error)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = believe_authority,
                                                      .context = pool};

    return signet_bundle_read(bytes, &callbacks, num_bad, error);
}

/* RFC 3850 5 asks for a reliable time: a clock before this version was made is none. */
static void set_time(struct options *options)
{
    options->policy.now = (signet_time)time(NULL);
    if (options->has_time)
        return;
    options->policy.time = options->policy.now;
    if (options->policy.time < SIGNET_RELEASE_TIME)
        message_warning("the clock of this machine is behind the date of this program; give the "
                        "time with --at");
}

bool material_open(struct material *material, struct options *options)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    enum signet_status status;

    *material = (struct material){NULL, pool};
    set_time(options);
    if (!subtrees_encode(&options->permitted, &options->policy.permitted_subtrees) ||
        !subtrees_encode(&options->excluded, &options->policy.excluded_subtrees))
        return false;
    status = pool == NULL ? SIGNET_ERR_MEMORY : signet_context_new(&material->context);
    if (status != SIGNET_OK) {
        message_status("start", status);
        return false;
    }
    return load(pool, &options->pinned_cas, add_pinned, true) &&
           load(pool, &options->authorities, add_authorities, true) &&
           load(pool, &options->anchors,
                options->anchor_constraints ? add_constrained_anchors : add_anchors, true) &&
           load(pool, &options->certs, signet_pool_add_bundle, false) &&
           load(pool, &options->crls, signet_pool_add_bundle, false);
}

void material_close(struct material *material)
{
    signet_pool_free(material->pool);
    signet_context_free(material->context);
}
