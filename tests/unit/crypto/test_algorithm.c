/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"
#include "test.h"

static void reads_identifier_and_parameters(void **state)
{
    (void)state;
    static const struct {
        const char *der;
        enum sg_oid oid;
        const char *parameters; /* NULL: absent */
        bool null;
    } rows[] = {
        {"300d06092a864886f70d01010b0500", SG_OID_SHA256_WITH_RSA, "0500", true},
        {"300b06092a864886f70d01010b", SG_OID_SHA256_WITH_RSA, NULL, false},
        {"300f06092a864886f70d01010a30020500", SG_OID_RSASSA_PSS, "30020500", false},
        {"300906032a030402020500", SG_OID_UNKNOWN, "02020500", false},
        {"300706032a03040400", SG_OID_UNKNOWN, "0400", false},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span bytes = hex(rows[i].der);
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(bytes, &error);
        struct sg_algorithm algorithm;
        assert_true(sg_algorithm_parse(&der, &algorithm, "an algorithm"));
        assert_true(sg_der_done(&der));
        assert_span_equal(algorithm.full, bytes);
        assert_int_equal(algorithm.oid, rows[i].oid);
        assert_int_equal(algorithm.parameters.ptr == NULL, rows[i].parameters == NULL);
        if (rows[i].parameters != NULL)
            assert_span_equal(algorithm.parameters, hex(rows[i].parameters));
        assert_int_equal(sg_algorithm_parameters_null(&algorithm), rows[i].null);
    }
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *der;
        size_t offset;
        const char *expected;
    } rows[] = {
        {"", 0, "an algorithm"},
        {"3000", 2, "OBJECT IDENTIFIER"},
        {"310506032a0304", 0, "an algorithm"},
        {"30020500", 2, "OBJECT IDENTIFIER"},
        {"30020600", 4, "OBJECT IDENTIFIER"},
        {"300906032a030405000500", 9, "end"},
        {"300606032a030405", 8, "a length"},
        {"3080 06032a0304 0000", 1, "length"},
        {"308105 06032a0304", 1, "length"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].der), &error);
        const uint8_t *start = der.ptr;
        struct sg_algorithm algorithm;
        assert_false(sg_algorithm_parse(&der, &algorithm, "an algorithm"));
        assert_ptr_equal(der.ptr, start);
        assert_parse_error(&error, rows[i].offset, rows[i].expected);
    }
}

SG_TEST_MAIN(SG_TEST("B-ALG-3 E-36", reads_identifier_and_parameters),
             SG_TEST("", refuses_what_is_none))
