/* SPDX-License-Identifier: Apache-2.0 */
#include "crew.h"
#include "input.h"
#include "keeping.h"
#include "mbox.h"
#include "message.h"
#include "name_list.h"
#include "output.h"
#include "scratch.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct verifying {
    struct options *options;
    struct material material;
    struct input content;        /* --content */
    struct input standard_input; /* read before it is needed */
    struct input input;          /* what is being judged */
    char *input_name;            /* where that is an mbox, whose next message may be wanted */
    enum exit_status status;     /* of one task */
};

static void tell_trouble(const char *name, enum signet_status status)
{
    if (status == SIGNET_ERR_PARSE)
        message_error("%s: there is nothing to judge in it: it is empty",
                      strcmp(name, "-") == 0 ? "standard input" : name);
    else
        message_status(name, status);
}

/* NULL: told. */
static struct signet_message_result *judge_once(struct verifying *verifying,
                                                struct signet_span message, const char *name)
{
    const struct signet_message_options options = {.content = verifying->content.bytes,
                                                   .attributes = verifying->options->attributes,
                                                   .scratch = &scratch_file};
    struct signet_message_result *result;
    enum signet_status status;

    status = signet_message_verify(verifying->material.context, message, verifying->material.pool,
                                   &verifying->options->policy, &options, &result);
    if (status == SIGNET_OK) {
        keeping_prepare(&verifying->material, verifying->options, result);
        status =
            retrieving_settle_message(&verifying->material.retrieving, verifying->material.context,
                                      verifying->material.pool, result);
        if (material_settled(&verifying->material, status))
            return result;
        signet_message_result_free(result);
    }
    tell_trouble(name, status);
    return NULL;
}

static bool inputs_are_unchanged(const struct verifying *verifying, const struct input *input,
                                 const char *name)
{
    return (input == NULL || input_is_unchanged(input, name)) &&
           input_is_unchanged(&verifying->content, verifying->options->content);
}

static void tell(struct verifying *verifying, const struct signet_message_result *result,
                 const char *name)
{
    struct signet_report_options report = output_options(verifying->options, name);

    verifying->status =
        exit_worse(verifying->status, exit_of_verdict(signet_message_result_verdict(result)));
    report.sources = retrieving_sources(&verifying->material.retrieving, &report.num_sources);
    if (!output_told(name, signet_report_message(result, &report, output_sink())))
        verifying->status = EXIT_TROUBLE;
    keeping_message(&verifying->material, verifying->options, result, name);
}

/* MESSAGE lies in INPUT, or in memory of its own (NULL). Where the files that the verdict rests on
 * were changed, nothing counts; once more with those files in memory, it does. */
static void judge(struct verifying *verifying, struct signet_span message,
                  const struct input *input, const char *name)
{
    struct material *material = &verifying->material;
    struct signet_message_result *result = NULL;
    bool ready = material_is_unchanged(material) || material_renew(material, verifying->options);

    if (ready)
        result = judge_once(verifying, message, name);
    if (result != NULL && !material_is_unchanged(material)) {
        signet_message_result_free(result);
        ready = material_renew(material, verifying->options);
        result = ready ? judge_once(verifying, message, name) : NULL;
    }
    if (result != NULL && inputs_are_unchanged(verifying, input, name))
        tell(verifying, result, name);
    else
        verifying->status = EXIT_TROUBLE;
    signet_message_result_free(result);
}

/* --- one task */

static bool is_standard_input(const char *file)
{
    return strcmp(file, "-") == 0;
}

static bool open_input(struct verifying *verifying, const char *file)
{
    if (!is_standard_input(file))
        return input_open(&verifying->input, file);
    verifying->input = verifying->standard_input;
    return true;
}

static void close_input(struct verifying *verifying)
{
    if (verifying->input.bytes.ptr == verifying->standard_input.bytes.ptr)
        verifying->input = (struct input){{NULL, 0}, NULL};
    input_close(&verifying->input);
    free(verifying->input_name);
    verifying->input_name = NULL;
}

/* The messages of an mbox come one after another: it is opened for the first. */
static bool open_mbox(struct verifying *verifying, const char *file)
{
    if (verifying->input_name != NULL && strcmp(verifying->input_name, file) == 0)
        return true;
    close_input(verifying);
    if (!open_input(verifying, file))
        return false;
    verifying->input_name = strdup(file);
    return true;
}

