/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include "test.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char own_file[] = "/tmp/signet-confine-XXXXXX";
static struct signet_fetch_rules rules;

/* What a process tries that is confined. True: it was let. */
static bool runs_a_program(void)
{
    char name[] = "true";
    char *arguments[] = {name, NULL}, *environment[] = {NULL};
    execve("/bin/true", arguments, environment);
    return false;
}

static bool opens(const char *path, int flags)
{
    return open(path, flags, 0600) >= 0;
}

static bool writes_a_file(void)
{
    return opens(own_file, O_WRONLY) || opens(own_file, O_RDWR) ||
           opens(own_file, O_RDONLY | O_TRUNC);
}

static bool makes_a_file(void)
{
    return opens("/tmp/signet-confine-new", O_RDONLY | O_CREAT) ||
           mkdir("/tmp/signet-confine-new", 0700) == 0;
}

static bool removes_a_file(void)
{
    return unlink(own_file) == 0;
}

static bool reads_what_is_the_users(void)
{
    return opens(own_file, O_RDONLY);
}

static bool reads_what_is_the_systems(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static bool signals_its_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool talks_to_local_services(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool connects_to_the_network(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 && socket(AF_INET6, SOCK_DGRAM, 0) >= 0;
}

static bool listens(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd >= 0 && bind(fd, (const struct sockaddr *)&any, sizeof any) == 0 &&
           listen(fd, 1) == 0;
}

static bool forks(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static const struct {
    const char *what;
    bool (*tries)(void);
    enum sg_confinement by; /* what denies it */
    bool let;               /* it is needed, and must not be denied */
} attempts[] = {
    {"runs a program", runs_a_program, SG_CONFINED_CALLS, false},
    {"runs a program", runs_a_program, SG_CONFINED_FILES, false},
    {"writes a file", writes_a_file, SG_CONFINED_CALLS, false},
    {"writes a file", writes_a_file, SG_CONFINED_FILES, false},
    {"makes a file", makes_a_file, SG_CONFINED_CALLS, false},
    {"makes a file", makes_a_file, SG_CONFINED_FILES, false},
    {"removes a file", removes_a_file, SG_CONFINED_CALLS, false},
    {"reads what is the user's", reads_what_is_the_users, SG_CONFINED_FILES, false},
    {"signals its parent", signals_its_parent, SG_CONFINED_CALLS, false},
    {"talks to local services", talks_to_local_services, SG_CONFINED_CALLS, false},
    {"listens", listens, SG_CONFINED_CALLS, false},
    {"reads what is the system's", reads_what_is_the_systems, SG_CONFINED_FILES, true},
    {"connects to the network", connects_to_the_network, SG_CONFINED_CALLS, true},
    {"forks", forks, SG_CONFINED_CALLS, true},
};

enum { LET = 3, DENIED = 4, NOT_CONFINED = 5 };

/* In a child, which is lost for everything else. */
static int try(size_t index)
{
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        bool held[SG_NUM_CONFINEMENTS];
        sg_confine(&rules, held);
        bool let = attempts[index].tries();
        _exit(!held[attempts[index].by] ? NOT_CONFINED : let ? LET : DENIED);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void make_own_file(void)
{
    int fd = mkstemp(own_file);
    assert_true(fd >= 0);
    close(fd);
}

static void a_confined_process_can_do_what_it_needs_and_no_more(void **state)
{
    (void)state;
    make_own_file();
    for (size_t i = 0; i < SG_NUM(attempts); i++) {
        int got = try(i);
        if (got != NOT_CONFINED && got != (attempts[i].let ? LET : DENIED))
            fail_msg("%s: %d", attempts[i].what, got);
        if (got == NOT_CONFINED)
            print_message("# not confined here: %s\n", attempts[i].what);
    }
    unlink(own_file);
}

static void files_that_the_rules_name_stay_readable(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(attempts); i++) {
        if (attempts[i].tries != reads_what_is_the_users)
            continue;
        memcpy(own_file, "/tmp/signet-confine-XXXXXX", sizeof own_file);
        make_own_file();
        rules.ca_file = own_file;
        int got = try(i);
        rules.ca_file = NULL;
        unlink(own_file);
        assert_true(got == LET || got == NOT_CONFINED);
    }
}

static void nothing_is_inherited(void **state)
{
    int status = 0;
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open("/dev/null", O_RDONLY), far = fcntl(fd, F_DUPFD, 200);
        setenv("http_proxy", "http://127.0.0.1/", 1);
        sg_confine_inheritance();
        bool gone = fcntl(fd, F_GETFD) < 0 && fcntl(far, F_GETFD) < 0;
        _exit(gone && getenv("http_proxy") == NULL && getenv("LDAPNOINIT") != NULL ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

SG_TEST_MAIN(SG_TEST("", a_confined_process_can_do_what_it_needs_and_no_more),
             SG_TEST("", files_that_the_rules_name_stay_readable),
             SG_TEST("", nothing_is_inherited))
