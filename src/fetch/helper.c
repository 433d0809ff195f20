/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Requests that wait to be sent: far more than a caller asks for at once. */
enum { MAX_OUTBOX = 16 * 1024 * 1024 };

void sg_fetch_helper_init(struct sg_fetch_helper *helper)
{
    *helper = (struct sg_fetch_helper){.pid = -1, .fd = -1};
    sg_outbox_init(&helper->outbox, MAX_OUTBOX);
}

/* The caller's blocked and ignored signals are no business of the helper's. */
static int plain_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0)
        error =
            posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

static int plain_files(posix_spawn_file_actions_t *actions, int socket)
{
    int error = posix_spawn_file_actions_adddup2(actions, socket, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    return error;
}

/* Environment variables would bring proxies, resolver options, .netrc and ldap.conf. */
static int spawn(const char *program, int socket, pid_t *pid)
{
    char name[] = "signet-fetch", variable[] = "LDAPNOINIT=1";
    char *arguments[] = {name, NULL}, *environment[] = {variable, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = plain_files(&actions, socket);
        if (error == 0)
            error = plain_signals(&attributes);
        if (error == 0)
            error = posix_spawn(pid, program, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int sg_fetch_helper_start(struct sg_fetch_helper *helper, const char *program,
                          const struct signet_fetch_rules *rules)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        return errno;
    int error = spawn(program, pair[1], &helper->pid);
    close(pair[1]);
    if (error != 0) {
        close(pair[0]);
        helper->pid = -1;
        return error;
    }
    helper->fd = pair[0];
    if (!sg_frame_write_rules(&helper->outbox.buffer, rules) ||
        helper->outbox.buffer.status != SIGNET_OK) {
        sg_fetch_helper_stop(helper);
        return ENOMEM;
    }
    return 0;
}

/* The process is only killed while it is surely ours: a caller that waits for any child may have
 * reaped it, and its number may be another's by now. */
static void reap(pid_t pid)
{
    int status;
    if (waitpid(pid, &status, WNOHANG) != 0)
        return;
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
}

void sg_fetch_helper_stop(struct sg_fetch_helper *helper)
{
    if (helper->fd >= 0)
        close(helper->fd);
    if (helper->pid > 0)
        reap(helper->pid);
    helper->fd = -1;
    helper->pid = -1;
    sg_inbox_clear(&helper->inbox);
    sg_outbox_clear(&helper->outbox);
}
