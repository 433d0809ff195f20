/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure REPORT COMMAND [ARGUMENT]...: runs COMMAND once and writes to REPORT what it cost, as
 * "user_us system_us wall_us peak_kb private_kb status". Small itself, because a child starts with
 * its parent's peak of memory. PRIVATE is the highest sum of anonymous pages seen while it ran,
 * looked at every millisecond: mapped files are not in it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time)
{
    return (long long)time.tv_sec * 1000000 + time.tv_usec;
}

static long long now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Anonymous pages of the process whose status file is open as FD, in kB; 0 when it has ended. */
static long anonymous_kb(int fd)
{
    char text[4096];
    ssize_t len = pread(fd, text, sizeof text - 1, 0);
    const char *line;

    if (len <= 0)
        return 0;
    text[len] = '\0';
    line = strstr(text, "RssAnon:");
    return line == NULL ? 0 : strtol(line + 8, NULL, 10);
}

static long watch(pid_t child)
{
    char path[64];
    long highest = 0;
    int fd, process = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd ended = {.fd = process, .events = POLLIN};

    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    while (poll(&ended, 1, 1) == 0) {
        long kb = anonymous_kb(fd);

        if (kb > highest)
            highest = kb;
    }
    close(fd);
    close(process);
    return highest;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    long long start;
    long anonymous;
    pid_t child;
    FILE *report;
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: measure REPORT COMMAND [ARGUMENT]...\n");
        return 2;
    }
    start = now_us();
    child = vfork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    anonymous = watch(child);
    if (wait4(child, &status, 0, &usage) != child)
        return 2;
    report = fopen(argv[1], "w");
    if (report == NULL)
        return 2;
    fprintf(report, "%lld %lld %lld %ld %ld %d\n", microseconds(usage.ru_utime),
            microseconds(usage.ru_stime), now_us() - start, usage.ru_maxrss, anonymous,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(report) == 0 ? 0 : 2;
}
