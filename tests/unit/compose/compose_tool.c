/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_tool entity|signed|signed-data|enveloped-data… [DER-FILE] < MESSAGE: what is composed of
 * a message, for other readers to look at; see python.py. `signed` seeds the boundary with the
 * object.
 */
#include "compose/mail.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_LEN ((size_t)1 << 24)

static bool print(void *context, struct signet_span bytes)
{
    return fwrite(bytes.ptr, 1, bytes.len, context) == bytes.len;
}

static struct signet_span read_all(FILE *stream)
{
    uint8_t *bytes = malloc(MAX_LEN);
    size_t len = bytes != NULL && stream != NULL ? fread(bytes, 1, MAX_LEN, stream) : 0;
    return (struct signet_span){bytes, len};
}

static enum signet_status write_mail(const struct sg_content *content, const char *form,
                                     struct signet_span der, struct sg_writer *writer)
{
    if (strcmp(form, "entity") == 0) {
        sg_content_write(content, writer);
        return SIGNET_OK;
    }
    if (strcmp(form, "signed") == 0) {
        char separator[SG_SEPARATOR_SIZE];
        enum signet_status status = sg_separator_choose(content, der, separator);
        return status != SIGNET_OK
                   ? status
                   : sg_mail_write_signed(content, true, "sha-256", separator, der, writer, NULL);
    }
    for (enum sg_mail_kind kind = SG_MAIL_SIGNED; kind <= SG_MAIL_COMPRESSED; kind++) {
        if (strcmp(form, sg_mail_kind_name(kind)) != 0)
            continue;
        struct sg_base64 base64;
        sg_mail_begin_cms(content, true, kind, writer, &base64);
        sg_base64_add(&base64, der);
        sg_base64_end(&base64);
        return SIGNET_OK;
    }
    return SIGNET_ERR_ARGUMENT;
}

int main(int argc, char **argv)
{
    FILE *file = argc > 2 ? fopen(argv[2], "rb") : NULL;
    struct signet_span message = read_all(stdin), der = read_all(file);
    if (file != NULL)
        fclose(file);
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 28);
    struct sg_content content;
    struct sg_compose_error error = {"", "wrong use"};
    enum signet_status status = SIGNET_ERR_ARGUMENT;
    if (argc > 1) {
        error.why = NULL;
        status = sg_content_prepare(message, &arena, &content, &error);
    }
    static const char prefix[] = "protected-";
    const char *form = argc > 1 ? argv[1] : "";
    if (status == SIGNET_OK && strncmp(form, prefix, strlen(prefix)) == 0) {
        form += strlen(prefix);
        status = sg_content_protect(&content, &arena, &error);
    }
    struct signet_sink sink = {print, stdout};
    struct sg_writer writer;
    sg_writer_init(&writer, &sink);
    if (status == SIGNET_OK)
        status = write_mail(&content, form, der, &writer);
    if (status == SIGNET_OK)
        status = sg_writer_finish(&writer);
    if (status != SIGNET_OK)
        fprintf(stderr, "%s: %s: %s\n", signet_status_name(status), error.where,
                error.why != NULL ? error.why : "");
    sg_arena_clear(&arena);
    void *first, *second;
    memcpy(&first, &message.ptr, sizeof(first));
    memcpy(&second, &der.ptr, sizeof(second));
    free(first);
    free(second);
    return status == SIGNET_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
