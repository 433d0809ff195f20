/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* File names come from whoever made the files. */
static void print_safe(const char *text)
{
    for (; *text != '\0'; text++)
        fputc((unsigned char)*text < 0x20 || *text == 0x7f ? '?' : *text, stderr);
}

/* What is said of a file with a name as long as names can be stands at the end: the middle is left
 * out. */
#define MAX_SHOWN 900
#define SHOWN_END 200

static void print_short(char *text, size_t len)
{
    if (len > MAX_SHOWN) {
        text[MAX_SHOWN - SHOWN_END] = '\0';
        print_safe(text);
        fputs(" ... ", stderr);
        text += len - SHOWN_END;
    }
    print_safe(text);
}

static void print(const char *prefix, const char *format, va_list arguments)
{
    char text[8192];
    int len = vsnprintf(text, sizeof text, format, arguments);

    fputs(prefix, stderr);
    if (len >= 0)
        print_short(text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
    fputc('\n', stderr);
}

void message_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print("signet: ", format, arguments);
    va_end(arguments);
}

void message_warning(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print("signet: warning: ", format, arguments);
    va_end(arguments);
}

void message_parse_error(const char *file, const struct signet_parse_error *error)
{
    if (error->expected == NULL)
        message_error("%s: cannot be read", file);
    else
        message_error("%s: byte %zu: expected %s%s%s%s", file, error->offset, error->expected,
                      error->object == NULL ? "" : " (", error->object == NULL ? "" : error->object,
                      error->object == NULL ? "" : ")");
}

void message_status(const char *file, enum signet_status status)
{
    static const char *const texts[] = {
        [SIGNET_OK] = "no error",
        [SIGNET_ERR_MEMORY] = "out of memory",
        [SIGNET_ERR_ARGUMENT] = "an option's value is not usable",
        [SIGNET_ERR_PARSE] = "nothing to judge in it",
        [SIGNET_ERR_LIMIT] = "too large",
        [SIGNET_ERR_IO] = "could not be read or written",
        [SIGNET_ERR_CRYPTO] = "the crypto library cannot be used",
    };

    message_error("%s: %s", file, texts[status]);
}

void message_progress(const char *what, size_t done, size_t total)
{
    if (total < 100 || done % 50 != 0 || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r%s: %zu of %zu", what, done, total);
    fflush(stderr);
}

void message_progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
