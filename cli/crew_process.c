/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_process.h"

#include "crew_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Not for helpers that the process starts; nobody sleeps at either end. */
static bool make_bell(int pair[2])
{
    if (pipe(pair) != 0)
        return false;
    for (size_t i = 0; i < 2; i++) {
        (void)fcntl(pair[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(pair[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

static void let_go(struct crew_process *process)
{
    if (process->bell >= 0)
        close(process->bell);
    octet_ring_unmap(&process->answers);
    free(process->coming.said);
    *process = (struct crew_process){.id = -1, .bell = -1};
}

/* One that sleeps would not see that its parent has ended; SIGTERM may be ignored. */
static _Noreturn void live(struct crew_worker *worker, pid_t parent,
                           const struct crew_process *before, size_t num_before)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_TROUBLE);
    for (size_t i = 0; i < num_before; i++) {
        struct crew_process other = before[i];

        if (other.id > 0)
            let_go(&other);
    }
    crew_worker_live(worker);
}

bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        struct crew_queue *queue, size_t number, const struct crew_process *before,
                        size_t num_before)
{
    struct crew_worker worker = {work, queue, number, {NULL, 0}, -1};
    pid_t parent = getpid();
    int bell[2];

    *process = (struct crew_process){.id = -1, .bell = -1};
    if (!octet_ring_make(&process->answers) || !make_bell(bell)) {
        let_go(process);
        return false;
    }
    process->bell = bell[0];
    worker.answers = process->answers;
    worker.bell = bell[1];
    process->id = fork();
    if (process->id == 0) {
        close(bell[0]);
        live(&worker, parent, before, num_before);
    }
    close(bell[1]);
    if (process->id < 0)
        let_go(process);
    return process->id > 0;
}

bool crew_process_heard(const struct crew_process *process)
{
    char octets[64];
    ssize_t got = read(process->bell, octets, sizeof octets);

    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

bool crew_process_has_said(const struct crew_process *process)
{
    return octet_ring_has(&process->answers);
}

/* So much of LEN octets behind the first SKIPPED of an answer as is there. */
static bool take_part(struct crew_process *process, void *octets, size_t skipped, size_t len)
{
    size_t had = process->len_come - skipped;

    process->len_come += octet_ring_take(&process->answers, (char *)octets + had, len - had);
    return process->len_come == skipped + len;
}

/* Whoever judges what comes from anywhere is not believed about more than that. */
static bool can_be(const struct crew_answer_head *head)
{
    return (unsigned)head->status <= EXIT_NONE && head->out_len <= SIZE_MAX / 4 &&
           head->error_len <= SIZE_MAX / 4;
}

enum crew_taken crew_process_take(struct crew_process *process, struct crew_answer *answer)
{
    struct crew_answer_head *head = &process->coming.head;

    if (process->len_come < sizeof *head && !take_part(process, head, 0, sizeof *head))
        return CREW_NOTHING;
    if (!can_be(head))
        return CREW_BROKEN;
    if (process->coming.said == NULL)
        process->coming.said = malloc(head->out_len + head->error_len + 1);
    if (process->coming.said == NULL)
        return CREW_BROKEN;
    if (!take_part(process, process->coming.said, sizeof *head, head->out_len + head->error_len))
        return CREW_NOTHING;
    *answer = process->coming;
    process->coming = (struct crew_answer){.said = NULL};
    process->len_come = 0;
    return CREW_ANSWER;
}

int crew_process_wait(struct crew_process *process)
{
    int state = 0;

    while (waitpid(process->id, &state, 0) < 0 && errno == EINTR)
        continue;
    let_go(process);
    return WIFSIGNALED(state) ? WTERMSIG(state) : 0;
}

int crew_process_kill(struct crew_process *process)
{
    kill(process->id, SIGKILL);
    return crew_process_wait(process);
}
