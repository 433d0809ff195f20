/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_file.h"

#include "input.h"
#include "message.h"

enum signet_status bundle_file_read(const char *file,
                                    const struct signet_bundle_callbacks *callbacks,
                                    size_t *num_bad, struct signet_parse_error *error)
{
    struct input input = {{NULL, 0}, NULL};
    enum signet_status status;

    if (!input_read(&input, file))
        return SIGNET_ERR_IO;
    status = signet_bundle_read(input.bytes, callbacks, num_bad, error);
    input_close(&input);
    return status;
}

bool bundle_file_told(const char *file, enum signet_status status,
                      const struct signet_parse_error *error)
{
    if (status == SIGNET_ERR_PARSE)
        message_parse_error(file, error);
    else if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status(file, status);
    return status == SIGNET_OK;
}

bool bundle_file_told_certificates(const char *file, enum signet_status status, size_t num,
                                   size_t num_bad, const struct signet_parse_error *error)
{
    if (status == SIGNET_OK && num_bad > 0)
        status = SIGNET_ERR_PARSE;
    if (status == SIGNET_OK && num == 0)
        message_error("%s: holds no certificate", file);
    return bundle_file_told(file, status, error) && num > 0;
}

bool bundle_file_certificates(const char *file,
                              enum signet_status (*take)(void *context,
                                                         struct signet_certificate *certificate),
                              void *context, bool quiet)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = take, .context = context};
    struct signet_parse_error error = {0, NULL, NULL};
    size_t num_bad = 0;
    enum signet_status status = bundle_file_read(file, &callbacks, &num_bad, &error);

    return (status == SIGNET_ERR_PARSE && quiet) || bundle_file_told(file, status, &error);
}
