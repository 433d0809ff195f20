/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"
#include "x509/general_name.h"

static struct sg_general_name parsed(const char *bytes, bool constraint)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex(bytes), &error);
    struct sg_general_name name = {0};
    if (!sg_general_name_parse(&der, constraint, &name) || !sg_der_end(&der))
        fail_msg("%s: %s at %zu", bytes, error.expected, error.offset);
    return name;
}

static void reads_and_writes_every_form(void **state)
{
    static const struct {
        const char *bytes;
        enum sg_general_name_type type;
        const char *text;
    } rows[] = {
        {"a00a 06022a03 a004 0c02c3bc", SG_GN_OTHER, "otherName:1.2.3=\xc3\xbc"},
        {"a009 06022a03 a003 020105", SG_GN_OTHER, "otherName:1.2.3=#020105"},
        {"8105 6140622e63", SG_GN_RFC822, "rfc822Name:a@b.c"},
        {"8203 782e79", SG_GN_DNS, "dNSName:x.y"},
        {"8204 78001b79", SG_GN_DNS, "dNSName:x\\x00\\x1by"},
        {"a302 3000", SG_GN_X400, "x400Address:#3000"},
        {"a40f 300d 310b 3009 0603550403 0c027879", SG_GN_DIRECTORY, "directoryName:CN=xy"},
        {"a402 3000", SG_GN_DIRECTORY, "directoryName:(empty)"},
        {"a505 a1030c0178", SG_GN_EDI_PARTY, "ediPartyName:#a1030c0178"},
        {"8604 783a2f2f", SG_GN_URI, "uniformResourceIdentifier:x://"},
        {"8704 c0000201", SG_GN_IP, "iPAddress:192.0.2.1"},
        {"8710 20010db8000000000000000000000001", SG_GN_IP, "iPAddress:2001:db8::1"},
        {"8710 00000000000000000000000000000000", SG_GN_IP, "iPAddress:::"},
        {"8710 00000000000000000000000000000001", SG_GN_IP, "iPAddress:::1"},
        {"8710 20010000000000010000000000010000", SG_GN_IP, "iPAddress:2001::1:0:0:1:0"},
        {"8710 00010002000300040005000600070000", SG_GN_IP, "iPAddress:1:2:3:4:5:6:7:0"},
        {"8710 00010000000000000000000000000000", SG_GN_IP, "iPAddress:1::"},
        {"8802 2a03", SG_GN_REGISTERED_ID, "registeredID:1.2.3"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer text;
        struct sg_general_name name = parsed(rows[i].bytes, false);
        sg_buffer_init(&text, 4096);
        sg_general_name_add_text(&text, &name);
        assert_int_equal(name.type, rows[i].type);
        assert_span_text(sg_buffer_span(&text), rows[i].text);
        sg_buffer_free(&text);
    }
}

static void reads_the_forms_of_constraints(void **state)
{
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"8708 0a000000ff000000", "10.0.0.0/8"},
        {"8708 00000000 00000000", "0.0.0.0/0"},
        {"8708 c0000201ffffffff", "192.0.2.1/32"},
        {"8720 20010db8000000000000000000000000 ffffffff000000000000000000000000", "2001:db8::/32"},
        {"8200", ""},
        {"8100", ""},
        {"8600", ""},
        {"82022e78", ".x"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer text;
        struct sg_general_name name = parsed(rows[i].bytes, true);
        sg_buffer_init(&text, 4096);
        sg_general_name_add_value(&text, &name);
        assert_span_text(sg_buffer_span(&text), rows[i].text);
        sg_buffer_free(&text);
    }
}

static void refuses_malformed_forms(void **state)
{
    static const struct {
        const char *bytes;
        bool constraint;
        size_t offset;
        const char *expected;
    } rows[] = {
        {"", false, 0, "GeneralName"},
        {"8900", false, 0, "GeneralName"},
        {"0c0178", false, 0, "GeneralName"},
        {"a103160178", false, 0, "GeneralName"},
        {"9f2001 78", false, 0, "GeneralName"},
        {"8103 78", false, 1, "length"},
        {"8100", false, 2, "empty"},
        {"8200", false, 2, "empty"},
        {"8600", false, 2, "empty"},
        {"8102fc40", false, 2, "ASCII"},
        {"8700", false, 2, "4 or 16"},
        {"8705 0102030405", false, 2, "4 or 16"},
        {"8708 0a000000ff000000", false, 2, "4 or 16"},
        {"8704 0a000000", true, 2, "8 or 32"},
        {"8709 0a000000ff00000000", true, 2, "8 or 32"},
        {"8708 0a000000ff00ff00", true, 6, "ones"},
        {"8708 0a00000000ffffff", true, 6, "ones"},
        {"8800", false, 2, "OBJECT IDENTIFIER"},
        {"8802 8001", false, 2, "OBJECT IDENTIFIER"},
        {"a300", false, 2, "element"},
        {"a400", false, 2, "directoryName"},
        {"a404 30003000", false, 4, "end"},
        {"a402 0500", false, 2, "directoryName"},
        {"a000", false, 2, "type-id"},
        {"a004 06022a03", false, 6, "otherName"},
        {"a006 06022a03 a000", false, 8, "element"},
        {"a00a 06022a03 a004 05000500", false, 10, "end"},
        {"a00a 06022a03 a002 0500 0500", false, 10, "end"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].bytes), &error), before = der;
        struct sg_general_name name;
        if (sg_general_name_parse(&der, rows[i].constraint, &name))
            fail_msg("%s was read", rows[i].bytes);
        assert_parse_error(&error, rows[i].offset, rows[i].expected);
        assert_ptr_equal(der.ptr, before.ptr);
    }
}

static void walks_a_list_that_was_checked(void **state)
{
    struct signet_parse_error error = {0};
    struct signet_span list = hex("8105 6140622e63 8201 78 8802 2a03");
    struct sg_der der = sg_der_begin(list, &error), empty = sg_der_begin(hex(""), &error);
    struct sg_general_names names = sg_general_names_begin(list);
    struct sg_general_name name;
    (void)state;
    assert_true(sg_general_names_parse(&der));
    assert_true(sg_general_names_next(&names, &name));
    assert_span_text(name.value, "a@b.c");
    assert_true(sg_general_names_next(&names, &name));
    assert_true(sg_general_names_next(&names, &name));
    assert_int_equal(name.type, SG_GN_REGISTERED_ID);
    assert_false(sg_general_names_next(&names, &name));

    assert_false(sg_general_names_parse(&empty));
    assert_parse_error(&error, 0, "GeneralName");
}

SG_TEST_MAIN(SG_TEST("B-GN-1 B-DN-10", reads_and_writes_every_form),
             SG_TEST("B-NC-5", reads_the_forms_of_constraints),
             SG_TEST("B-GN-4 B-NC-5", refuses_malformed_forms),
             SG_TEST("B-GN-4", walks_a_list_that_was_checked))
