/* SPDX-License-Identifier: Apache-2.0 */
#include "passphrase.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { MAX_LEN = 1024 };

static void wipe(char *text, size_t len)
{
    explicit_bzero(text, len);
}

/* Reads the first line of FD into TEXT, MAX_LEN + 1 octets. -1: told. */
static ssize_t read_line(int fd, char *text, const char *name)
{
    size_t len = 0;

    for (;;) {
        ssize_t got = read(fd, text + len, 1); /* no octet behind the line is taken */

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            message_error("%s: %s", name, strerror(errno));
            return -1;
        }
        if (got == 0 || text[len] == '\n')
            break;
        if (++len > MAX_LEN) {
            message_error("%s: a passphrase has at most %d octets", name, MAX_LEN);
            return -1;
        }
    }
    if (len > 0 && text[len - 1] == '\r')
        len--;
    text[len] = '\0';
    return (ssize_t)len;
}

static bool is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static ssize_t ask(const char *before, const char *what, char *text)
{
    struct termios shown, hidden;
    bool changed = tcgetattr(STDIN_FILENO, &shown) == 0;
    ssize_t len;

    if (changed) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    message_prompt(before, what);
    len = read_line(STDIN_FILENO, text, "terminal");
    if (changed)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    return len;
}

static ssize_t ask_new(const char *what, char *text)
{
    char again[MAX_LEN + 2];
    ssize_t len = ask("new passphrase for", what, text), len_again;

    if (len < 0)
        return -1;
    len_again = ask("once more, new passphrase for", what, again);
    if (len_again != len || memcmp(text, again, (size_t)len) != 0) {
        message_error("the two passphrases differ");
        len = -1;
    }
    wipe(again, sizeof again);
    return len;
}

static ssize_t read_file(const char *file, char *text)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t len;

    if (fd < 0) {
        message_error("%s: %s", file, strerror(errno));
        return -1;
    }
    len = read_line(fd, text, file);
    close(fd);
    return len;
}

/* What the user's agent says: COMMAND is the user's own, from signet.conf. */
static ssize_t ask_command(const char *command, char *text)
{
    FILE *stream = popen(command, "r"); /* NOLINT(cert-env33-c) */
    ssize_t len;

    if (stream == NULL) {
        message_error("passphrase-command: %s", strerror(errno));
        return -1;
    }
    len = read_line(fileno(stream), text, "passphrase-command");
    if (pclose(stream) == 0)
        return len;
    message_error("passphrase-command: the command failed: %s", command);
    return -1;
}

static ssize_t find(const struct options *options, const char *what, bool new, char *text)
{
    if (options->passphrase_fd >= 0)
        return read_line(options->passphrase_fd, text, "--passphrase-fd");
    if (options->passphrase_file != NULL)
        return read_file(options->passphrase_file, text);
    if (!new &&config_text(&options->config, KEY_PASSPHRASE_COMMAND)[0] != '\0')
        return ask_command(config_text(&options->config, KEY_PASSPHRASE_COMMAND), text);
    if (is_terminal())
        return new ? ask_new(what, text) : ask("passphrase for", what, text);
    message_error("%s: a passphrase is needed; give it with --passphrase-file FILE or "
                  "--passphrase-fd NUMBER",
                  what);
    return -1;
}

bool passphrase_get(struct passphrase *passphrase, const struct options *options, const char *what,
                    bool new)
{
    char text[MAX_LEN + 2];
    ssize_t len;

    if (passphrase->text != NULL)
        return true;
    len = find(options, what, new, text);
    passphrase->text = len < 0 ? NULL : malloc((size_t)len + 1);
    if (passphrase->text != NULL) {
        memcpy(passphrase->text, text, (size_t)len);
        passphrase->len = (size_t)len;
    } else if (len >= 0) {
        message_status(what, SIGNET_ERR_MEMORY);
    }
    wipe(text, sizeof text);
    return passphrase->text != NULL;
}

struct signet_span passphrase_span(const struct passphrase *passphrase)
{
    return passphrase->text == NULL
               ? (struct signet_span){NULL, 0}
               : (struct signet_span){(const uint8_t *)passphrase->text, passphrase->len};
}

void passphrase_free(struct passphrase *passphrase)
{
    if (passphrase->text != NULL)
        wipe(passphrase->text, passphrase->len);
    free(passphrase->text);
    *passphrase = (struct passphrase){NULL, 0};
}
