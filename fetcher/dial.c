/* SPDX-License-Identifier: Apache-2.0 */
#include "dial.h"

#include "fetch/address_guard.h"
#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct dial {
    bool allow_private;
    enum signet_fetch_outcome *outcome;
    char *reason;
};

static int fail(const struct dial *dial, const struct addrinfo *address, const char *why)
{
    char text[NI_MAXHOST];
    if (getnameinfo(address->ai_addr, address->ai_addrlen, text, sizeof text, NULL, 0,
                    NI_NUMERICHOST) != 0)
        text[0] = '\0';
    snprintf(dial->reason, SG_DIAL_MAX_REASON, "%.64s: %.200s", text, why);
    *dial->outcome = SIGNET_FETCH_FAILED;
    return -1;
}

/* 0 or an errno. */
static int finish_connecting(int fd, int timeout_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t len = sizeof error;
    int num = poll(&ready, 1, timeout_ms);
    if (num <= 0)
        return num == 0 ? ETIMEDOUT : errno;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 ? error : errno;
}

static int connect_one(const struct dial *dial, const struct addrinfo *address, int timeout_ms)
{
    const char *what = sg_address_guard_find(address->ai_addr, address->ai_addrlen);
    if (what != NULL && !dial->allow_private) {
        fail(dial, address, what);
        *dial->outcome = SIGNET_FETCH_REFUSED;
        return -1;
    }
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return fail(dial, address, strerror(errno));
    int error = connect(fd, address->ai_addr, address->ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS)
        error = finish_connecting(fd, timeout_ms);
    if (error == 0 && fcntl(fd, F_SETFL, 0) == 0)
        return fd;
    close(fd);
    return fail(dial, address, strerror(error != 0 ? error : errno));
}

int sg_dial(const char *host, int port, bool allow_private, int timeout_ms,
            enum signet_fetch_outcome *outcome, char reason[SG_DIAL_MAX_REASON])
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct dial dial = {allow_private, outcome, reason};
    struct addrinfo *addresses = NULL;
    char service[16];
    int fd = -1;
    int64_t deadline = sg_loop_now_ms() + timeout_ms;
    snprintf(service, sizeof service, "%d", port);
    int error = getaddrinfo(host, service, &hints, &addresses);
    if (error != 0) {
        snprintf(reason, SG_DIAL_MAX_REASON, "%.200s: %.200s", host, gai_strerror(error));
        *outcome = SIGNET_FETCH_FAILED;
        return -1;
    }
    for (const struct addrinfo *a = addresses; fd < 0 && a != NULL; a = a->ai_next) {
        /* Half of what is left for each but the last, so that one that hangs does not take all. */
        int left = (int)(deadline - sg_loop_now_ms());
        fd = connect_one(&dial, a, left <= 0 ? 0 : a->ai_next != NULL ? left / 2 : left);
    }
    freeaddrinfo(addresses);
    return fd;
}