/* Mail may arrive at the end of an mbox meanwhile, which changes nothing about what is in it. */
static void judge_copy(struct verifying *verifying, struct signet_span message, const char *name)
{
    void *copy = message.len <= INPUT_MAX_READ ? malloc(message.len + 1) : NULL;

    if (copy == NULL) {
        judge(verifying, message, &verifying->input, name);
        return;
    }
    memcpy(copy, message.ptr, message.len);
    judge(verifying, (struct signet_span){copy, message.len}, NULL, name);
    free(copy);
}

static void judge_in_mbox(struct verifying *verifying, const struct task *task)
{
    char name[4096];

    if (!open_mbox(verifying, task->file)) {
        verifying->status = EXIT_TROUBLE;
        return;
    }
    snprintf(name, sizeof name, "%s#%zu", task->file, task->number);
    if (task->offset > verifying->input.bytes.len ||
        task->len > verifying->input.bytes.len - task->offset) {
        message_error("%s: the file has become shorter meanwhile", name);
        verifying->status = EXIT_TROUBLE;
        return;
    }
    judge_copy(verifying,
               (struct signet_span){verifying->input.bytes.ptr + task->offset, task->len}, name);
}

static void judge_file(struct verifying *verifying, const char *file)
{
    close_input(verifying);
    if (input_is_directory(file)) {
        message_error("%s: is a directory; --recursive judges all messages in it", file);
        verifying->status = EXIT_TROUBLE;
    } else if (open_input(verifying, file)) {
        judge(verifying, verifying->input.bytes, &verifying->input, file);
    } else {
        verifying->status = EXIT_TROUBLE;
    }
    close_input(verifying);
}

static enum exit_status run_task(void *context, const struct task *task)
{
    struct verifying *verifying = context;

    verifying->status = EXIT_GOOD;
    if (task->number > 0)
        judge_in_mbox(verifying, task);
    else if (is_standard_input(task->file))
        judge(verifying, (struct signet_span){verifying->standard_input.bytes.ptr, task->len},
              &verifying->standard_input, task->file);
    else
        judge_file(verifying, task->file);
    return verifying->status;
}

static bool open_verifying(void *context)
{
    struct verifying *verifying = context;

    if (!material_open_in_place(&verifying->material, verifying->options))
        return false;
    material_warn_without_anchor(&verifying->material, verifying->options);
    return true;
}

static void close_verifying(void *context)
{
    struct verifying *verifying = context;

    material_remember(&verifying->material);
    material_close(&verifying->material);
    close_input(verifying);
}

/* --- all of them, in order */

struct giving {
    struct verifying *verifying;
    struct crew *crew; /* NULL: they are done here */
    bool read_standard_input;
    bool over;         /* there is nobody left to do them */
    size_t num_listed; /* of --files-from */
    enum exit_status status;
};

static bool give(struct giving *giving, const struct task *task)
{
    if (giving->crew != NULL) {
        giving->over = !crew_give(giving->crew, task);
        return !giving->over;
    }
    giving->status = exit_worse(giving->status, run_task(giving->verifying, task));
    return true;
}

static bool give_mbox(struct giving *giving, struct signet_span bytes, const char *file)
{
    struct mbox mbox = mbox_begin(bytes);
    struct signet_span message;
    size_t num = 0;
    bool more = true;

    while (more && mbox_next(&mbox, &message)) {
        const struct task task = {file, ++num, (size_t)(message.ptr - bytes.ptr), message.len};

        more = give(giving, &task);
        message_progress("judged", mbox.offset, bytes.len);
    }
    return more;
}

/* What cannot be read is told where it is judged; what can be read only once is left to that. */
static bool looks_like_mbox(const char *file)
{
    uint8_t begin[8];
    struct stat about;
    bool regular = stat(file, &about) == 0 && S_ISREG(about.st_mode);
    FILE *opened = regular ? fopen(file, "rb") : NULL;
    size_t len = opened != NULL ? fread(begin, 1, sizeof begin, opened) : 0;

    if (opened != NULL)
        fclose(opened);
    return mbox_is((struct signet_span){begin, len});
}

/* It was read before; whoever names it again finds nothing. */
static bool give_standard_input(struct giving *giving, const char *file)
{
    struct signet_span bytes = giving->verifying->standard_input.bytes;
    const struct task task = {file, 0, 0, giving->read_standard_input ? 0 : bytes.len};

    giving->read_standard_input = true;
    if (task.len > 0 && giving->verifying->options->recursive && mbox_is(bytes))
        return give_mbox(giving, bytes, file);
    return give(giving, &task);
}

