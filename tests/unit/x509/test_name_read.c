/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sample.h"
#include "x509/general_name.h"

static bool read_name(const char *text, struct sg_buffer *der)
{
    sg_buffer_init(der, 1 << 16);
    return sg_name_read(text_bytes(text), der);
}

/* The name that TEXT stands for, canonical. */
static struct sg_name name_of(const char *text)
{
    struct sg_buffer der;
    if (!read_name(text, &der))
        fail_msg("\"%s\" was not read", text);
    struct sg_name name = canonical_name(sg_test_copy(der.ptr, der.len));
    sg_buffer_free(&der);
    return name;
}

static void reads_names_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"CN=Alice,O=Example,C=XX", "CN=Alice,O=Example,C=XX"},
        {" cn = Alice , o=Example", "CN=Alice,O=Example"},
        {"CN=A+OU=B,DC=example,DC=org", "CN=A+OU=B,DC=example,DC=org"},
        {"CN=a\\,b\\+c\\\"d\\\\e", "CN=a\\,b\\+c\\\"d\\\\e"},
        {"CN=M\\C3\\BCnchen", "CN=M\xc3\xbcnchen"},
        {"CN=M\xc3\xbcnchen", "CN=M\xc3\xbcnchen"},
        {"CN=\\ a\\ ", "CN=\\ a\\ "},
        {"1.2.3=x", "1.2.3=x"},
        {"1.2.3=#0c0178", "1.2.3=x"},
        {"1.2.3=#04020102 ,CN=a", "1.2.3=#04020102,CN=a"},
        {"emailAddress=a@example.org", "emailAddress=a@example.org"},
        {"CN=", "CN="},
        {"CN=a=b", "CN=a=b"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_name name = name_of(rows[i].text);
        char text[128];
        sg_name_write_text(&name, text, sizeof(text));
        assert_string_equal(text, rows[i].shown);
    }
}

static void gives_names_that_compare_as_those_of_certificates(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:plain");
    struct sg_name name = name_of("cn=alice,o=EXAMPLE"), other = name_of("O=Example,CN=Alice");
    (void)state;
    assert_true(sg_name_equal(&name, &certificate->subject));
    assert_false(sg_name_equal(&other, &certificate->subject));
    signet_certificate_unref(certificate);
}

static void refuses_what_is_no_name(void **state)
{
    static const char *const texts[] = {
        "",
        "Alice",
        "=x",
        "CN=a,",
        ",CN=a",
        "CN=a,,O=b",
        "CN=a+",
        "XYZ=a",
        "1=a",
        "CN=a\\",
        "1.2.3=#",
        "1.2.3=#0c",
        "1.2.3=#0c0178zz",
        "1.2.3=#zz",
        "CN=\\ff",
        "DC=\xc3\xbc",
        "C=\xc3\xbc",
        "CN=\xff",
    };
    struct sg_buffer der;
    (void)state;
    for (size_t i = 0; i < SG_NUM(texts); i++) {
        if (read_name(texts[i], &der))
            fail_msg("\"%s\" was read", texts[i]);
        sg_buffer_free(&der);
    }
    sg_buffer_init(&der, 1 << 16);
    assert_false(sg_name_read(repeat(text_bytes("CN="), 'a', 5000), &der));
    sg_buffer_free(&der);
}

static void reads_long_names(void **state)
{
    struct sg_buffer text, der;
    (void)state;
    sg_buffer_init(&text, 1 << 16);
    for (int i = 0; i < 64; i++)
        sg_buffer_printf(&text, "%sC=%d", i > 0 ? "," : "", i);
    sg_buffer_init(&der, 1 << 16);
    assert_true(sg_name_read(sg_buffer_span(&text), &der));
    canonical_name(sg_test_copy(der.ptr, der.len));
    der.len = 0;
    sg_buffer_add_text(&text, ",C=x");
    assert_false(sg_name_read(sg_buffer_span(&text), &der));
    der.len = 0;
    assert_true(sg_name_read(repeat(text_bytes("CN="), 'a', 1000), &der));
    canonical_name(sg_test_copy(der.ptr, der.len));
    sg_buffer_free(&der);
    sg_buffer_free(&text);
}

static struct sg_general_name general_name(const char *text, struct sg_arena *arena)
{
    struct sg_general_name name;
    if (!sg_general_name_read(text, arena, &name))
        fail_msg("\"%s\" was not read", text);
    return name;
}

static void compares_general_names(void **state)
{
    static const struct {
        const char *one, *two;
        bool equal;
    } rows[] = {
        {"email:a@Example.org", "EMAIL:a@example.ORG", true},
        {"email:a@example.org", "email:A@example.org", false},
        {"dns:example.org", "dns:EXAMPLE.org", true},
        {"dns:example.org", "uri:example.org", false},
        {"uri:http://Example.org:80/", "uri:HTTP://example.org/", true},
        {"uri:http://example.org/a", "uri:http://example.org/b", false},
        {"dn:CN=a,O=b", "dn:cn= A ,o=B", true},
        {"dn:CN=a,O=b", "dn:O=b,CN=a", false},
    };
    static const char *const none[] = {
        "", "example.org", "dns:", "dn:", "dn:x", "ip:1.2.3.4", "uri:\xc3\xbc"};
    struct sg_arena arena;
    struct sg_general_name name;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_general_name one = general_name(rows[i].one, &arena);
        struct sg_general_name two = general_name(rows[i].two, &arena);
        if (sg_general_name_equal(&one, &two) != rows[i].equal)
            fail_msg("%s and %s", rows[i].one, rows[i].two);
        assert_int_equal(sg_general_name_equal(&two, &one), rows[i].equal);
    }
    for (size_t i = 0; i < SG_NUM(none); i++) {
        if (sg_general_name_read(none[i], &arena, &name))
            fail_msg("\"%s\" was read", none[i]);
    }
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void reports_that_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_general_name name;
    size_t n = 0;
    (void)state;
    for (;; n++) {
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        fault_begin(n);
        bool read = sg_general_name_read("dn:CN=a+OU=\xc3\xbc,O=b", &arena, &name);
        fault_end();
        if (!read)
            assert_true(arena.failed);
        sg_arena_clear(&arena);
        if (read)
            break;
    }
    assert_true(n > 3);
}

SG_TEST_MAIN(SG_TEST("C-AC-2", reads_names_as_people_write_them),
             SG_TEST("C-AC-2 E-22", gives_names_that_compare_as_those_of_certificates),
             SG_TEST("", refuses_what_is_no_name), SG_TEST("", reads_long_names),
             SG_TEST("C-AC-2 B-GN-2", compares_general_names),
             SG_TEST("", reports_that_memory_is_out))
