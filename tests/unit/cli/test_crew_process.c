/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_process.h"

#include "crew_worker.h"
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

_Noreturn void crew_worker_live(struct crew_worker *worker)
{
    (void)worker;
    _exit(EXIT_TROUBLE);
}

/* A process that says what it likes: OWN is its end of the ring. */
struct scene {
    struct crew_process process;
    struct octet_ring own;
};

static void begin(struct scene *scene)
{
    *scene = (struct scene){.process = {.id = -1, .bell = -1}};
    assert_true(octet_ring_make(&scene->process.answers));
    scene->own = scene->process.answers;
}

static void end(struct scene *scene)
{
    free(scene->process.coming.said);
    octet_ring_unmap(&scene->process.answers);
}

static void takes_an_answer_as_it_comes(void **state)
{
    const struct crew_answer_head head = {7, EXIT_NONE, 3, 2};
    struct crew_answer answer;
    struct scene scene;

    (void)state;
    begin(&scene);
    assert_int_equal(crew_process_take(&scene.process, &answer), CREW_NOTHING);
    assert_int_equal(octet_ring_put(&scene.own, &head, sizeof head), sizeof head);
    assert_int_equal(crew_process_take(&scene.process, &answer), CREW_NOTHING);
    assert_int_equal(octet_ring_put(&scene.own, "outer", 5), 5);
    assert_int_equal(crew_process_take(&scene.process, &answer), CREW_ANSWER);
    assert_int_equal(answer.head.about, 7);
    assert_int_equal(answer.head.status, EXIT_NONE);
    assert_memory_equal(answer.said, "outer", 5);
    free(answer.said);
    assert_int_equal(crew_process_take(&scene.process, &answer), CREW_NOTHING);
    end(&scene);
}

/* What judges may have been led astray by what it judged. */
static void believes_no_answer_that_cannot_be(void **state)
{
    const struct crew_answer_head heads[] = {
        {0, (enum exit_status)(EXIT_NONE + 1), 0, 0},
        {0, (enum exit_status)0x7fffffff, 0, 0},
        {CREW_OPENING, (enum exit_status)0xffffffff, 0, 0},
        {0, EXIT_GOOD, SIZE_MAX / 4 + 1, 0},
        {0, EXIT_GOOD, 0, SIZE_MAX},
    };

    (void)state;
    for (size_t i = 0; i < SG_NUM(heads); i++) {
        struct crew_answer answer;
        struct scene scene;

        begin(&scene);
        assert_int_equal(octet_ring_put(&scene.own, &heads[i], sizeof heads[i]), sizeof heads[i]);
        assert_int_equal(crew_process_take(&scene.process, &answer), CREW_BROKEN);
        end(&scene);
    }
}

SG_TEST_MAIN(SG_TEST("", takes_an_answer_as_it_comes),
             SG_TEST("", believes_no_answer_that_cannot_be))
