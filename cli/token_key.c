/* SPDX-License-Identifier: Apache-2.0 */
#include "token_key.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = SIGNET_TOKEN_TEXT_SIZE + 32 };

static bool is_typed(const struct options *options)
{
    return options->passphrase_fd < 0 && options->passphrase_file == NULL &&
           config_text(&options->config, KEY_PASSPHRASE_COMMAND)[0] == '\0';
}

/* Once for all tokens of a run: who gives one PIN by a file has no other to give. */
static bool give_pin(void *context, const struct signet_token_pin_wish *wish,
                     struct signet_span *pin)
{
    struct token_access *access = context;
    struct options options = *access->options;
    char name[NAME_SIZE];

    snprintf(name, sizeof name, "the token %s (its PIN)", wish->token);
    if (options.passphrase_fd < 0 && options.passphrase_file == NULL)
        options.passphrase_file = wish->pin_source;
    if (access->wrong)
        return false;
    if (wish->last_try && !is_typed(&options)) {
        message_error("token %s: one more wrong PIN would lock it for good, so none is taken that "
                      "was not typed",
                      wish->token);
        return false;
    }
    if (!passphrase_get(&access->pin, &options, name, false))
        return false;
    *pin = passphrase_span(&access->pin);
    return true;
}

static struct signet_token_access access_of(struct token_access *access,
                                            const struct options *options)
{
    access->options = options;
    return (struct signet_token_access){config_text(&options->config, KEY_PKCS11_MODULE), give_pin,
                                        access};
}

static bool told(struct token_access *access, const char *uri, enum signet_status status,
                 const struct signet_token_report *report)
{
    if (status == SIGNET_OK)
        return true;
    if (report->trouble == SIGNET_TOKEN_PIN_WRONG || report->trouble == SIGNET_TOKEN_PIN_LOCKED)
        access->wrong = true;
    if (status != SIGNET_ERR_IO)
        message_status("the token", status);
    else if (report->trouble == SIGNET_TOKEN_URI)
        message_error("%s", report->text); /* what may be in the URI is not for the log */
    else
        message_error("%s: %s", uri, report->text);
    return false;
}

struct signet_key *token_key_open(struct token_access *access, const struct options *options,
                                  const char *uri)
{
    const struct signet_token_access way = access_of(access, options);
    struct signet_token_report report;
    struct signet_key *key = NULL;
    enum signet_status status;

    if (access->wrong) {
        message_error("%s: not opened, as a PIN was wrong before", uri);
        return NULL;
    }
    status = signet_token_key_open(uri, &way, &key, &report);
    return told(access, uri, status, &report) ? key : NULL;
}

/* --- certificates beside the key */

struct fitting {
    const struct signet_key *key;
    enum signet_status (*taker)(void *context, struct signet_certificate *certificate);
    void *context;
    bool failed; /* what TAKER gave */
};

static enum signet_status take_object(void *context, const struct signet_token_object *object)
{
    struct fitting *fitting = context;
    struct signet_certificate *certificate;
    enum signet_status status;

    if (object->certificate == NULL || !signet_key_matches(fitting->key, object->certificate))
        return SIGNET_OK;
    certificate = signet_certificate_ref(object->certificate);
    status = fitting->taker(fitting->context, certificate);
    signet_certificate_unref(certificate);
    fitting->failed = status != SIGNET_OK;
    return status;
}

/* URI without what names one object: of its token, as RFC 7512 2.3 separates the attributes. NULL:
 * memory is out. */
static char *token_of(const char *uri)
{
    static const char *const dropped[] = {"id=", "object=", "type="};
    size_t colon = strcspn(uri, ":") + 1, len = colon;
    char *text = malloc(strlen(uri) + 2);

    if (text == NULL)
        return NULL;
    memcpy(text, uri, colon);
    const char *at = uri + colon;
    while (*at != '\0' && *at != '?') {
        size_t part = strcspn(at, ";?");
        bool drop = false;

        for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
            drop = drop || strncmp(at, dropped[i], strlen(dropped[i])) == 0;
        if (!drop) {
            memcpy(text + len, at, part);
            len += part;
            text[len++] = ';';
        }
        at += part + (at[part] == ';');
    }
    memcpy(text + len, at, strlen(at) + 1); /* the query, if any */
    return text;
}

bool token_key_certificates(struct token_access *access, const struct options *options,
                            const char *uri, const struct signet_key *key,
                            enum signet_status (*taker)(void *context,
                                                        struct signet_certificate *certificate),
                            void *context, enum signet_status *status)
{
    struct signet_token_access way = access_of(access, options);
    struct fitting fitting = {key, taker, context, false};
    struct signet_token_report report;
    char *token = token_of(uri);

    way.pin = NULL; /* certificates are for everybody; the session of KEY is logged in anyway */
    *status = token == NULL ? SIGNET_ERR_MEMORY
                            : signet_token_list(token, &way, take_object, &fitting, &report);
    free(token);
    if (*status == SIGNET_OK)
        return true;
    if (token == NULL)
        message_status("the token", SIGNET_ERR_MEMORY);
    else if (!fitting.failed)
        told(access, uri, *status, &report);
    return false;
}

void token_access_free(struct token_access *access)
{
    passphrase_free(&access->pin);
    *access = (struct token_access){.wrong = false};
}
