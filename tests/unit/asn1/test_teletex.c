/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/teletex.h"
#include "test.h"

static void reads_accents_before_their_letters(void **state)
{
    static const struct {
        const char *octets, *text;
    } rows[] = {
        {"4d c8 75 6e 63 68 65 6e", "München"},
        {"46 72 61 6e c2 65", "Frané"},
        {"61 cf 73 63 61 cf 7a", "ašcaž"},
        {"4f 20 6e c4 6e", "O nñ"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        sg_buffer_init(&out, 100);
        assert_true(sg_teletex_is_t61(hex(rows[i].octets)));
        sg_teletex_add_t61(&out, hex(rows[i].octets));
        assert_span_text(sg_buffer_span(&out), rows[i].text);
        sg_buffer_free(&out);
    }
}

/* The habit of Latin-1: capital letters begin words, or stand among capitals. */
static void leaves_the_rest_to_latin_1(void **state)
{
    static const char *const rows[] = {
        "41 6c",             /* no accent at all */
        "4d fc 6c 6c 65 72", /* Müller */
        "c7 65 6c 69 6b",    /* Çelik */
        "20 c5 61",          /* Åa behind a blank */
        "4d cb",             /* an accent at the end */
        "41 c8 62",          /* b carries no diaeresis */
        "41 c9 61",          /* no accent of T.61 */
        "41 c8 75 fc",       /* one octet that is none spoils all */
        "",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_false(sg_teletex_is_t61(hex(rows[i])));
}

SG_TEST_MAIN(SG_TEST("B-DN-3", reads_accents_before_their_letters),
             SG_TEST("B-DN-3", leaves_the_rest_to_latin_1))
