/* SPDX-License-Identifier: Apache-2.0 */
#include "compose.h"

static struct sg_arena arena;

static enum signet_status choose(struct signet_span message, const char *seed,
                                 char separator[SG_SEPARATOR_SIZE])
{
    struct sg_content content;
    struct sg_compose_error error = {NULL, NULL};
    sg_arena_clear(&arena);
    sg_arena_init(&arena, COMPOSE_ARENA);
    assert_int_equal(sg_content_prepare(message, &arena, &content, &error), SIGNET_OK);
    return sg_separator_choose(&content, text_bytes(seed), separator);
}

static void hangs_on_the_seed_alone(void **state)
{
    (void)state;
    char one[SG_SEPARATOR_SIZE], same[SG_SEPARATOR_SIZE], other[SG_SEPARATOR_SIZE];
    assert_int_equal(choose(text_bytes("A: b\n\nx"), "1", one), SIGNET_OK);
    assert_int_equal(choose(text_bytes("A: b\n\ny"), "1", same), SIGNET_OK);
    assert_int_equal(choose(text_bytes("A: b\n\nx"), "2", other), SIGNET_OK);
    assert_string_equal(one, same);
    assert_string_not_equal(one, other);
    assert_int_equal(strlen(one), 34);
    assert_true(one[0] == '=' && one[1] == '_');
}

/* Whoever knows the seed writes what would be chosen into the content: another is. */
static void occurs_nowhere_in_the_content(void **state)
{
    (void)state;
    char text[4096 * 2] = "A: b\n\n", separator[SG_SEPARATOR_SIZE] = "";
    size_t len = strlen(text);
    for (size_t round = 0; round < 7; round++) {
        char previous[SG_SEPARATOR_SIZE];
        memcpy(previous, separator, sizeof(previous));
        assert_int_equal(choose(text_bytes(text), "seed", separator), SIGNET_OK);
        assert_string_not_equal(previous, separator);
        assert_null(strstr(text, separator));
        /* Beginnings of it in front, so that a search that forgets them misses it; and over the
         * place where one piece ends. */
        int put = snprintf(text + len, sizeof(text) - len, "=_=_%.9s%s\n", separator, separator);
        len += (size_t)put;
        if (round == 2) {
            while (len < 4096 - 20)
                len += (size_t)snprintf(text + len, sizeof(text) - len, "pad\n");
        }
    }
    assert_int_equal(choose(text_bytes(text), "seed", separator), SIGNET_OK);
    snprintf(text + len, sizeof(text) - len, "x%s", separator);
    assert_int_equal(choose(text_bytes(text), "seed", separator), SIGNET_ERR_LIMIT);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", hangs_on_the_seed_alone), SG_TEST("", occurs_nowhere_in_the_content))
