/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every unit test uses. A test file ends with
 *
 *   SG_TEST_MAIN(SG_TEST("B-TIM-1 B-TIM-2", reads_both_forms), SG_TEST("", refuses_an_empty_input))
 *
 * which writes TAP, each test named by the requirements it shows and its function.
 */
#ifndef SG_TESTS_UNIT_TEST_H
#define SG_TESTS_UNIT_TEST_H

#include "base/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SG_NUM(table) (sizeof(table) / sizeof((table)[0]))

struct sg_test {
    const char *ids;      /* requirements, separated by spaces; may be "" */
    const char *function; /* its underscores are shown as blanks */
    CMUnitTestFunction run;
};

#define SG_TEST(ids, function)                                                                     \
    {                                                                                              \
        ids, #function, function                                                                   \
    }

#define SG_TEST_MAIN(...)                                                                          \
    int main(void)                                                                                 \
    {                                                                                              \
        static const struct sg_test tests[] = {__VA_ARGS__};                                       \
        return sg_tests_run(tests, SG_NUM(tests));                                                 \
    }

/* What keep() holds until the program's end, newest first. */
struct sg_kept {
    struct sg_kept *next;
    void *memory;
};
static struct sg_kept *sg_kept_first;

/* MEMORY, which is freed when all tests have run. Tests don't go on without memory. */
static inline void *sg_test_keep(void *memory)
{
    struct sg_kept *kept = malloc(sizeof(*kept));
    if (memory == NULL || kept == NULL)
        abort();
    *kept = (struct sg_kept){sg_kept_first, memory};
    sg_kept_first = kept;
    return memory;
}

/* A copy of exactly LEN bytes, so that a sanitizer sees a reader that runs past their end. */
static inline struct signet_span sg_test_copy(const void *bytes, size_t len)
{
    uint8_t *copy = sg_test_keep(malloc(len > 0 ? len : 1));
    if (len > 0)
        memcpy(copy, bytes, len);
    return sg_span(copy, len);
}

static inline int sg_test_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = strchr(digits, sg_ascii_lower((uint8_t)c));
    return c != '\0' && found != NULL ? (int)(found - digits) : -1;
}

/* "30 03 02 01 05" as bytes. Blanks and line ends may stand between bytes. */
static inline struct signet_span hex(const char *text)
{
    uint8_t *bytes = malloc(strlen(text) / 2 + 1);
    size_t len = 0;
    for (; bytes != NULL && *text != '\0'; text++) {
        if (*text == ' ' || *text == '\n')
            continue;
        int high = sg_test_digit(text[0]), low = high < 0 ? -1 : sg_test_digit(text[1]);
        if (low < 0) {
            free(bytes);
            fail_msg("no hexadecimal byte: \"%s\"", text);
        }
        bytes[len++] = (uint8_t)(high << 4 | low);
        text++;
    }
    if (bytes == NULL)
        abort();
    struct signet_span copy = sg_test_copy(bytes, len);
    free(bytes);
    return copy;
}

/* The bytes of TEXT, without its NUL and with nothing readable behind them. */
static inline struct signet_span text_bytes(const char *text)
{
    return sg_test_copy(text, strlen(text));
}

/* PREFIX, then BYTE NUM times. */
static inline struct signet_span repeat(struct signet_span prefix, uint8_t byte, size_t num)
{
    uint8_t *bytes = sg_test_keep(malloc(prefix.len + num + 1));
    if (prefix.len > 0)
        memcpy(bytes, prefix.ptr, prefix.len);
    memset(bytes + prefix.len, byte, num);
    return sg_test_copy(bytes, prefix.len + num);
}

/* SPAN as a C string, for messages and comparisons. */
static inline const char *as_text(struct signet_span span)
{
    char *text = sg_test_keep(malloc(span.len + 1));
    if (span.len > 0)
        memcpy(text, span.ptr, span.len);
    text[span.len] = '\0';
    return text;
}

#define assert_span_equal(a, b) sg_assert_span_equal((a), (b), __FILE__, __LINE__)
static inline void sg_assert_span_equal(struct signet_span a, struct signet_span b,
                                        const char *file, int line)
{
    if (sg_span_equal(a, b))
        return;
    print_error("spans of %zu and %zu bytes differ\n", a.len, b.len);
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        if (a.ptr[i] != b.ptr[i]) {
            print_error("first at %zu: %02x and %02x\n", i, a.ptr[i], b.ptr[i]);
            break;
        }
    }
    _fail(file, line);
}

/* The bytes of SPAN are those of the C string TEXT. */
#define assert_span_text(span, text) sg_assert_span_text((span), (text), __FILE__, __LINE__)
static inline void sg_assert_span_text(struct signet_span span, const char *text, const char *file,
                                       int line)
{
    if (sg_span_equal(span, sg_span_text(text)))
        return;
    print_error("\"%s\" is not \"%s\"\n", as_text(span), text);
    _fail(file, line);
}

/* ERROR is at OFFSET, and what it expected has WORDS in it. */
#define assert_parse_error(error, offset, words)                                                   \
    sg_assert_parse_error((error), (offset), (words), __FILE__, __LINE__)
static inline void sg_assert_parse_error(const struct signet_parse_error *error, size_t offset,
                                         const char *words, const char *file, int line)
{
    if (error->expected != NULL && error->offset == offset &&
        strstr(error->expected, words) != NULL)
        return;
    print_error("error at %zu: expected \"%s\"; wanted %zu: \"%s\"\n", error->offset,
                error->expected != NULL ? error->expected : "(no error)", offset, words);
    _fail(file, line);
}

static inline char *sg_test_name(const struct sg_test *test)
{
    size_t len = strlen(test->ids) + strlen(test->function) + 2;
    char *name = sg_test_keep(malloc(len));
    snprintf(name, len, "%s%s%s", test->ids, *test->ids != '\0' ? " " : "", test->function);
    for (char *c = name; *c != '\0'; c++) {
        if (*c == '_')
            *c = ' ';
    }
    return name;
}

/* Returns the program's exit status. */
static inline int sg_tests_run(const struct sg_test *tests, size_t num)
{
    struct CMUnitTest *list = sg_test_keep(calloc(num, sizeof(*list)));
    for (size_t i = 0; i < num; i++) {
        list[i].name = sg_test_name(&tests[i]);
        list[i].test_func = tests[i].run;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int num_failed = _cmocka_run_group_tests("unit", list, num, NULL, NULL);
    while (sg_kept_first != NULL) {
        struct sg_kept *kept = sg_kept_first;
        sg_kept_first = kept->next;
        free(kept->memory);
        free(kept);
    }
    return num_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