static bool give_file(void *context, const char *file)
{
    struct giving *giving = context;
    const struct task task = {file, 0, 0, 0};
    struct input input = {{NULL, 0}, NULL};
    bool more;

    if (is_standard_input(file))
        return give_standard_input(giving, file);
    if (!giving->verifying->options->recursive || !looks_like_mbox(file))
        return give(giving, &task);
    if (!input_open(&input, file)) {
        giving->status = EXIT_TROUBLE;
        return true;
    }
    more = give_mbox(giving, input.bytes, file);
    input_close(&input);
    return more;
}

static void give_argument(struct giving *giving, const char *file)
{
    bool walk = giving->verifying->options->recursive && input_is_directory(file);

    if (walk ? !input_walk(file, true, give_file, giving) : !give_file(giving, file))
        giving->status = EXIT_TROUBLE;
}

/* One name of a list whose end is not known. */
static bool give_listed(void *context, const char *file)
{
    struct giving *giving = context;

    give_argument(giving, file);
    message_count("judged", ++giving->num_listed);
    return !giving->over;
}

/* Whoever writes the list may wait for what was said of the names before. */
static bool await_listed(void *context, int fd)
{
    struct giving *giving = context;

    if (giving->crew != NULL)
        return crew_await(giving->crew, fd);
    (void)output_flush(); /* told by output_finish */
    return true;
}

static void give_all(struct giving *giving)
{
    const struct options *options = giving->verifying->options;
    const struct name_list_reader reader = {give_listed, await_listed, giving};

    for (size_t i = 0; i < options->num_files && !giving->over; i++) {
        message_progress("judged", i, options->num_files);
        give_argument(giving, options->files[i]);
    }
    if (!giving->over && options->files_from != NULL &&
        !name_list_read(options->files_from, options->nuls, &reader))
        giving->status = EXIT_TROUBLE;
    message_progress_end();
}

/* Zero: as many as there are processors. No more than can have something to do. */
static size_t num_jobs(const struct options *options)
{
    long cores = options->jobs == 0 ? sysconf(_SC_NPROCESSORS_ONLN) : 0;
    size_t num = options->jobs != 0 ? options->jobs : cores > 0 ? (size_t)cores : 1;

    if (!options->recursive && options->files_from == NULL && num > options->num_files)
        num = options->num_files;
    return num < MAX_CREW ? num : MAX_CREW;
}

static enum exit_status judge_in_crew(struct verifying *verifying, size_t num)
{
    const struct crew_work work = {open_verifying, run_task, close_verifying, verifying};
    struct giving giving = {.verifying = verifying, .crew = crew_start(&work, num)};

    if (giving.crew == NULL)
        return EXIT_TROUBLE;
    give_all(&giving);
    return exit_worse(giving.status, crew_finish(giving.crew));
}

static enum exit_status judge_here(struct verifying *verifying)
{
    struct giving giving = {.verifying = verifying};

    if (open_verifying(verifying))
        give_all(&giving);
    else
        giving.status = EXIT_TROUBLE;
    close_verifying(verifying);
    return giving.status;
}

static bool names_standard_input(const struct options *options)
{
    for (size_t i = 0; i < options->num_files; i++)
        if (is_standard_input(options->files[i]))
            return true;
    return false;
}

/* Standard input can be one thing only. */
static bool is_clear(const struct options *options)
{
    bool list = options->files_from != NULL && is_standard_input(options->files_from);

    if (list && names_standard_input(options))
        message_error("verify: standard input cannot be a message and a list of names");
    else if (options->nuls && options->files_from == NULL)
        message_error("verify: --null says how the names of --files-from end, and there is none");
    else
        return true;
    return false;
}

static enum exit_status run(struct options *options)
{
    struct verifying verifying = {.options = options};
    size_t num = num_jobs(options);
    enum exit_status status = EXIT_TROUBLE;

    if (!is_clear(options))
        return EXIT_TROUBLE;
    material_set_time(options);
    if ((options->content == NULL || input_open(&verifying.content, options->content)) &&
        (!names_standard_input(options) || input_open(&verifying.standard_input, "-")))
        status = num > 1 ? judge_in_crew(&verifying, num) : judge_here(&verifying);
    input_close(&verifying.standard_input);
    input_close(&verifying.content);
    return status;
}

const struct verb verb_verify = {"verify", VERB_VERIFY, run, "[options] MESSAGE...",
                                 "judge signed mail and bare CMS objects"};
