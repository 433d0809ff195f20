/* SPDX-License-Identifier: Apache-2.0 */
#include "keeping.h"

#include "message.h"

/* A database is not made for mail that nobody signed. */
static bool has_certificate(const struct signet_message_result *result)
{
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);

    for (size_t i = 0; i < num; i++)
        if (signers[i].certificate != NULL)
            return true;
    return false;
}

static bool has_database(struct material *material, const struct options *options,
                         const struct signet_message_result *result)
{
    if (material->database.writable)
        return true;
    return material->database.store == NULL && material->database.missing &&
           has_certificate(result) && material_create_database(material, options);
}

void keeping_prepare(struct material *material, const struct options *options,
                     const struct signet_message_result *result)
{
    if (!options->no_store && !options->no_keep)
        (void)has_database(material, options, result);
}

void keeping_message(struct material *material, struct options *options,
                     const struct signet_message_result *result, const char *name)
{
    const char *id = signet_message_result_message_id(result);
    const struct signet_origin origin = {SIGNET_ORIGIN_MESSAGE, id != NULL ? id : name,
                                         options->policy.now};
    struct signet_kept kept;

    if (options->no_store || options->no_keep)
        return;
    options->no_keep = !has_database(material, options, result) && !material->database.missing;
    if (material->database.writable)
        options->no_keep = !database_warned(
            &material->database,
            signet_store_keep_message(material->database.store, result, &origin, &kept));
}
