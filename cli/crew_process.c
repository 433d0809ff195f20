/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_process.h"

#include "message.h"
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct task_head {
    size_t name_len, number, offset, len;
};

struct answer_head {
    enum exit_status status;
    size_t out_len, error_len;
};

static bool write_all(int fd, const void *octets, size_t len)
{
    const char *at = octets;

    while (len > 0) {
        ssize_t put = write(fd, at, len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        at += put;
        len -= (size_t)put;
    }
    return true;
}

static bool read_all(int fd, void *octets, size_t len)
{
    char *at = octets;

    while (len > 0) {
        ssize_t got = read(fd, at, len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

/* --- in the process */

/* What is said meanwhile. */
struct saying {
    char *out, *error;
    size_t out_len, error_len;
    FILE *out_file, *error_file;
};

static bool begin_saying(struct saying *saying)
{
    *saying = (struct saying){.out = NULL};
    saying->out_file = open_memstream(&saying->out, &saying->out_len);
    saying->error_file = open_memstream(&saying->error, &saying->error_len);
    output_to(saying->out_file);
    message_to(saying->error_file);
    return saying->out_file != NULL && saying->error_file != NULL;
}

/* Nothing is lost silently: where there was no room for what was said, the process ends. */
static bool send_saying(struct saying *saying, enum exit_status status, int fd)
{
    bool complete = fclose(saying->out_file) == 0;
    complete = fclose(saying->error_file) == 0 && complete;
    const struct answer_head head = {status, saying->out_len, saying->error_len};
    bool sent = complete && write_all(fd, &head, sizeof head) &&
                write_all(fd, saying->out, saying->out_len) &&
                write_all(fd, saying->error, saying->error_len);

    free(saying->out);
    free(saying->error);
    return sent;
}

/* Gives TASK a name to be freed. False: there are no more, or memory is out. */
static bool read_task(int fd, struct task *task)
{
    struct task_head head;
    char *name;

    if (!read_all(fd, &head, sizeof head))
        return false;
    name = malloc(head.name_len + 1);
    if (name == NULL || !read_all(fd, name, head.name_len)) {
        free(name);
        return false;
    }
    name[head.name_len] = '\0';
    *task = (struct task){name, head.number, head.offset, head.len};
    return true;
}

static bool open_work(const struct crew_work *work, int answers)
{
    struct saying saying;
    bool opened = begin_saying(&saying) && work->open(work->context);

    return send_saying(&saying, opened ? EXIT_GOOD : EXIT_TROUBLE, answers) && opened;
}

static bool run_tasks(const struct crew_work *work, int tasks, int answers)
{
    struct saying saying;
    struct task task;
    bool sent = true;

    while (sent && read_task(tasks, &task)) {
        enum exit_status status = EXIT_TROUBLE;

        sent = begin_saying(&saying);
        if (sent)
            status = work->run(work->context, &task);
        sent = sent && send_saying(&saying, status, answers);
        free((void *)(uintptr_t)task.file);
    }
    return sent;
}

static _Noreturn void live(const struct crew_work *work, int tasks, int answers)
{
    struct saying saying;
    bool good = open_work(work, answers) && run_tasks(work, tasks, answers);

    good = begin_saying(&saying) && good;
    work->close(work->context);
    good = send_saying(&saying, good ? EXIT_GOOD : EXIT_TROUBLE, answers) && good;
    _exit(good ? EXIT_GOOD : EXIT_TROUBLE);
}

/* --- from outside */

static void close_all(const struct crew_process *processes, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (processes[i].tasks >= 0)
            close(processes[i].tasks);
        if (processes[i].answers >= 0)
            close(processes[i].answers);
    }
}

static void close_pair(const int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

/* Not for helpers that the process starts. */
static bool make_pipe(int pair[2])
{
    if (pipe(pair) != 0)
        return false;
    (void)fcntl(pair[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(pair[1], F_SETFD, FD_CLOEXEC);
    return true;
}

bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        const struct crew_process *before, size_t num_before)
{
    int tasks[2], answers[2];

    *process = (struct crew_process){-1, -1, -1};
    if (!make_pipe(tasks))
        return false;
    if (!make_pipe(answers)) {
        close_pair(tasks);
        return false;
    }
    process->id = fork();
    if (process->id == 0) {
        signal(SIGPIPE, SIG_DFL);
        /* One that waits for something else than tasks ends with its parent, too. */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        close(tasks[1]);
        close(answers[0]);
        close_all(before, num_before);
        live(work, tasks[0], answers[1]);
    }
    close(tasks[0]);
    close(answers[1]);
    *process = (struct crew_process){process->id, tasks[1], answers[0]};
    if (process->id < 0)
        close_all(process, 1);
    return process->id > 0;
}

bool crew_process_give(const struct crew_process *process, const struct task *task)
{
    const struct task_head head = {strlen(task->file), task->number, task->offset, task->len};

    return write_all(process->tasks, &head, sizeof head) &&
           write_all(process->tasks, task->file, head.name_len);
}

bool crew_process_take(const struct crew_process *process, struct crew_answer *answer)
{
    struct answer_head head;

    if (!read_all(process->answers, &head, sizeof head))
        return false;
    *answer = (struct crew_answer){head.status, malloc(head.out_len + head.error_len + 1),
                                   head.out_len, head.error_len};
    if (answer->said == NULL ||
        !read_all(process->answers, answer->said, head.out_len + head.error_len)) {
        free(answer->said);
        return false;
    }
    return true;
}

void crew_process_end(struct crew_process *process)
{
    if (process->tasks >= 0)
        close(process->tasks);
    process->tasks = -1;
}

int crew_process_wait(struct crew_process *process)
{
    int state = 0;

    crew_process_end(process);
    if (process->answers >= 0)
        close(process->answers);
    process->answers = -1;
    while (waitpid(process->id, &state, 0) < 0 && errno == EINTR)
        continue;
    process->id = -1;
    return WIFSIGNALED(state) ? WTERMSIG(state) : 0;
}
