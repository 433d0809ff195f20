/* SPDX-License-Identifier: Apache-2.0 */
#include "fingerprint.h"

#include "test.h"

static void reads_what_people_type(void **state)
{
    static const struct {
        const char *text;
        size_t digits;
        const char *octets; /* whole ones */
    } rows[] = {
        {"abcd", 4, "ab cd"},
        {"AB:CD:ef", 6, "ab cd ef"},
        {"ab cd e", 5, "ab cd"},
        {"0000", 4, "00 00"},
        {"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", 64,
         "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fingerprint fingerprint;
        assert_true(fingerprint_read(&fingerprint, rows[i].text));
        assert_int_equal(fingerprint.digits, rows[i].digits);
        assert_span_equal(fingerprint_span(&fingerprint), hex(rows[i].octets));
    }
}

static void refuses_what_is_none(void **state)
{
    static const char *const rows[] = {
        "",       "a",     "abc",
        ":::",    "abcg",  "alice@example.com",
        "0x1234", "-1234", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fingerprint fingerprint;
        assert_false(fingerprint_read(&fingerprint, rows[i]));
    }
}

static void matches_to_the_last_digit(void **state)
{
    static const struct {
        const char *text;
        bool matches;
    } rows[] = {
        {"0011", true},
        {"00112", true},
        {"00113", false},
        {"0012", false},
        {"001122", true},
        {"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", true},
        {"00112233445566778899aabbccddeeff00112233445566778899aabbccddeefe", false},
    };
    (void)state;
    struct signet_span sha256 =
        hex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fingerprint fingerprint;
        assert_true(fingerprint_read(&fingerprint, rows[i].text));
        assert_int_equal(fingerprint_matches(&fingerprint, sha256), rows[i].matches);
        assert_false(fingerprint_matches(&fingerprint, sg_span_first(sha256, 31)));
    }
}

static void reads_numbers_of_any_length(void **state)
{
    static const struct {
        const char *text, *octets;
    } rows[] = {{"1", "01"}, {"3e9", "03 e9"}, {"03e9", "03 e9"}, {"abcde", "0a bc de"}};
    uint8_t octets[4];
    size_t len;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_true(hex_read_number(rows[i].text, octets, sizeof octets, &len));
        assert_span_equal(sg_span(octets, len), hex(rows[i].octets));
    }
    assert_true(hex_read("0102", octets, sizeof octets, &len));
    assert_int_equal(len, 2);
    assert_false(hex_read("102", octets, sizeof octets, &len));
    assert_false(hex_read("", octets, sizeof octets, &len));
    assert_false(hex_read_number("", octets, sizeof octets, &len));
    assert_false(hex_read_number("1x", octets, sizeof octets, &len));
    assert_false(hex_read("0102030405", octets, sizeof octets, &len));
}

SG_TEST_MAIN(SG_TEST("A-4-4", reads_what_people_type), SG_TEST("A-4-4", refuses_what_is_none),
             SG_TEST("A-4-4", matches_to_the_last_digit),
             SG_TEST("A-4-4", reads_numbers_of_any_length))
