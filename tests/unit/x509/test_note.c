/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"
#include "x509/note.h"

static struct sg_note note(enum sg_kind kind, const char *oid)
{
    return (struct sg_note){.kind = kind, .offset = 7, .oid = hex(oid)};
}

static void keeps_one_note_of_a_kind_about_one_extension(void **state)
{
    struct sg_notes notes = {0};
    const struct sg_note rows[] = {
        note(SG_KIND_CERT_EXTENSION_CRITICAL, "2a03"),
        note(SG_KIND_CERT_EXTENSION_CRITICAL, "2a03"),
        note(SG_KIND_CERT_EXTENSION_CRITICAL, "2a04"),
        note(SG_KIND_CERT_EXTENSION_DEFAULT, "2a03"),
        note(SG_KIND_CERT_EXTENSION_DEFAULT, "2a03"),
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        sg_notes_add(&notes, &rows[i]);
    assert_int_equal(notes.num, 3);
    assert_false(notes.dropped);
}

static void latches_that_there_were_more(void **state)
{
    struct sg_notes notes = {0};
    (void)state;
    for (size_t i = 0; i < SG_MAX_NOTES + 3; i++) {
        struct sg_note one = {.kind = (enum sg_kind)i};
        assert_int_equal(notes.dropped, i > SG_MAX_NOTES);
        sg_notes_add(&notes, &one);
    }
    assert_int_equal(notes.num, SG_MAX_NOTES);
    assert_true(notes.dropped);
}

static void fills_in_what_a_note_knows(void **state)
{
    struct sg_notes notes = {0};
    struct sg_note one = note(SG_KIND_CERT_EXTENSION_MALFORMED, "551d0f");
    struct sg_arena arena;
    struct sg_findings findings;
    (void)state;
    one.expected = "a BIT STRING";
    sg_notes_add(&notes, &one);
    notes.dropped = true;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    sg_notes_check(&notes, SG_KIND_CERT_NOTES_DROPPED, sg_at_certificate(4), &findings);
    assert_int_equal(findings.num, 2);
    assert_string_equal(
        findings.items[0].finding.text,
        "the keyUsage extension is malformed: a BIT STRING was expected at octet 7");
    assert_int_equal(findings.items[0].finding.certificate, 4);
    assert_int_equal(findings.items[0].finding.num_params, 3);
    assert_int_equal(findings.items[1].kind, SG_KIND_CERT_NOTES_DROPPED);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", keeps_one_note_of_a_kind_about_one_extension),
             SG_TEST("", latches_that_there_were_more),
             SG_TEST("A-4.4-6", fills_in_what_a_note_knows))
