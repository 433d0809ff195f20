/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Reads one character of UTF-8 at TEXT, which ends with NUL. Returns its length, 0 for none. */
static size_t read_character(const unsigned char *text, unsigned long *code)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t len = text[0] < 0x80   ? 1
                 : text[0] < 0xc2 ? 0
                 : text[0] < 0xe0 ? 2
                 : text[0] < 0xf0 ? 3
                                  : 4;

    if (len == 0 || text[0] > 0xf4)
        return 0;
    *code = len == 1 ? text[0] : text[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (text[i] & 0x3f);
    }
    return *code >= least[len] && *code <= 0x10ffff && (*code < 0xd800 || *code > 0xdfff) ? len : 0;
}

/* Control characters, and those that turn the direction of the text around. */
static bool is_command(unsigned long code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e ||
           code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* File names come from whoever made the files. */
void message_write_safe(FILE *out, const char *text)
{
    while (*text != '\0') {
        unsigned long code = 0;
        size_t len = read_character((const unsigned char *)text, &code);

        if (len == 0 || is_command(code))
            fputc('?', out);
        else
            fwrite(text, 1, len, out);
        text += len == 0 ? 1 : len;
    }
}

bool message_is_safe(const char *text)
{
    while (*text != '\0') {
        unsigned long code;
        size_t len = read_character((const unsigned char *)text, &code);

        /* File names need not be UTF-8. */
        if (is_command(len == 0 ? (unsigned char)*text : code))
            return false;
        text += len == 0 ? 1 : len;
    }
    return true;
}

/* What is said of a file with a name as long as names can be stands at the end: the middle is left
 * out. */
#define MAX_SHOWN 900
#define SHOWN_END 200

/* NULL: standard error. */
static FILE *target;

void message_to(FILE *file)
{
    target = file;
}

static FILE *out(void)
{
    return target != NULL ? target : stderr;
}

static void print_short(char *text, size_t len)
{
    if (len > MAX_SHOWN) {
        text[MAX_SHOWN - SHOWN_END] = '\0';
        message_write_safe(out(), text);
        fputs(" ... ", out());
        text += len - SHOWN_END;
    }
    message_write_safe(out(), text);
}

static void print(const char *prefix, const char *format, va_list arguments)
{
    char text[8192];
    int len = vsnprintf(text, sizeof text, format, arguments);

    fputs(prefix, out());
    if (len >= 0)
        print_short(text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
    fputc('\n', out());
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

void message_progress_step(const char *what, size_t done, size_t total)
{
    if (total < 100 || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r%s: %zu of %zu", what, done, total);
    fflush(stderr);
}

void message_progress(const char *what, size_t done, size_t total)
{
    if (done % 50 == 0)
        message_progress_step(what, done, total);
}

void message_count(const char *what, size_t done)
{
    if (done < 100 || done % 50 != 0 || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r%s: %zu", what, done);
    fflush(stderr);
}

void message_prompt(const char *before, const char *what)
{
    fprintf(stderr, "%s ", before);
    message_write_safe(stderr, what);
    fputs(": ", stderr);
    fflush(stderr);
}

void message_progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
