/* SPDX-License-Identifier: Apache-2.0 */
/* `signet request`: asks a correspondent for a certificate, or answers who asks (RFC 3850 4). */
#include "gather.h"
#include "input.h"
#include "keeping.h"
#include "message.h"
#include "scratch.h"
#include "signing.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- the message */

/* Its left side is random; the right side is the sender's domain where mail programs take it. */
static bool make_message_id(const char *from, char *text, size_t size)
{
    const char *domain = strrchr(from, '@');
    unsigned char random[16];
    char left[2 * sizeof random + 1];

    if (getentropy(random, sizeof random) != 0) {
        message_error("request: no random numbers are to be had");
        return false;
    }
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(left + 2 * i, 3, "%02x", random[i]);
    for (const char *c = domain == NULL ? "[" : domain + 1; *c != '\0'; c++)
        if ((unsigned char)*c >= 0x80 || *c == '[')
            domain = NULL;
        else if (domain == NULL)
            break;
    snprintf(text, size, "%s@%s", left, domain == NULL ? "localhost" : domain + 1);
    return true;
}

static enum exit_status write_message(struct signing *signing, const char *to,
                                      const char *in_reply_to)
{
    char message_id[512];
    const struct signet_request request = {.from = signing->options->sign.from,
                                           .to = to,
                                           .date = signing->options->policy.time,
                                           .message_id = message_id};
    struct gathered gathered = {NULL, 0, 0};
    const struct signet_sink sink = gathered_sink(&gathered);
    struct signet_send_error error = {{0}};
    enum exit_status status = EXIT_TROUBLE;
    enum signet_status made;

    if (!make_message_id(request.from, message_id, sizeof message_id))
        return EXIT_TROUBLE;
    made = signet_request_write(&request, in_reply_to, &sink, &error);
    if (made == SIGNET_OK)
        status = signing_write(signing, gathered_span(&gathered), to);
    else if (error.text[0] != '\0')
        message_error("request: %s", error.text);
    else
        message_status("request", made);
    gathered_free(&gathered);
    return status;
}

/* --- answering */

/* Who asks is whoever signed. */
static enum exit_status verify(struct signing *signing, struct signet_span message,
                               const char *name)
{
    const struct signet_message_options options = {.scratch = &scratch_file};
    struct material *material = &signing->material;
    struct signet_message_result *result;
    enum signet_verdict verdict;
    enum signet_status status = signet_message_verify(material->context, message, material->pool,
                                                      &signing->options->policy, &options, &result);

    if (status != SIGNET_OK) {
        message_status(name, status);
        return EXIT_TROUBLE;
    }
    status =
        retrieving_settle_message(&material->retrieving, material->context, material->pool, result);
    if (!material_settled(material, status)) {
        message_status(name, status);
        signet_message_result_free(result);
        return EXIT_TROUBLE;
    }
    verdict = signet_message_result_verdict(result);
    keeping_message(material, signing->options, result, name);
    signet_message_result_free(result);
    if (verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN)
        return EXIT_DONE;
    message_error("%s: not answered: its own signature is %s; 'signet verify' says why", name,
                  signet_verdict_name(verdict));
    return verdict == SIGNET_VERDICT_NONE ? EXIT_BAD : exit_of_verdict(verdict);
}

/* The place where it stands when a correspondent was answered: a mailbox is one on the network. */
struct pace {
    char url[300];
    struct signet_source source;
};

static bool read_pace(const struct database *database, const char *address, struct pace *pace,
                      signet_time *last)
{
    bool found = false;

    snprintf(pace->url, sizeof pace->url, "answered:%s", address);
    for (char *c = pace->url; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    if (!database_told(database,
                       signet_store_source(database->store, pace->url, &pace->source, &found)))
        return false;
    *last = found ? pace->source.fetched : SIGNET_TIME_UNKNOWN;
    return true;
}

/* Remembered before the answer goes out: one too few is better than one too many. */
static enum exit_status answer_once(struct signing *signing, const struct signet_question *question,
                                    const char *name)
{
    const struct database *database = &signing->material.database;
    signet_time now = signing->options->policy.time, last;
    struct pace pace;

    if (!read_pace(database, question->from, &pace, &last))
        return EXIT_TROUBLE;
    if (!signet_question_may_answer(last, now)) {
        message_error("%s: not answered: its sender was answered a short time ago", name);
        return EXIT_BAD;
    }
    pace.source = (struct signet_source){.url = pace.url,
                                         .etag = "",
                                         .last_modified = "",
                                         .fetched = now,
                                         .failed = SIGNET_TIME_UNKNOWN,
                                         .reason = ""};
    if (!signing->options->plan &&
        !database_told(database, signet_store_set_source(database->store, &pace.source)))
        return EXIT_TROUBLE;
    return write_message(signing, question->from, question->message_id);
}

static enum exit_status answer(struct signing *signing, struct signet_span message,
                               const char *name)
{
    struct signet_question question;
    enum signet_status judged =
        signet_question_judge(message, signing->options->sign.from, &question);
    enum exit_status status;

    if (judged == SIGNET_ERR_ARGUMENT) {
        message_error("--from: \"%s\" is no mail address", signing->options->sign.from);
        return EXIT_TROUBLE;
    }
    if (judged != SIGNET_OK) {
        message_status(name, judged);
        return EXIT_TROUBLE;
    }
    if (!question.answer) {
        message_error("%s: not answered: %s", name, question.why);
        return EXIT_BAD;
    }
    if (!signing->material.database.writable) {
        message_error("request: answering needs the database, where it stands who was answered");
        return EXIT_TROUBLE;
    }
    status = verify(signing, message, name);
    return status == EXIT_DONE ? answer_once(signing, &question, name) : status;
}

/* --- the verb */

static bool is_usable(const struct options *options)
{
    if ((options->answer != NULL) == (options->num_files > 0) || options->num_files > 1) {
        message_error("request: give one ADDRESS to ask, or --answer MESSAGE");
        return false;
    }
    if (options->sign.from == NULL)
        message_error("request: say with --from ADDR which of your addresses it is from");
    return options->sign.from != NULL;
}

static enum exit_status run(struct options *options)
{
    struct input input = {{NULL, 0}, NULL};
    struct signing signing;
    enum exit_status status = EXIT_TROUBLE;

    if (options->answer != NULL && !input_open(&input, options->answer))
        return EXIT_TROUBLE;
    if (is_usable(options)) {
        if (signing_open(&signing, options))
            status = options->answer != NULL ? answer(&signing, input.bytes, options->answer)
                                             : write_message(&signing, options->files[0], NULL);
        signing_close(&signing);
    }
    input_close(&input);
    return status;
}

const struct verb verb_request = {"request", VERB_REQUEST, run, "[options] ADDRESS",
                                  "write a signed mail that asks for a certificate, or answers"};
