/* SPDX-License-Identifier: Apache-2.0 */
#include "directory_query.h"

#include "test.h"

static void knows_attributes_of_certificates_and_crls(void **state)
{
    static const struct {
        const char *name, *found;
    } names[] = {
        {"userCertificate", "userCertificate"},
        {"USERCERTIFICATE;binary", "userCertificate"},
        {"usersmimecertificate;x-foo;binary", "userSMIMECertificate"},
        {"certificateRevocationList;binary", "certificateRevocationList"},
        {"userCertificateX", NULL},
        {"userPassword", NULL},
        {"", NULL},
        {";binary", NULL},
        {"*", NULL},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        const char *found = sg_directory_attribute_find(text_bytes(names[i].name));
        if (names[i].found == NULL)
            assert_null(found);
        else
            assert_string_equal(found, names[i].found);
    }
}

static size_t count(const char **names)
{
    size_t num = 0;
    while (names[num] != NULL)
        num++;
    return num;
}

static void asks_in_both_forms_for_what_is_wanted(void **state)
{
    char name[] = "CACertificate;binary", again[] = "cacertificate", other[] = "mail";
    char *asked[] = {name, again, NULL}, *wrong[] = {name, other, NULL}, *none[] = {NULL};
    const char *names[SG_DIRECTORY_MAX_ATTRIBUTES], *stranger = NULL;
    (void)state;
    assert_true(sg_directory_attributes(asked, names, &stranger));
    assert_int_equal(count(names), 2);
    assert_string_equal(names[0], "cACertificate;binary");
    assert_string_equal(names[1], "cACertificate");
    assert_true(sg_directory_attributes(NULL, names, &stranger));
    assert_int_equal(count(names), 14);
    assert_true(sg_directory_attributes(none, names, &stranger));
    assert_int_equal(count(names), 14);
    assert_null(stranger);
    assert_false(sg_directory_attributes(wrong, names, &stranger));
    assert_string_equal(stranger, "mail");
}

static void a_value_cannot_end_its_filter(void **state)
{
    static const struct {
        const char *text, *written;
    } values[] = {
        {"a@example.com", "a@example.com"},
        {"*)(cn=\\", "\\2a\\29\\28cn=\\5c"},
        {"\x01\x7f", "\\01\\7f"},
        {"b\xc3\xbc", "b\\c3\\bc"},
        {"", ""},
    };
    struct sg_buffer out;
    (void)state;
    for (size_t i = 0; i < SG_NUM(values); i++) {
        sg_buffer_init(&out, 1000);
        sg_directory_add_value(&out, text_bytes(values[i].text));
        assert_span_text(sg_buffer_span(&out), values[i].written);
        sg_buffer_free(&out);
    }
    sg_buffer_init(&out, 1000);
    sg_directory_add_value(&out, hex("41 00 42"));
    assert_span_text(sg_buffer_span(&out), "A\\00B");
    sg_buffer_free(&out);
}

static void a_filter_finds_both_names_of_the_attribute(void **state)
{
    struct sg_buffer out;
    (void)state;
    sg_buffer_init(&out, 1000);
    sg_directory_add_filter(&out, "a@b", NULL);
    assert_string_equal((const char *)out.ptr, "(|(mail=a@b)(rfc822Mailbox=a@b))");
    sg_buffer_free(&out);
    sg_directory_add_filter(&out, "a*", "(c=d)");
    assert_string_equal((const char *)out.ptr, "(&(c=d)(|(mail=a\\2a)(rfc822Mailbox=a\\2a)))");
    sg_buffer_free(&out);
}

SG_TEST_MAIN(SG_TEST("D-RET-2", knows_attributes_of_certificates_and_crls),
             SG_TEST("D-RET-2", asks_in_both_forms_for_what_is_wanted),
             SG_TEST("D-RET-2", a_value_cannot_end_its_filter),
             SG_TEST("D-RET-2", a_filter_finds_both_names_of_the_attribute))
