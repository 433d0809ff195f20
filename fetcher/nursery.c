/* SPDX-License-Identifier: Apache-2.0 */
#include "nursery.h"

#ifdef SG_WITH_LDAP
#include "worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
    struct cmsghdr header;
    char octets[CMSG_SPACE(sizeof(int))];
};

/* Ends the worker as soon as nobody waits for it: a library that hangs cannot be asked to stop. */
static void *watch_channel(void *context)
{
    struct pollfd fd = {.fd = *(const int *)context, .events = POLLRDHUP};
    while (poll(&fd, 1, -1) <= 0 && errno == EINTR)
        continue;
    _exit(0);
    return NULL;
}

static void be_worker(int channel, const struct signet_fetch_rules *rules, struct signet_span start)
{
    struct sg_frame frame;
    size_t len;
    pthread_t watcher;
    if (sg_frame_parse(start, &frame, &len) != SG_FRAME_READ_WHOLE ||
        pthread_create(&watcher, NULL, watch_channel, &channel) != 0)
        _exit(1);
    sg_worker_run(channel, rules, &frame);
    _exit(0);
}

/* One message is one START with the socket to answer on. False: nobody will ask any more. */
static bool serve(int nursery, const struct signet_fetch_rules *rules)
{
    static uint8_t start[SG_FRAME_MAX_LEN];
    union control control;
    struct iovec part = {start, sizeof start};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.octets,
                             .msg_controllen = sizeof control.octets};
    ssize_t len = recvmsg(nursery, &message, MSG_CMSG_CLOEXEC);
    const struct cmsghdr *header = len > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    int channel;
    if (header == NULL || header->cmsg_type != SCM_RIGHTS)
        return len < 0 && errno == EINTR;
    memcpy(&channel, CMSG_DATA(header), sizeof channel);
    if (fork() == 0) {
        close(nursery);
        be_worker(channel, rules, (struct signet_span){start, (size_t)len});
    }
    close(channel);
    return true;
}

int sg_nursery_open(const struct signet_fetch_rules *rules)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        close(STDIN_FILENO);
        close(pair[0]);
        signal(SIGCHLD, SIG_IGN); /* nobody waits for workers */
        while (serve(pair[1], rules))
            continue;
        _exit(0);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return -1;
    }
    return pair[0];
}

static bool send_start(int nursery, struct signet_span start, int channel)
{
    union control control = {.octets = {0}};
    struct iovec part = {(void *)(uintptr_t)start.ptr, start.len};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.octets,
                             .msg_controllen = sizeof control.octets};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof channel);
    memcpy(CMSG_DATA(header), &channel, sizeof channel);
    return sendmsg(nursery, &message, MSG_NOSIGNAL) == (ssize_t)start.len;
}

int sg_nursery_ask(int nursery, struct signet_span start)
{
    int pair[2];
    if (nursery < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return -1;
    bool sent = send_start(nursery, start, pair[1]);
    close(pair[1]);
    if (!sent) {
        close(pair[0]);
        return -1;
    }
    return pair[0];
}

#else

int sg_nursery_open(const struct signet_fetch_rules *rules)
{
    (void)rules;
    return -1;
}

#endif
