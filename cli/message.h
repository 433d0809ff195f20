/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the program says on standard error, made safe for a terminal.
 */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <signet/base.h>

#include <stdio.h>

/* Errors and warnings go to FILE; NULL: to standard error. */
void message_to(FILE *file);

/* "signet: …" and a line end. Control characters and what is no
 * UTF-8 in the text are shown as '?'. */
void message_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void message_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* TEXT to OUT, with the same care. */
void message_write_safe(FILE *out, const char *text);

/* "signet: FILE: byte 12: expected a SEQUENCE (certificate)". */
void message_parse_error(const char *file, const struct signet_parse_error *error);

/* For a status that is not about the bytes: out of memory and the like. */
void message_status(const char *file, enum signet_status status);

/* TEXT holds nothing that a terminal would obey. */
bool message_is_safe(const char *text);

/* "… of N" on one line of a terminal, rewritten now and then; nothing where standard error is
 * none. */
void message_progress(const char *what, size_t done, size_t total);
/* The same at every call, for who takes large steps. */
void message_progress_step(const char *what, size_t done, size_t total);
/* The same where it is not known how many there are. */
void message_count(const char *what, size_t done);
void message_progress_end(void);

/* "BEFORE WHAT: " without a line end, at once. */
void message_prompt(const char *before, const char *what);

#endif
