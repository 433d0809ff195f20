/* SPDX-License-Identifier: Apache-2.0 */
#include "address/host.h"
#include "test.h"

static const char *shown(const char *host)
{
    struct sg_arena arena;
    sg_arena_init(&arena, 1 << 16);
    const char *text = as_text(sg_host_display(text_bytes(host), &arena));
    assert_false(arena.failed);
    sg_arena_clear(&arena);
    return text;
}

static void shows_u_labels_of_one_script(void **state)
{
    static const struct {
        const char *host, *shown;
    } rows[] = {
        {"xn--bcher-kva.example", "bücher.example"},
        {"XN--BCHER-KVA.example", "bücher.example"},
        {"www.xn--bcher-kva.example.", "www.bücher.example"},
        {"bücher.example", "bücher.example"},
        {"xn--e1afmkfd.xn--p1ai",
         "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80.\xd1\x80\xd1\x84"},
        {"xn--y9j3fv21r.example", "ひカ漢.example"},
        {"xn--hext49s.example", "한漢.example"},
        {"xn--wgv71a119e.example", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e.example"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_string_equal(shown(rows[i].host), rows[i].shown);
}

static void shows_labels_that_could_pass_for_others_as_a_labels(void **state)
{
    static const struct {
        const char *host, *shown;
    } rows[] = {
        {"xn--80ak6aa92e.example", "xn--80ak6aa92e.example"}, /* all Cyrillic, reads "apple" */
        {"\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.example", "xn--80ak6aa92e.example"},
        {"xn--mxa0y.example", "xn--mxa0y.example"},         /* Greek and Cyrillic */
        {"xn--a-xeu.example", "xn--a-xeu.example"},         /* Latin and Katakana */
        {"xn--y9j5970c.example", "xn--y9j5970c.example"},   /* Hiragana and Hangul */
        {"\xd0\xb0pple.example", "xn--pple-43d.example"},   /* Cyrillic a among Latin */
        {"\xc9\xa1oogle.example", "xn--oogle-qmc.example"}, /* Latin script g */
        {"\xce\xbf\xce\xbd.example", "xn--yxad.example"},   /* Greek omicron nu: "ov" */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_string_equal(shown(rows[i].host), rows[i].shown);
}

static void leaves_what_idna_refuses(void **state)
{
    static const char *const rows[] = {
        "example.org",
        "Example.ORG",
        "",
        ".",
        "xn--",
        "xn--a.example",
        "xn--999999999.example",
        "i\xe2\x9d\xa4.example",
        "a\u202eb.example",
        "\xff",
        "[192.0.2.1]",
        "xn--a..b",
        "xn--tda.-b-",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_string_equal(shown(rows[i]), rows[i]);
}

static void latches_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    size_t max = 0;
    (void)state;
    for (;; max++) {
        sg_arena_init(&arena, max);
        struct signet_span text = sg_host_display(text_bytes("bücher.example"), &arena);
        bool failed = arena.failed;
        assert_int_equal(failed, text.ptr == NULL);
        sg_arena_clear(&arena);
        if (!failed)
            break;
    }
    assert_true(max > 0);
}

SG_TEST_MAIN(SG_TEST("B-GN-1 D-ADR-4", shows_u_labels_of_one_script),
             SG_TEST("D-ADR-4", shows_labels_that_could_pass_for_others_as_a_labels),
             SG_TEST("D-ADR-4", leaves_what_idna_refuses), SG_TEST("", latches_when_memory_is_out))
