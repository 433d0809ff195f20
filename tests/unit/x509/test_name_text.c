/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

static void writes_names_by_rfc_4514_and_nothing_that_acts(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("text", one)) != NULL) {
        struct sg_name name = canonical_name(sg_sample_octets(one));
        struct sg_buffer text;
        sg_buffer_init(&text, 4096);
        sg_name_add_text(&text, &name);
        assert_int_equal(text.status, SIGNET_OK);
        assert_span_text(sg_buffer_span(&text), strchr(one->name, ':') + 1);
        sg_buffer_free(&text);
    }
}

static void appends_to_what_is_there(void **state)
{
    (void)state;
    struct sg_name name = canonical_name(sample("name:within"));
    struct sg_buffer text;
    sg_buffer_init(&text, 4096);
    sg_buffer_add_text(&text, "from ");
    sg_name_add_text(&text, &name);
    assert_span_text(sg_buffer_span(&text), "from CN=Alice,OU=Mail,O=Example");
    sg_buffer_free(&text);
}

static void cuts_to_the_room_there_is(void **state)
{
    static const struct {
        size_t size;
        const char *text;
    } rows[] = {{64, "CN=Alice,OU=Mail,O=Example"},
                {27, "CN=Alice,OU=Mail,O=Example"},
                {26, "CN=Alice,OU=Mail,O=Exampl"},
                {4, "CN="},
                {1, ""}};
    (void)state;
    struct sg_name name = canonical_name(sample("name:within"));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char text[64];
        memset(text, 'x', sizeof(text));
        assert_int_equal(sg_name_write_text(&name, text, rows[i].size), 26);
        assert_string_equal(text, rows[i].text);
    }
    assert_int_equal(sg_name_write_text(&name, NULL, 0), 26);
}

SG_TEST_MAIN(SG_TEST("B-DN-1 B-DN-2 B-DN-3 B-DN-10",
                     writes_names_by_rfc_4514_and_nothing_that_acts),
             SG_TEST("", appends_to_what_is_there), SG_TEST("A-3-13", cuts_to_the_room_there_is))
