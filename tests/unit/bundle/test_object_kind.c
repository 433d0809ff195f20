/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/object_kind.h"

#include "test.h"

/* How each begins is all that is looked at; what follows is cut off. */
static const struct {
    const char *what;
    enum sg_object_kind kind;
    const char *octets;
} rows[] = {
    {"a certificate of version 3", SG_OBJECT_CERTIFICATE,
     "3012 3010 a003020102 020105 3000 3000 3000"},
    {"a certificate of version 1", SG_OBJECT_CERTIFICATE, "300d 300b 020105 3002 0600 3000 3000"},
    {"a CRL of version 2", SG_OBJECT_CRL, "300d 300b 020101 3002 0600 3000 1700"},
    {"a CRL with a date after 2050", SG_OBJECT_CRL, "300d 300b 020101 3002 0600 3000 1800"},
    {"a CRL of version 1", SG_OBJECT_CRL, "300a 3008 3002 0600 3000 1700"},
    {"an attribute certificate by certificate", SG_OBJECT_ATTRIBUTE_CERTIFICATE,
     "300d 300b 020101 3002 a000 a000 3000"},
    {"an attribute certificate by name", SG_OBJECT_ATTRIBUTE_CERTIFICATE,
     "300d 300b 020101 3002 a100 a000 3000"},
    {"an attribute certificate by digest", SG_OBJECT_ATTRIBUTE_CERTIFICATE,
     "300d 300b 020101 3002 a200 a000 3000"},
    {"an attribute certificate without a holder", SG_OBJECT_ATTRIBUTE_CERTIFICATE,
     "300b 3009 020101 3000 a000 3000"},
    {"one of version 1 by name", SG_OBJECT_ATTRIBUTE_CERTIFICATE, "3006 3004 a100 3000"},
    {"one of version 1 by certificate", SG_OBJECT_ATTRIBUTE_CERTIFICATE, "3008 3006 a0023000 3000"},
    {"nothing", SG_OBJECT_CERTIFICATE, ""},
    {"an empty object", SG_OBJECT_CERTIFICATE, "3000"},
    {"an empty signed part", SG_OBJECT_CERTIFICATE, "3002 3000"},
    {"an INTEGER alone", SG_OBJECT_CERTIFICATE, "3005 3003 020101"},
    {"an INTEGER that is cut off", SG_OBJECT_CERTIFICATE, "3004 3002 0205"},
    {"an empty [0]", SG_OBJECT_CERTIFICATE, "3004 3002 a000"},
    {"no SEQUENCE", SG_OBJECT_CERTIFICATE, "0500"},
    {"a length beyond the end", SG_OBJECT_CERTIFICATE, "3040 3004 a100"},
};

static void tells_objects_apart_by_how_they_begin(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (sg_object_kind_find(hex(rows[i].octets)) != rows[i].kind)
            fail_msg("%s", rows[i].what);
    }
}

static void survives_every_object_cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span whole = hex(rows[i].octets);
        for (size_t len = 0; len < whole.len; len++)
            assert_int_equal(sg_object_kind_find(sg_test_copy(whole.ptr, len)),
                             SG_OBJECT_CERTIFICATE);
    }
}

SG_TEST_MAIN(SG_TEST("A-2.3-13 C-CO-3", tells_objects_apart_by_how_they_begin),
             SG_TEST("A-2.3-13", survives_every_object_cut_off))
