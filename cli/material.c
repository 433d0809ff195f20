/* SPDX-License-Identifier: Apache-2.0 */
#include "material.h"

#include "input.h"
#include "message.h"
#include "scratch.h"
#include "subtree.h"

#include <stdlib.h>
#include <time.h>

/* What becomes of a certificate. */
typedef enum signet_status taker(struct signet_pool *pool,
                                 const struct signet_certificate *certificate);

struct loading {
    struct material *material;
    taker *take;              /* NULL: it goes into the pool, where it may be needed */
    bool certificates;        /* a file without any is of no use here */
    bool in_directory;        /* other files there are passed over */
    struct signet_span bytes; /* of one file, and what it holds */
    size_t num_certificates, num_crls, num_attributes;
    bool borrowed; /* one of its CRLs lies there */
};

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct loading *loading = context;

    loading->num_certificates++;
    return loading->take(loading->material->pool, certificate);
}

/* The same where nothing but a place in the pool is wanted. */
static enum signet_status take_octets(void *context, struct signet_span der,
                                      struct signet_parse_error *error)
{
    struct loading *loading = context;
    enum signet_status status =
        signet_pool_add_certificate_octets(loading->material->pool, der, error);

    loading->num_certificates += status == SIGNET_OK;
    return status;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct loading *loading = context;
    struct signet_span der = signet_crl_der(crl);

    loading->num_crls++;
    loading->borrowed |= (uintptr_t)der.ptr - (uintptr_t)loading->bytes.ptr < loading->bytes.len;
    return signet_pool_add_crl(loading->material->pool, crl);
}

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    struct loading *loading = context;

    loading->num_attributes++;
    return loading->certificates
               ? SIGNET_OK
               : signet_pool_add_attribute_certificate(loading->material->pool, certificate);
}

/* A file of the wrong kind, such as a key or a CRL for an anchor, is read without error. */
static bool was_of_use(const struct loading *loading)
{
    size_t num = loading->num_certificates;

    if (!loading->certificates)
        num += loading->num_crls + loading->num_attributes;
    return num > 0;
}

static enum signet_status read_objects(struct loading *loading, struct signet_span bytes,
                                       size_t *num_bad, struct signet_parse_error *error)
{
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate,
        .certificate_octets = loading->take == NULL ? take_octets : NULL,
        .crl = take_crl,
        .attribute_certificate = take_attributes,
        .context = loading,
        .bytes_stay = true,
        .scratch = &scratch_file};
    enum signet_status status;

    loading->bytes = bytes;
    loading->borrowed = false;
    loading->num_certificates = loading->num_crls = loading->num_attributes = 0;
    status = signet_bundle_read(bytes, &callbacks, num_bad, error);
    if (status == SIGNET_OK && *num_bad == 0 && !was_of_use(loading)) {
        *error = (struct signet_parse_error){
            0,
            loading->certificates ? "a certificate" : "a certificate, CRL or attribute certificate",
            NULL};
        return SIGNET_ERR_PARSE;
    }
    return status;
}

/* Room for one more input that is kept; false: memory is out. */
static bool reserve_input(struct material *material)
{
    size_t cap = material->cap_inputs == 0 ? 8 : material->cap_inputs * 2;
    struct input *grown;

    if (material->num_inputs < material->cap_inputs)
        return true;
    grown = realloc(material->inputs, cap * sizeof *grown);
    if (grown == NULL)
        return false;
    material->inputs = grown;
    material->cap_inputs = cap;
    return true;
}

static bool tell(const struct loading *loading, const char *file, enum signet_status status,
                 size_t num_bad, const struct signet_parse_error *error)
{
    if (status == SIGNET_ERR_PARSE && loading->in_directory)
        return true;
    if (status == SIGNET_ERR_PARSE)
        message_parse_error(file, error);
    else if (status != SIGNET_OK)
        message_status(file, status);
    else if (num_bad > 0)
        message_warning("%s: %zu of its objects cannot be read (the first: byte %zu, expected %s)",
                        file, num_bad, error->offset, error->expected);
    return status == SIGNET_OK;
}

/* A CRL may have many megabytes, and stays where it was read, or is. */
static bool load_file(void *context, const char *file)
{
    struct loading *loading = context;
    struct material *material = loading->material;
    struct signet_parse_error error = {0, NULL, NULL};
    struct input input = {{NULL, 0}, NULL};
    enum signet_status status;
    size_t num_bad = 0;

    if (!reserve_input(material)) {
        message_status(file, SIGNET_ERR_MEMORY);
        return false;
    }
    if (!(material->in_place ? input_keep : input_read)(&input, file))
        return false;
    status = read_objects(loading, input.bytes, &num_bad, &error);
    /* Memory from which all was decoded is not needed any more. A file is looked at again. */
    if (loading->borrowed || (loading->num_crls > 0 && input.backing != NULL))
        material->inputs[material->num_inputs++] = input;
    else
        input_close(&input);
    return tell(loading, file, status, num_bad, &error);
}

