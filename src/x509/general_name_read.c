/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/general_name.h"

#include "base/text.h"
#include "x509/name.h"

enum { MAX_TEXT_LEN = 4096 };

static bool read_ascii(struct signet_span text, struct sg_arena *arena, struct sg_general_name *out)
{
    (void)arena;
    out->value = text;
    return text.len > 0 && text.len <= MAX_TEXT_LEN && sg_text_is_ascii(text);
}

static bool read_directory(struct signet_span text, struct sg_arena *arena,
                           struct sg_general_name *out)
{
    struct sg_buffer der;
    sg_buffer_init(&der, (size_t)MAX_TEXT_LEN * 16);
    bool read = sg_name_read(text, &der);
    arena->failed |= der.status == SIGNET_ERR_MEMORY;
    if (read)
        out->value = sg_arena_copy(arena, sg_buffer_span(&der));
    sg_buffer_free(&der);
    return read && out->value.ptr != NULL && sg_general_name_canonicalise(out, arena);
}

static const struct {
    const char *word;
    enum sg_general_name_type type;
    bool (*read)(struct signet_span text, struct sg_arena *arena, struct sg_general_name *out);
} forms[] = {
    {"email:", SG_GN_RFC822, read_ascii},
    {"dns:", SG_GN_DNS, read_ascii},
    {"uri:", SG_GN_URI, read_ascii},
    {"dn:", SG_GN_DIRECTORY, read_directory},
};

bool sg_general_name_read(const char *text, struct sg_arena *arena, struct sg_general_name *out)
{
    struct signet_span whole = sg_span_text(text);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t len = strlen(forms[i].word);
        if (!sg_span_is_word(sg_span_first(whole, len), forms[i].word))
            continue;
        *out = (struct sg_general_name){.type = forms[i].type};
        return forms[i].read(sg_span_from(whole, len), arena, out);
    }
    return false;
}
