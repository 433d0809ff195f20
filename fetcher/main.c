/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signet-fetch: fetches for libsignet, over the socket that is its standard input, until that is
 * closed. See include/signet/fetch.h and src/fetch/frame.h.
 */
#include "confine.h"
#include "job.h"
#include "nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Octets that wait to be sent: beyond it the network waits too. */
enum { CHANNEL = STDIN_FILENO, FULL = 1024 * 1024 };

struct channel {
    struct sg_desk *desk;
    struct sg_inbox *inbox;
    bool open;
};

static void take(struct channel *channel)
{
    enum sg_stream_state state = SG_STREAM_OPEN;
    struct sg_frame frame;
    while (channel->open && sg_inbox_next(channel->inbox, &frame, &state))
        channel->open = sg_desk_take(channel->desk, &frame);
    if (state == SG_STREAM_WRONG)
        channel->open = false;
}

static void on_channel(void *context, int fd, short revents)
{
    struct channel *channel = context;
    bool got = true;
    (void)revents;
    /* One round: what else there is will be there at the next. */
    if (sg_inbox_receive(channel->inbox, fd, &got) == SG_STREAM_CLOSED)
        channel->open = false;
    take(channel);
}

/* Waits until the client has taken enough, or ended. */
static void drain(struct channel *channel, int timeout_ms)
{
    struct pollfd fd = {.fd = CHANNEL, .events = POLLIN | POLLOUT};
    if (poll(&fd, 1, timeout_ms) > 0 && (fd.revents & ~POLLOUT) != 0)
        on_channel(channel, CHANNEL, fd.revents);
}

static void serve(struct sg_desk *desk, struct sg_inbox *inbox)
{
    struct channel channel = {desk, inbox, true};
    take(&channel);
    while (channel.open) {
        int wait = sg_desk_tick(desk);
        if (sg_outbox_flush(&desk->outbox, CHANNEL) == SG_STREAM_CLOSED)
            return;
        size_t waiting = sg_outbox_len(&desk->outbox);
        if (waiting > FULL) {
            drain(&channel, wait);
            continue;
        }
        short events = waiting > 0 ? POLLIN | POLLOUT : POLLIN;
        if (!sg_loop_watch(&desk->loop, CHANNEL, events, on_channel, &channel))
            return;
        sg_loop_wait(&desk->loop, wait);
    }
}

/* The rules come first, and nothing else is read before they are there. */
static bool receive_rules(struct sg_inbox *inbox, struct signet_fetch_rules *rules,
                          uint8_t texts[SG_FRAME_MAX_BODY])
{
    enum sg_stream_state state = SG_STREAM_OPEN;
    struct sg_frame frame;
    while (!sg_inbox_next(inbox, &frame, &state)) {
        struct pollfd fd = {.fd = CHANNEL, .events = POLLIN};
        bool got;
        if (state == SG_STREAM_WRONG || (poll(&fd, 1, -1) < 0 && errno != EINTR) ||
            sg_inbox_receive(inbox, CHANNEL, &got) == SG_STREAM_CLOSED)
            return false;
    }
    if (frame.type != SG_FRAME_RULES || frame.body.len == 0)
        return false;
    memcpy(texts, frame.body.ptr, frame.body.len);
    return sg_frame_read_rules((struct signet_span){texts, frame.body.len}, rules);
}

static int run(void)
{
    static uint8_t texts[SG_FRAME_MAX_BODY];
    struct sg_inbox inbox = {0};
    struct signet_fetch_rules rules;
    struct sg_desk desk;
    bool held[SG_NUM_CONFINEMENTS];

    sg_confine_inheritance();
    fcntl(CHANNEL, F_SETFL, O_NONBLOCK);
    fcntl(CHANNEL, F_SETFD, FD_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
    if (!receive_rules(&inbox, &rules, texts)) {
        sg_inbox_clear(&inbox);
        return 1;
    }
    sg_confine(&rules, held);
    sg_desk_init(&desk, &rules);
    /* Before any library has made a thread, which a fork would not copy. */
    desk.nursery = sg_nursery_open(&rules);
    serve(&desk, &inbox);
    sg_desk_clear(&desk);
    if (desk.nursery >= 0)
        close(desk.nursery);
    sg_inbox_clear(&inbox);
    return 0;
}

/* In a child, because a confined process could not write the result into a file. Its exit status
 * has a bit for each. */
static unsigned try_confinement(void)
{
    struct signet_fetch_rules rules;
    bool held[SG_NUM_CONFINEMENTS];
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        int bits = 0;
        signet_fetch_rules_init(&rules);
        sg_confine(&rules, held);
        for (int i = 0; i < SG_NUM_CONFINEMENTS; i++)
            bits |= held[i] ? 1 << i : 0;
        _exit(bits);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return pid > 0 && WIFEXITED(status) ? (unsigned)WEXITSTATUS(status) : 0;
}

static int check(void)
{
    static const char *const names[] = {"HTTP", "LDAP", "DNS"};
    unsigned held = try_confinement();
    for (size_t i = 0; i < SG_NUM_TRANSPORTS; i++)
        printf("%-17s %s\n", names[i], sg_transports[i] != NULL ? "built in" : "left out");
    for (size_t i = 0; i < SG_NUM_CONFINEMENTS; i++)
        printf("%-17s %s\n", sg_confinement_names[i], held >> i & 1 ? "confined" : "not confined");
    return held == (1U << SG_NUM_CONFINEMENTS) - 1 ? 0 : 1;
}

static bool is_socket(int fd)
{
    int type;
    socklen_t len = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 && type == SOCK_STREAM;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--check") == 0)
        return check();
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("signet-fetch " SIGNET_VERSION);
        return 0;
    }
    if (argc > 1 || !is_socket(CHANNEL)) {
        fputs("signet-fetch is run by libsignet, not by hand; it knows --version and --check.\n",
              stderr);
        return 2;
    }
    return run();
}
