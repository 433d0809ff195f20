/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/encapsulated_content.h"

#include "fault.h"
#include "sample.h"

#define DATA    "06 09 2a864886f70d010701"
#define RECEIPT "06 0b 2a864886f70d0109100101"

enum { OCTETS = 1, ANY = 2, BOTH = 3 }; /* forms that give the same */

/* INPUT and an element behind it, which is left to the caller. */
static bool parse(const char *input, enum sg_encapsulated_form form, struct sg_arena *arena,
                  struct sg_encapsulated_content *out, struct signet_parse_error *error)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 16);
    sg_buffer_printf(&text, "%s 05 00", input);
    sg_buffer_add_byte(&text, 0);
    struct sg_ber body = sg_ber_begin(hex((const char *)text.ptr), error);
    sg_buffer_free(&text);
    if (!sg_encapsulated_content_parse(&body, form, arena, out))
        return false;
    struct sg_ber_tlv rest;
    assert_true(sg_ber_any(&body, &rest) && sg_ber_end(&body));
    assert_span_equal(rest.full, hex("05 00"));
    return true;
}

static void reads_every_form_of_content(void **state)
{
    static const struct {
        const char *input;
        unsigned forms;
        enum sg_oid type;
        bool present, not_octets;
        size_t num_segments;
        const char *content;
    } rows[] = {
        {"30 0b " DATA, BOTH, SG_OID_CT_DATA, false, false, 0, ""},
        {"30 80 " DATA " 00 00", BOTH, SG_OID_CT_DATA, false, false, 0, ""},
        {"30 05 06 03 2a 03 04", BOTH, SG_OID_UNKNOWN, false, false, 0, ""},
        {"30 0f " DATA " a0 02 04 00", BOTH, SG_OID_CT_DATA, true, false, 1, ""},
        {"30 11 " DATA " a0 04 04 02 68 69", BOTH, SG_OID_CT_DATA, true, false, 1, "68 69"},
        {"30 80 " DATA " a0 80 24 80 04 01 68 04 01 69 00 00 00 00 00 00", BOTH, SG_OID_CT_DATA,
         true, false, 2, "68 69"},
        {"30 15 " DATA " a0 08 24 06 04 01 68 04 01 69", BOTH, SG_OID_CT_DATA, true, false, 2,
         "68 69"},
        {"30 16 " RECEIPT " a0 07 30 05 02 01 01 04 00", ANY, SG_OID_CT_RECEIPT, true, true, 1,
         "02 01 01 04 00"},
        /* RFC 5652 5.2.1: what is signed is the DER. */
        {"30 80 " RECEIPT " a0 80 30 80 02 01 01 24 80 04 01 68 00 00 00 00 00 00 00 00", ANY,
         SG_OID_CT_RECEIPT, true, true, 1, "02 01 01 04 01 68"},
        {"30 0f " DATA " a0 02 05 00", ANY, SG_OID_CT_DATA, true, true, 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < 2 * SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_encapsulated_content content;
        struct signet_parse_error error = {0};
        enum sg_encapsulated_form form = i % 2 == 0 ? SG_ENCAPSULATED_OCTETS : SG_ENCAPSULATED_ANY;
        bool readable = (rows[i / 2].forms & (i % 2 == 0 ? OCTETS : ANY)) != 0;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        if (parse(rows[i / 2].input, form, &arena, &content, &error) != readable)
            fail_msg("%s: %s", rows[i / 2].input, error.expected);
        if (!readable)
            assert_non_null(strstr(error.expected, "eContent OCTET STRING"));
        if (readable) {
            assert_int_equal(content.type, rows[i / 2].type);
            assert_int_equal(content.present, rows[i / 2].present);
            assert_int_equal(content.not_octets, rows[i / 2].not_octets);
            assert_int_equal(content.octets.num, rows[i / 2].num_segments);
            assert_span_equal(joined(&content.octets, &arena), hex(rows[i / 2].content));
            assert_int_equal(content.octets.len, hex(rows[i / 2].content).len);
        }
        sg_arena_clear(&arena);
    }
}

static void says_where_it_breaks(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"31 0b " DATA, 0, "encapContentInfo SEQUENCE"},
        {"30 00", 2, "eContentType OBJECT IDENTIFIER"},
        {"30 02 05 00", 2, "eContentType OBJECT IDENTIFIER"},
        {"30 0f " DATA " a1 02 04 00", 13, "eContent [0]"},
        {"30 0d " DATA " 80 00", 13, "eContent [0]"},
        {"30 11 " DATA " a0 04 04 00 05 00", 17, "the end"},
        {"30 11 " DATA " a0 02 04 00 05 00", 17, "the end"},
        {"30 0f " DATA " a0 02 24 01", 16, "length"},
        {"30 11 " DATA " a0 04 24 02 05 00", 17, "OCTET STRING"},
    };
    (void)state;
    for (size_t i = 0; i < 2 * SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_encapsulated_content content;
        struct signet_parse_error error = {0};
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        if (parse(rows[i / 2].input, (enum sg_encapsulated_form)(i % 2), &arena, &content, &error))
            fail_msg("%s was read", rows[i / 2].input);
        assert_parse_error(&error, rows[i / 2].offset, rows[i / 2].words);
        sg_arena_clear(&arena);
    }
}

static void tells_missing_memory(void **state)
{
    static const char *const rows[] = {
        "30 11 " DATA " a0 04 04 02 68 69",
        "30 80 " DATA " a0 80 24 80 04 01 68 04 01 69 00 00 00 00 00 00",
        "30 80 " RECEIPT " a0 80 30 80 02 01 01 24 80 04 01 68 00 00 00 00 00 00 00 00",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span input = hex(rows[i]);
        bool done = false;
        for (size_t n = 0; !done; n++) {
            struct sg_arena arena;
            struct sg_encapsulated_content content;
            struct signet_parse_error error = {0};
            sg_arena_init(&arena, SG_TEST_ARENA_LEN);
            fault_begin(n);
            struct sg_ber body = sg_ber_begin(input, &error);
            done = sg_encapsulated_content_parse(&body, SG_ENCAPSULATED_ANY, &arena, &content);
            fault_end();
            assert_int_equal(arena.failed, !done);
            assert_null(error.expected);
            sg_arena_clear(&arena);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-SD-1 C-SD-5", reads_every_form_of_content),
             SG_TEST("", says_where_it_breaks), SG_TEST("", tells_missing_memory))
