/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_told.h"

#include "make.h"

static void names_a_crl_by_number_and_issuer(void **state)
{
    static const struct {
        const char *number; /* in hexadecimal; NULL: none */
        bool is_delta;
        const char *text;
    } rows[] = {
        {NULL, false, "CRL of CN=CA"},
        {NULL, true, "delta CRL of CN=CA"},
        {"00", false, "CRL 0 of CN=CA"},
        {"00 ff", true, "delta CRL 255 of CN=CA"},
        {"7f ff ff ff ff ff ff", false, "CRL 36028797018963967 of CN=CA"},
        {"01 00 00 00 00 00 00 00", false, "CRL 0x0100000000000000 of CN=CA"},
        {"ff", false, "CRL 0xff of CN=CA"},
        {"7f 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15", false,
         "CRL 0x7f0102030405060708090a0b0c0d0e0f10111213 of CN=CA"},
    };
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_crl crl = {.is_delta = rows[i].is_delta};
        char text[SG_TOLD_SIZE];
        set_name(&crl.issuer, "CN=CA");
        if (rows[i].number != NULL)
            crl.number = hex(rows[i].number);
        sg_told_crl(&bench.findings, "crl", &crl, text);
        assert_string_equal(text, rows[i].text);
    }
    assert_false(bench.findings.failed);
    bench_end(&bench);
}

static void cuts_names_that_are_too_long(void **state)
{
    static char name[1000];
    struct bench bench;
    struct signet_crl crl = {.is_delta = true,
                             .number = hex("7f 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f")};
    char text[SG_TOLD_SIZE];
    (void)state;
    bench_begin(&bench);
    memset(name, 'x', sizeof(name) - 1);
    memcpy(name, "CN=", 3);
    set_name(&crl.issuer, name);
    struct signet_param param = sg_told_crl(&bench.findings, "crl", &crl, text);
    assert_int_equal(strlen(text), SG_TOLD_SIZE - 1);
    assert_int_equal(param.value.bytes.len, SG_TOLD_SIZE - 1);
    bench_end(&bench);
}

SG_TEST_MAIN(SG_TEST("A-5-F7", names_a_crl_by_number_and_issuer),
             SG_TEST("", cuts_names_that_are_too_long))
