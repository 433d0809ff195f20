/* SPDX-License-Identifier: Apache-2.0 */
/* A name: its canonical form, the prepared forms of its values, its text. */
#include "x509/name.h"
#include "x509/name_prepare.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_LEN ((size_t)1 << 24)

static void check(bool ok)
{
    if (!ok)
        abort();
}

static bool canonicalise(struct sg_name *name, struct sg_buffer *form)
{
    sg_buffer_init(form, MAX_LEN);
    bool added = sg_name_add_canonical(name, form);
    sg_name_set_canonical(name, sg_buffer_span(form));
    return added;
}

/* The parts of the form are its RDNs, and each beginning of it is a base of the name. */
static void check_form(const struct sg_name *name)
{
    struct signet_span rest = name->canonical;
    while (rest.len > 0) {
        check(rest.len >= 4);
        size_t len = (size_t)rest.ptr[0] << 24 | (size_t)rest.ptr[1] << 16 |
                     (size_t)rest.ptr[2] << 8 | rest.ptr[3];
        check(len > 0 && len <= rest.len - 4);
        rest = sg_span_from(rest, len + 4);
        struct sg_name base = {0};
        sg_name_set_canonical(&base,
                              sg_span_first(name->canonical, name->canonical.len - rest.len));
        check(sg_name_within(name, &base));
        check(sg_name_equal(name, &base) == (rest.len == 0));
    }
}

/* Preparing once is enough. */
static void check_values(const struct sg_name *name)
{
    struct sg_name_iterator attributes = sg_name_begin(name);
    struct sg_attribute attribute;
    while (sg_name_next(&attributes, &attribute)) {
        struct sg_buffer once, twice;
        sg_buffer_init(&once, MAX_LEN);
        sg_buffer_init(&twice, MAX_LEN);
        if (sg_string_prepare(attribute.tag, attribute.value, &once) == SG_PREPARED) {
            enum sg_prepared again =
                sg_string_prepare(SG_TAG_UTF8_STRING, sg_buffer_span(&once), &twice);
            check(again != SG_PREPARED ||
                  sg_span_equal(sg_buffer_span(&once), sg_buffer_span(&twice)));
        } else {
            check(once.len == 0);
        }
        sg_buffer_free(&once);
        sg_buffer_free(&twice);
    }
}

static void check_text(const struct sg_name *name)
{
    struct sg_buffer text;
    sg_buffer_init(&text, MAX_LEN);
    sg_name_add_text(&text, name);
    for (size_t i = 0; i < text.len; i++)
        check(text.ptr[i] >= ' ' && text.ptr[i] != 0x7f);
    sg_buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(data, size), &error);
    struct sg_name name;
    struct sg_buffer form;
    if (!sg_name_parse(&der, &name, "a Name")) {
        check(error.expected != NULL && error.offset <= size);
        return 0;
    }
    if (canonicalise(&name, &form)) {
        check(sg_name_equal(&name, &name));
        check_form(&name);
        check_values(&name);
        check_text(&name);
    }
    sg_buffer_free(&form);
    return 0;
}
