/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/content_info.h"

#include "sample.h"

#define DATA        "06 09 2a864886f70d010701"
#define SIGNED_DATA "06 09 2a864886f70d010702"

static void reads_any_type_and_both_framings(void **state)
{
    static const struct {
        const char *input, *content;
        enum sg_oid type;
        size_t rest_len;
    } rows[] = {
        {"30 11 " DATA " a0 04 04 02 68 69", "04 02 68 69", SG_OID_CT_DATA, 0},
        {"30 80 " DATA " a0 80 04 02 68 69 00 00 00 00", "04 02 68 69", SG_OID_CT_DATA, 0},
        {"30 81 11 " DATA " a0 04 04 02 68 69", "04 02 68 69", SG_OID_CT_DATA, 0},
        {"30 11 " SIGNED_DATA " a0 04 30 02 05 00", "30 02 05 00", SG_OID_CT_SIGNED_DATA, 0},
        {"30 09 06 03 2a 03 04 a0 02 05 00", "05 00", SG_OID_UNKNOWN, 0},
        {"30 11 " DATA " a0 04 04 02 68 69 0d 0a", "04 02 68 69", SG_OID_CT_DATA, 2},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_content_info info;
        struct signet_parse_error error;
        if (!sg_content_info_parse(hex(rows[i].input), &info, &error))
            fail_msg("%s: %s", rows[i].input, error.expected);
        assert_true(info.has_content);
        assert_span_equal(info.content, hex(rows[i].content));
        assert_int_equal(info.type, rows[i].type);
        assert_int_equal(info.rest.len, rows[i].rest_len);
    }
}

static void tells_missing_content(void **state)
{
    struct sg_content_info info;
    struct signet_parse_error error;
    (void)state;
    assert_true(sg_content_info_parse(sample("no-content-info-content"), &info, &error));
    assert_int_equal(info.type, SG_OID_CT_DATA);
    assert_false(info.has_content);
}

static void refuses_bad_framing(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"", 0, "ContentInfo SEQUENCE"},
        {"30 81", 1, "octets of the length"},
        {"30 82 01", 1, "octets of the length"},
        {"31 0b " DATA, 0, "ContentInfo SEQUENCE"},
        {"30 02 04 00", 2, "contentType"},
        {"30 02 06 00", 4, "OBJECT IDENTIFIER"},
        {"30 12 " DATA " a0 04 04 02 68 69", 1, "length that fits"},
        {"30 10 " DATA " a0 04 04 02 68 69", 14, "length that fits"},
        {"30 11 " DATA " a1 04 04 02 68 69", 13, "content [0]"},
        {"30 0f " DATA " 80 02 05 00", 13, "content [0]"},
        {"30 0d " DATA " a0 00", 15, "element"},
        {"30 13 " DATA " a0 06 04 02 68 69 05 00", 19, "the end"},
        {"30 13 " DATA " a0 04 04 02 68 69 05 00", 19, "the end"},
        {"30 80 " DATA " a0 80 04 02 68 69 00 00", 21, "end-of-contents"},
        {"30 80 " DATA " a0 80 04 02 68 69 00 01 00 00", 19, "end-of-contents"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_content_info info;
        struct signet_parse_error error;
        if (sg_content_info_parse(hex(rows[i].input), &info, &error))
            fail_msg("%s was read", rows[i].input);
        assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_string_equal(error.object, "ContentInfo");
    }
}

SG_TEST_MAIN(SG_TEST("C-SD-1", reads_any_type_and_both_framings),
             SG_TEST("C-SD-5", tells_missing_content), SG_TEST("C-SD-1", refuses_bad_framing))
