/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/ber.h"
#include "fault.h"
#include "test.h"

static void takes_definite_and_indefinite_elements(void **state)
{
    static const struct {
        const char *input, *value;
        uint32_t tag;
        bool indefinite;
    } rows[] = {
        {"30 03 02 01 05", "02 01 05", 0x30, false},
        {"30 80 02 01 05 00 00", "02 01 05", 0x30, true},
        {"30 80 00 00", "", 0x30, true},
        {"30 81 03 02 01 05", "02 01 05", 0x30, false},
        {"30 84 00 00 00 03 02 01 05", "02 01 05", 0x30, false},
        {"04 89 00 00 00 00 00 00 00 00 01 ff", "ff", 0x04, false},
        {"a0 80 30 80 02 01 00 00 00 00 00", "30 80 02 01 00 00 00", 0xa0, true},
        {"24 80 04 02 00 00 04 00 00 00", "04 02 00 00 04 00", 0x24, true},
        {"bf 1f 80 05 00 00 00", "05 00", 0x00bf001f, true},
        /* what a definite element holds is looked at when it is entered, not before */
        {"30 80 30 02 ff ff 00 00", "30 02 ff ff", 0x30, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct signet_span input = hex(rows[i].input);
        struct sg_ber ber = sg_ber_begin(input, &error);
        struct sg_ber_tlv tlv = {0};
        assert_true(sg_ber_next_is(&ber, rows[i].tag));
        if (!sg_ber_any(&ber, &tlv) || !sg_ber_end(&ber))
            fail_msg("%s: %s", rows[i].input, error.expected);
        assert_true(sg_ber_done(&ber));
        assert_span_equal(tlv.full, input);
        assert_span_equal(tlv.value, hex(rows[i].value));
        assert_int_equal(tlv.tag, rows[i].tag);
        assert_int_equal(tlv.indefinite, rows[i].indefinite);
    }
}

static void refuses_broken_framing(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"", 0, "an element"},
        {"00 00", 0, "not end-of-contents"},
        {"04 80 41 00 00", 1, "definite length of a primitive"},
        {"30 80", 2, "end-of-contents"},
        {"30 80 00", 2, "end-of-contents"},
        {"30 80 02 01 05", 5, "end-of-contents"},
        {"30 80 02 01 05 00", 5, "end-of-contents"},
        {"30 80 00 01 00 00", 2, "end-of-contents"},
        {"30 80 30 80 00 00", 6, "end-of-contents"},
        {"30 80 02 05 05 00 00", 3, "fits the input"},
        {"30 80 04 80 00 00 00 00", 3, "definite length of a primitive"},
        {"30 04 02 01 05", 1, "fits the input"},
        {"30 ff 00", 1, "other than FF"},
        {"04 89 01 00 00 00 00 00 00 00 01 ff", 1, "fits the input"},
        {"30 80 9f 80 1f 00 00 00", 3, "leading zeros"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(hex(rows[i].input), &error);
        struct sg_ber_tlv tlv = {.tag = 42};
        const uint8_t *before = ber.at.ptr;
        if (sg_ber_any(&ber, &tlv))
            fail_msg("read %s", rows[i].input);
        assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_ptr_equal(ber.at.ptr, before);
        assert_int_equal(tlv.tag, 42);
    }
}

static void end_of_contents_does_not_end_a_definite_element(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_ber ber = sg_ber_begin(hex("30 04 05 00 00 00"), &error);
    struct sg_ber inner;
    struct sg_ber_tlv tlv;
    (void)state;
    assert_true(sg_ber_enter(&ber, SG_TAG_SEQUENCE, &inner, "a SEQUENCE"));
    assert_true(sg_ber_any(&inner, &tlv));
    assert_false(sg_ber_any(&inner, &tlv));
    assert_parse_error(&error, 4, "not end-of-contents");
}

static void enters_elements_of_both_kinds(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_ber ber =
        sg_ber_begin(hex("30 80 06 03 55 04 03 a0 80 02 01 07 00 00 00 00 05 00"), &error);
    struct sg_ber inner;
    struct signet_span oid;
    uint32_t number = 0;
    (void)state;
    assert_true(sg_ber_enter(&ber, SG_TAG_SEQUENCE, &inner, "a SEQUENCE"));
    assert_true(sg_ber_oid(&inner, &oid, "contentType"));
    assert_span_equal(oid, hex("55 04 03"));
    assert_true(sg_ber_enter(&inner, SG_TAG_CONTEXT_CONS(0), &inner, "[0]"));
    assert_int_equal(inner.depth, 2);
    assert_true(sg_ber_uint32(&inner, &number, "version"));
    assert_int_equal(number, 7);
    assert_true(sg_ber_end(&inner));
    assert_false(sg_ber_end(&ber));
    assert_parse_error(&error, 16, "the end");
}

