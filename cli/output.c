/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "mapping.h"
#include "message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* NULL: standard output. */
static const struct signet_sink *target;

/* Why standard output first failed; 0: it did not. */
static int failure;

void output_to(const struct signet_sink *sink)
{
    target = sink;
}

static bool write_bytes(void *context, struct signet_span bytes)
{
    (void)context;
    if (target != NULL)
        return target->write(target->context, bytes);
    if (fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len)
        return true;
    failure = failure == 0 ? errno : failure;
    return false;
}

static bool write_error(void *context, struct signet_span bytes)
{
    (void)context;
    return fwrite(bytes.ptr, 1, bytes.len, stderr) == bytes.len;
}

void output_in_bulk(void)
{
    static char buffer[64 << 10];

    fflush(stdout);
    if (!isatty(STDOUT_FILENO))
        setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
}

const struct signet_sink *output_sink(void)
{
    static const struct signet_sink sink = {write_bytes, NULL};

    return &sink;
}

const struct signet_sink *output_error_sink(void)
{
    static const struct signet_sink sink = {write_error, NULL};

    return &sink;
}

static bool wants_color(enum color_mode mode)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

    if (mode != COLOR_AUTO)
        return mode == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

/* Columns of the terminal; 0 where there is none, so that lines in a file are not broken. */
static unsigned terminal_width(void)
{
    struct winsize size;

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

struct signet_report_options output_options(const struct options *options, const char *input)
{
    return (struct signet_report_options){
        .format = options->json ? SIGNET_FORMAT_JSON : SIGNET_FORMAT_TEXT,
        .input = input,
        .color = !options->json && wants_color(options->color),
        .explain = options->explain,
        .width = options->json ? 0 : terminal_width(),
    };
}

void output_line(const char *format, ...)
{
    char text[4096];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    message_write_safe(stdout, text);
    fputc('\n', stdout);
}

bool output_told(const char *what, enum signet_status status)
{
    if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status(what, status);
    if (mapping_exists() && target == NULL)
        (void)output_flush();
    return status == SIGNET_OK;
}

bool output_flush(void)
{
    if (fflush(stdout) == 0)
        return !ferror(stdout);
    failure = failure == 0 ? errno : failure;
    return false;
}

bool output_finish(void)
{
    if (output_flush())
        return true;
    message_error("standard output: %s", strerror(failure != 0 ? failure : errno));
    return false;
}
