/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/number.h"
#include "test.h"

#include <limits.h>

static void reads_positive_integers_only(void **state)
{
    (void)state;
    static const struct {
        const char *der, *magnitude; /* NULL: refused */
        unsigned bits;
    } rows[] = {
        {"020101", "01", 1},
        {"02017f", "7f", 7},
        {"02020080", "80", 8},
        {"02020100", "0100", 9},
        {"020900ffffffffffffffff", "ffffffffffffffff", 64},
        {"020100", NULL, 0},
        {"020180", NULL, 0},
        {"0201ff", NULL, 0},
        {"0202ff00", NULL, 0},
        {"02020001", NULL, 0},
        {"0200", NULL, 0},
        {"040101", NULL, 0},
        {"0202 01", NULL, 0},
        {"", NULL, 0},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].der), &error);
        struct signet_span magnitude;
        bool read = sg_number_read(&der, &magnitude, "p INTEGER");
        assert_int_equal(read, rows[i].magnitude != NULL);
        assert_int_equal(error.expected == NULL, read);
        if (!read)
            continue;
        assert_span_equal(magnitude, hex(rows[i].magnitude));
        assert_int_equal(sg_number_bits(magnitude), rows[i].bits);
        assert_int_equal(sg_number_is_one(magnitude), rows[i].bits == 1);
    }
}

static void counts_bits_without_overflow(void **state)
{
    (void)state;
    uint8_t one = 1;
    assert_int_equal(sg_number_bits(sg_span(NULL, 0)), 0);
    assert_int_equal(sg_number_bits(sg_span(&one, UINT_MAX / 8 + 1)), UINT_MAX);
}

/* FIPS 186-4 4.6: the leftmost bits of the digest, as many as the order has. */
static void takes_the_leftmost_bits_of_a_digest(void **state)
{
    (void)state;
    static const struct {
        const char *order, *digest, *number;
    } rows[] = {
        {"ffff", "0102", "0102"},   {"ffff", "010203", "0102"}, {"ffff", "ff", "ff"},
        {"01ff", "ffff", "01ff"},   {"01ff", "80ff01", "0101"}, {"7fffff", "ffffff", "7fffff"},
        {"7fffff", "ffff", "ffff"}, {"01", "80", "01"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span octets = hex(rows[i].digest);
        struct sg_digest_value digest = {.type = SG_DIGEST_SHA1, .len = octets.len};
        memcpy(digest.octets, octets.ptr, octets.len);
        BIGNUM *order = sg_number_new(hex(rows[i].order)), *number = BN_new();
        BIGNUM *wanted = sg_number_new(hex(rows[i].number));
        assert_true(sg_number_set_digest(number, &digest, order));
        assert_int_equal(BN_cmp(number, wanted), 0);
        BN_free(order);
        BN_free(number);
        BN_free(wanted);
    }
}

SG_TEST_MAIN(SG_TEST("B-ALG-2", reads_positive_integers_only),
             SG_TEST("", counts_bits_without_overflow),
             SG_TEST("B-ALG-2", takes_the_leftmost_bits_of_a_digest))