static bool load(struct material *material, const struct strings *files, taker *take,
                 bool certificates)
{
    for (size_t i = 0; i < files->num; i++) {
        struct loading loading = {.material = material,
                                  .take = take,
                                  .certificates = certificates,
                                  .in_directory = input_is_directory(files->items[i])};

        if (loading.in_directory ? !input_walk(files->items[i], false, load_file, &loading)
                                 : !load_file(&loading, files->items[i]))
            return false;
    }
    return true;
}

static enum signet_status add_anchor(struct signet_pool *pool,
                                     const struct signet_certificate *certificate)
{
    return signet_pool_add_anchor(pool, certificate, NULL);
}

static enum signet_status add_constrained_anchor(struct signet_pool *pool,
                                                 const struct signet_certificate *certificate)
{
    struct signet_anchor_terms terms;

    signet_anchor_terms_init(&terms);
    terms.honour_constraints = true;
    return signet_pool_add_anchor(pool, certificate, &terms);
}

/* RFC 3850 5 asks for a reliable time: a clock before this version was made is none. */
void material_set_time(struct options *options)
{
    if (options->policy.now != SIGNET_TIME_UNKNOWN)
        return;
    options->policy.now = (signet_time)time(NULL);
    if (options->has_time)
        return;
    options->policy.time = options->policy.now;
    if (options->policy.time < SIGNET_RELEASE_TIME)
        message_warning("the clock of this machine is behind the date of this program; give the "
                        "time with --at");
}

/* The database, and the network. */
static bool open_sources(struct material *material, const struct options *options)
{
    if (!options->no_store &&
        !database_open_beside(&material->database, options, !options->no_keep))
        return false;
    return retrieving_open(&material->retrieving, options, material->database.store);
}

static bool load_all(struct material *material, const struct options *options)
{
    return load(material, &options->pinned_cas, signet_pool_pin_ca, true) &&
           load(material, &options->authorities, signet_pool_add_attribute_authority, true) &&
           load(material, &options->anchors,
                options->anchor_constraints ? add_constrained_anchor : add_anchor, true) &&
           load(material, &options->certs, NULL, false) &&
           load(material, &options->crls, NULL, false);
}

static bool open_with(struct material *material, const struct options *options, bool in_place)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    enum signet_status status;

    *material = (struct material){.pool = pool, .in_place = in_place};
    status = pool == NULL ? SIGNET_ERR_MEMORY : signet_context_new(&material->context);
    if (status != SIGNET_OK) {
        message_status("start", status);
        return false;
    }
    material->complete = load_all(material, options) && open_sources(material, options);
    return material->complete;
}

static bool complete_policy(struct options *options)
{
    material_set_time(options);
    return subtrees_encode(&options->permitted, &options->policy.permitted_subtrees) &&
           subtrees_encode(&options->excluded, &options->policy.excluded_subtrees);
}

bool material_open(struct material *material, struct options *options)
{
    *material = (struct material){.pool = NULL};
    return complete_policy(options) && open_with(material, options, false);
}

bool material_open_in_place(struct material *material, struct options *options)
{
    *material = (struct material){.pool = NULL};
    return complete_policy(options) && open_with(material, options, true);
}

bool material_is_unchanged(const struct material *material)
{
    for (size_t i = 0; i < material->num_inputs; i++)
        if (!input_stands(&material->inputs[i]))
            return false;
    return material->complete;
}

bool material_renew(struct material *material, struct options *options)
{
    material_close(material);
    return open_with(material, options, false);
}

bool material_create_database(struct material *material, const struct options *options)
{
    retrieving_close(&material->retrieving);
    return database_create_beside(&material->database, options) &&
           retrieving_open(&material->retrieving, options, material->database.store);
}

bool material_settled(struct material *material, enum signet_status status)
{
    const struct database *database = &material->database;

    if (status == SIGNET_ERR_IO && database->store != NULL &&
        signet_store_trouble(database->store) != SIGNET_STORE_FINE)
        return !database_warned(database, status);
    return status == SIGNET_OK;
}

static size_t num_stored_anchors(const struct material *material)
{
    struct signet_store_counts counts = {.anchors = 0};

    if (material->database.store == NULL ||
        !database_warned(&material->database,
                         signet_store_count(material->database.store, &counts)))
        return 0;
    return counts.anchors;
}

void material_warn_without_anchor(const struct material *material, const struct options *options)
{
    if (signet_pool_num_anchors(material->pool) > 0 || num_stored_anchors(material) > 0)
        return;
    if (options->no_store)
        message_warning("no trust anchor is given, so nothing can be good; name the CA that you "
                        "trust with --anchor FILE");
    else
        message_warning("no trust anchor is known, so nothing can be good; make a CA that you "
                        "trust one with 'signet trust FILE', take those of the system with "
                        "'signet trust --system', or give one with --anchor FILE");
}

void material_remember(struct material *material)
{
    if (material->database.writable && material_is_unchanged(material))
        database_warned(&material->database,
                        signet_store_remember(material->database.store, material->context));
}

void material_close(struct material *material)
{
    retrieving_close(&material->retrieving);
    signet_pool_free(material->pool);
    signet_context_free(material->context);
    database_close(&material->database);
    for (size_t i = 0; i < material->num_inputs; i++)
        input_close(&material->inputs[i]);
    free(material->inputs);
}