static void values_are_read_strictly(void **state)
{
    static const char *const numbers[] = {
        "02 00",   "02 02 00 01", "02 01 80", "02 05 01 00 00 00 00", "22 80 02 01 01 00 00",
        "04 01 01"};
    static const char *const oids[] = {"06 00", "06 02 55 84", "06 03 55 80 01", "05 00"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(numbers); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(hex(numbers[i]), &error);
        const uint8_t *before = ber.at.ptr;
        uint32_t number = 42;
        assert_false(sg_ber_uint32(&ber, &number, "version"));
        assert_true(number == 42 && ber.at.ptr == before && error.expected != NULL);
    }
    for (size_t i = 0; i < SG_NUM(oids); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(hex(oids[i]), &error);
        struct signet_span oid;
        assert_false(sg_ber_oid(&ber, &oid, "an OID"));
    }
}

/* NUM elements "30 80" within each other, closed. */
static struct signet_span nest(size_t num)
{
    struct signet_span input = repeat(hex(""), 0, num * 4);
    for (size_t i = 0; i < num; i++)
        memcpy((uint8_t *)(uintptr_t)input.ptr + 2 * i, "\x30\x80", 2);
    return input;
}

static void depth_is_bounded(void **state)
{
    static const struct {
        size_t num;
        bool ok;
    } rows[] = {{SG_BER_MAX_DEPTH, true}, {SG_BER_MAX_DEPTH + 1, false}, {100000, false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(nest(rows[i].num), &error);
        struct sg_ber_tlv tlv;
        assert_int_equal(sg_ber_any(&ber, &tlv), rows[i].ok);
        if (!rows[i].ok)
            assert_parse_error(&error, 2 * SG_BER_MAX_DEPTH, "less deeply nested");
    }
}

/* Definite elements are not looked into, but each entering counts. */
static void depth_counts_what_is_entered(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_ber ber = sg_ber_begin(nest(SG_BER_MAX_DEPTH), &error);
    struct sg_ber_tlv tlv;
    (void)state;
    for (unsigned i = 0; i < SG_BER_MAX_DEPTH; i++)
        assert_true(sg_ber_enter(&ber, SG_TAG_SEQUENCE, &ber, "a SEQUENCE"));
    assert_true(sg_ber_done(&ber));
    ber.at = sg_der_begin(hex("30 00 30 80 00 00"), &error);
    assert_true(sg_ber_any(&ber, &tlv)); /* definite: costs nothing */
    assert_false(sg_ber_any(&ber, &tlv));
    ber.at = sg_der_begin(hex("30 00"), &error);
    assert_false(sg_ber_enter(&ber, SG_TAG_SEQUENCE, &ber, "a SEQUENCE"));
}

static void reads_strings_in_segments(void **state)
{
    static const struct {
        const char *input;
        uint32_t tag;
        const char *octets;
        size_t num;
    } rows[] = {
        {"04 03 61 62 63", SG_TAG_OCTET_STRING, "61 62 63", 1},
        {"04 00", SG_TAG_OCTET_STRING, "", 1},
        {"24 00", SG_TAG_OCTET_STRING, "", 0},
        {"24 80 00 00", SG_TAG_OCTET_STRING, "", 0},
        {"24 80 04 02 61 62 04 01 63 00 00", SG_TAG_OCTET_STRING, "61 62 63", 2},
        {"24 07 04 02 61 62 04 01 63", SG_TAG_OCTET_STRING, "61 62 63", 2},
        {"24 80 24 80 04 01 61 00 00 24 05 04 01 62 04 00 04 01 63 00 00", SG_TAG_OCTET_STRING,
         "61 62 63", 3},
        {"80 02 61 62", SG_TAG_CONTEXT(0), "61 62", 1},
        {"a0 80 04 01 61 04 01 62 00 00", SG_TAG_CONTEXT(0), "61 62", 2},
        {"24 80 04 81 01 00 00 00", SG_TAG_OCTET_STRING, "00", 1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(hex(rows[i].input), &error);
        struct sg_arena arena;
        struct sg_octets octets;
        struct signet_span joined = {NULL, 0};
        sg_arena_init(&arena, 100000);
        if (!sg_ber_octets(&ber, rows[i].tag, &octets, "eContent") || !sg_ber_end(&ber))
            fail_msg("%s: %s", rows[i].input, error.expected);
        assert_int_equal(octets.num, rows[i].num);
        assert_int_equal(octets.len, hex(rows[i].octets).len);
        assert_true(sg_octets_join(&octets, &arena, &joined));
        assert_non_null(joined.ptr);
        assert_span_equal(joined, hex(rows[i].octets));
        sg_arena_clear(&arena);
    }
}

static void refuses_what_is_no_string(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"30 00", 0, "eContent"},
        {"", 0, "eContent"},
        {"24 80 02 01 05 00 00", 2, "segment of an OCTET STRING"},
        {"24 80 24 80 03 01 00 00 00 00 00", 4, "segment of an OCTET STRING"},
        {"24 80 30 00 00 00", 2, "segment of an OCTET STRING"},
        {"24 80 04 01 61", 5, "end-of-contents"},
        {"24 04 04 03 61 62", 3, "fits the input"},
        {"24 04 24 80 04 00", 6, "end-of-contents"},
        {"24 02 00 00", 2, "not end-of-contents"},
        {"04 80 00 00", 1, "definite length of a primitive"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_ber ber = sg_ber_begin(hex(rows[i].input), &error);
        struct sg_arena arena;
        struct sg_octets octets;
        const uint8_t *before = ber.at.ptr;
        sg_arena_init(&arena, 100000);
        if (sg_ber_octets(&ber, SG_TAG_OCTET_STRING, &octets, "eContent"))
            fail_msg("read %s", rows[i].input);
        assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_ptr_equal(ber.at.ptr, before);
        sg_arena_clear(&arena);
    }
}

static void normalises_framing_only(void **state)
{
    static const struct {
        const char *input, *der;
    } rows[] = {
        /* SET { attribute contentType }, indefinite all through */
        {"31 80 30 80 06 03 55 04 03 31 80 04 01 ff 00 00 00 00 00 00",
         "31 0c 30 0a 06 03 55 04 03 31 03 04 01 ff"},
        {"31 81 02 05 00", "31 02 05 00"},
        {"31 03 05 81 00", "31 02 05 00"},
        {"04 83 00 00 01 aa", "04 01 aa"},
        {"24 80 04 01 61 24 80 04 01 62 00 00 00 00", "04 02 61 62"},
        {"24 00", "04 00"},
        {"30 80 24 80 00 00 05 00 00 00", "30 04 04 00 05 00"},
        {"2c 80 04 02 c3 a9 04 01 61 00 00", "0c 03 c3 a9 61"}, /* UTF8String */
        {"37 0f 04 06 32 36 30 36 30 31 04 05 31 32 30 30 5a",
         "17 0b 32 36 30 36 30 31 31 32 30 30 5a"},
        {"23 80 03 02 00 ff 03 02 04 f0 00 00", "03 03 04 ff f0"},
        {"23 80 23 04 03 02 00 aa 03 01 00 00 00", "03 02 00 aa"},
        {"23 80 00 00", "03 01 00"},
        /* the order of a SET OF and what primitive elements hold stay */
        {"31 80 02 02 00 05 02 01 03 01 01 01 00 00", "31 0a 02 02 00 05 02 01 03 01 01 01"},
        /* nobody knows whether [0] is a string: it stays constructed */
        {"a0 80 04 01 61 04 01 62 00 00", "a0 06 04 01 61 04 01 62"},
        {"bf 81 48 80 05 00 00 00", "bf 81 48 02 05 00"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_arena arena;
        struct signet_span out, again;
        sg_arena_init(&arena, 100000);
        if (!sg_ber_normalise(hex(rows[i].input), &arena, &out, &error))
            fail_msg("%s: %s", rows[i].input, error.expected);
        assert_span_equal(out, hex(rows[i].der));
        assert_true(sg_ber_normalise(out, &arena, &again, &error));
        assert_ptr_equal(again.ptr, out.ptr); /* nothing left to change: the element itself */
        assert_int_equal(again.len, out.len);
        sg_arena_clear(&arena);
    }
}

static void normalises_lengths_of_each_size(void **state)
{
    static const struct {
        size_t len;
        const char *header;
    } rows[] = {{0, "30 02 04 00"},
                {125, "30 7f 04 7d"},
                {126, "30 81 80 04 7e"},
                {127, "30 81 81 04 7f"},
                {128, "30 81 83 04 81 80"},
                {252, "30 81 ff 04 81 fc"},
                {253, "30 82 01 00 04 81 fd"},
                {255, "30 82 01 02 04 81 ff"},
                {256, "30 82 01 04 04 82 01 00"},
                {65535, "30 83 01 00 03 04 82 ff ff"},
                {65536, "30 83 01 00 05 04 83 01 00 00"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        size_t len = rows[i].len;
        uint8_t header[] = {
            0x30, 0x80, 0x04, 0x84, 0, (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len};
        struct signet_parse_error error = {0};
        struct sg_arena arena;
        struct signet_span out, content = repeat(sg_span(header, sizeof(header)), 0xa5, len);
        sg_arena_init(&arena, (size_t)1 << 20);
        assert_true(sg_ber_normalise(repeat(content, 0, 2), &arena, &out, &error));
        assert_span_equal(out, repeat(hex(rows[i].header), 0xa5, len));
        sg_arena_clear(&arena);
    }
}

static void normalises_only_one_whole_element(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"", 0, "an element"},
        {"05 00 05 00", 2, "the end"},
        {"30 80 00 00 00 00", 4, "not end-of-contents"},
        {"30 80 00 00 30 80 00 00", 4, "the end"},
        {"30 80 05 00", 4, "end-of-contents"},
        {"24 80 02 01 05 00 00", 2, "segment of the string"},
        {"2c 80 0c 01 61 00 00", 2, "segment of the string"},
        {"23 80 04 01 00 00 00", 2, "segment of the string"},
        {"23 80 03 02 04 f0 03 02 00 ff 00 00", 6, "segment of whole octets"},
        {"23 80 03 00 00 00", 2, "segment of whole octets"},
        {"23 80 03 02 08 00 00 00", 2, "segment of whole octets"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_arena arena;
        struct signet_span out;
        sg_arena_init(&arena, 100000);
        if (sg_ber_normalise(hex(rows[i].input), &arena, &out, &error))
            fail_msg("took %s", rows[i].input);
        assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_false(arena.failed);
        sg_arena_clear(&arena);
    }
    struct signet_parse_error error = {0};
    struct sg_arena arena;
    struct signet_span out;
    sg_arena_init(&arena, 100000);
    assert_false(sg_ber_normalise(nest(SG_BER_MAX_DEPTH + 1), &arena, &out, &error));
    assert_parse_error(&error, 2 * SG_BER_MAX_DEPTH, "less deeply nested");
    error.expected = NULL;
    assert_true(sg_ber_normalise(nest(SG_BER_MAX_DEPTH), &arena, &out, &error));
    assert_false(sg_ber_normalise(sg_span(NULL, 0), &arena, &out, &error));
    sg_arena_clear(&arena);
}

static bool use(struct sg_arena *arena, struct signet_span input, struct signet_parse_error *error)
{
    struct sg_ber ber = sg_ber_begin(input, error);
    struct sg_octets octets;
    struct signet_span out;
    return sg_ber_octets(&ber, SG_TAG_OCTET_STRING, &octets, "eContent") &&
           sg_octets_join(&octets, arena, &out) && sg_ber_normalise(input, arena, &out, error);
}

static void memory_that_is_out_is_no_parse_error(void **state)
{
    struct signet_span input = hex("24 80 04 01 61 04 01 62 00 00");
    size_t n = 0;
    (void)state;
    for (;; n++) {
        struct signet_parse_error error = {0};
        struct sg_arena arena;
        sg_arena_init(&arena, 100000);
        fault_begin(n);
        bool ok = use(&arena, input, &error);
        fault_end();
        assert_null(error.expected);
        assert_int_equal(arena.failed, !ok);
        sg_arena_clear(&arena);
        if (ok)
            break;
    }
    assert_true(n > 0);
}

SG_TEST_MAIN(SG_TEST("C-SD-1", takes_definite_and_indefinite_elements),
             SG_TEST("C-SD-1", refuses_broken_framing),
             SG_TEST("", end_of_contents_does_not_end_a_definite_element),
             SG_TEST("C-SD-1", enters_elements_of_both_kinds),
             SG_TEST("", values_are_read_strictly), SG_TEST("B-ENC-7", depth_is_bounded),
             SG_TEST("", depth_counts_what_is_entered),
             SG_TEST("C-SD-1", reads_strings_in_segments), SG_TEST("", refuses_what_is_no_string),
             SG_TEST("C-SD-1", normalises_framing_only),
             SG_TEST("", normalises_lengths_of_each_size),
             SG_TEST("", normalises_only_one_whole_element),
             SG_TEST("", memory_that_is_out_is_no_parse_error))
