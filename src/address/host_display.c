/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A U-label is shown only when it passes two tests (UTS 39): all of its letters come from one
 * script, or from scripts that one language mixes (level "single script", section 5.2); and it does
 * not consist only of letters that pass for plain Latin ones. A label that fails is shown as its
 * A-label, which nobody takes for another.
 */
#include "address/host.h"

#include "address/idna.h"
#include "base/text.h"

#include <unictype.h>

enum {
    SCRIPT_LATIN = 1 << 0,
    SCRIPT_HAN = 1 << 1,
    SCRIPT_HIRAGANA = 1 << 2,
    SCRIPT_KATAKANA = 1 << 3,
    SCRIPT_BOPOMOFO = 1 << 4,
    SCRIPT_HANGUL = 1 << 5,
    SCRIPT_OTHER = 1 << 6 /* any one other script: see scripts.other */
};

static const struct {
    const char *name;
    unsigned bit;
} known_scripts[] = {
    {"Common", 0},
    {"Inherited", 0},
    {"Latin", SCRIPT_LATIN},
    {"Han", SCRIPT_HAN},
    {"Hiragana", SCRIPT_HIRAGANA},
    {"Katakana", SCRIPT_KATAKANA},
    {"Bopomofo", SCRIPT_BOPOMOFO},
    {"Hangul", SCRIPT_HANGUL},
};

/* Not Latin beside Katakana or Han: U+30CE there passes for a slash. */
static const unsigned allowed_mixtures[] = {
    SCRIPT_LATIN,
    SCRIPT_HAN | SCRIPT_HIRAGANA | SCRIPT_KATAKANA,
    SCRIPT_HAN | SCRIPT_BOPOMOFO,
    SCRIPT_HAN | SCRIPT_HANGUL,
    SCRIPT_OTHER,
};

/* Small letters that pass for one of ASCII: Latin extensions, Greek, Cyrillic, Armenian. */
static const uint16_t latin_lookalikes[] = {
    0x0131, 0x0251, 0x0261, 0x026f, 0x028b, 0x03b1, 0x03b3, 0x03b9, 0x03ba, 0x03bd,
    0x03bf, 0x03c1, 0x03c3, 0x03c5, 0x03c7, 0x03c9, 0x03f2, 0x03f3, 0x0430, 0x0433,
    0x0435, 0x043a, 0x043e, 0x043f, 0x0440, 0x0441, 0x0443, 0x0445, 0x044a, 0x044c,
    0x0455, 0x0456, 0x0458, 0x0461, 0x0475, 0x04af, 0x04bb, 0x04bd, 0x04cf, 0x0501,
    0x051b, 0x051d, 0x0563, 0x0566, 0x0570, 0x0578, 0x057d, 0x0581, 0x0584, 0x0585,
};

struct scripts {
    unsigned bits;
    const uc_script_t *other;
};

static bool add_script(struct scripts *scripts, uint32_t code_point)
{
    const uc_script_t *script = uc_script(code_point);
    if (script == NULL)
        return false;
    for (size_t i = 0; i < sizeof(known_scripts) / sizeof(known_scripts[0]); i++) {
        if (strcmp(script->name, known_scripts[i].name) == 0) {
            scripts->bits |= known_scripts[i].bit;
            return true;
        }
    }
    if (scripts->other != NULL && scripts->other != script)
        return false;
    scripts->bits |= SCRIPT_OTHER;
    scripts->other = script;
    return true;
}

static bool is_allowed_mixture(unsigned bits)
{
    for (size_t i = 0; i < sizeof(allowed_mixtures) / sizeof(allowed_mixtures[0]); i++) {
        if ((bits & ~allowed_mixtures[i]) == 0)
            return true;
    }
    return false;
}

static bool looks_latin(uint32_t code_point)
{
    if (code_point < 0x80)
        return true;
    for (size_t i = 0; i < sizeof(latin_lookalikes) / sizeof(latin_lookalikes[0]); i++) {
        if (latin_lookalikes[i] == code_point)
            return true;
    }
    return false;
}

static bool is_unmistakable(struct signet_span u_label)
{
    struct scripts scripts = {0};
    bool all_look_latin = true;
    while (u_label.len > 0) {
        uint32_t code_point;
        size_t len = sg_utf8_decode(u_label, &code_point);
        if (len == 0 || !add_script(&scripts, code_point))
            return false;
        all_look_latin = all_look_latin && looks_latin(code_point);
        u_label = sg_span_from(u_label, len);
    }
    return is_allowed_mixture(scripts.bits) && !all_look_latin;
}

static bool is_a_label(struct signet_span label)
{
    return label.len > 4 && sg_span_is_word(sg_span_first(label, 4), "xn--");
}

static struct signet_span first_label(struct signet_span host)
{
    const uint8_t *dot = host.len > 0 ? memchr(host.ptr, '.', host.len) : NULL;
    return dot != NULL ? sg_span(host.ptr, (size_t)(dot - host.ptr)) : host;
}

static bool has_a_label(struct signet_span host)
{
    while (host.len > 0) {
        struct signet_span label = first_label(host);
        if (is_a_label(label))
            return true;
        host = sg_span_from(host, label.len + 1);
    }
    return false;
}

/* The form to show of one LABEL. False: memory is out. */
static bool label_display(struct signet_span label, struct sg_arena *arena, struct signet_span *out)
{
    *out = label;
    struct signet_span u_label = {0};
    enum sg_idna result = SG_IDNA_REFUSED;
    if (is_a_label(label))
        result = sg_idna_to_unicode(label, arena, &u_label);
    if (result == SG_IDNA_OK && is_unmistakable(u_label))
        *out = u_label;
    return result != SG_IDNA_MEMORY;
}

/* HOST is in ASCII. False: memory is out. */
static bool write_labels(struct signet_span host, struct sg_arena *arena, struct sg_buffer *out)
{
    while (host.len > 0) {
        struct signet_span label = first_label(host);
        struct signet_span shown;
        if (!label_display(label, arena, &shown))
            return false;
        sg_buffer_add(out, shown);
        if (label.len < host.len)
            sg_buffer_add_byte(out, '.');
        host = sg_span_from(host, label.len + 1);
    }
    return true;
}

struct signet_span sg_host_display(struct signet_span host, struct sg_arena *arena)
{
    if (sg_text_is_ascii(host) && !has_a_label(host))
        return host;

    struct signet_span ascii;
    if (!sg_host_canonical(host, arena, &ascii))
        return (struct signet_span){NULL, 0};
    enum sg_idna result = sg_idna_to_ascii(ascii, arena, &ascii);
    if (result == SG_IDNA_MEMORY)
        return (struct signet_span){NULL, 0};
    if (result == SG_IDNA_REFUSED)
        return host;

    struct sg_buffer text;
    sg_buffer_init(&text, SIZE_MAX);
    bool written = write_labels(ascii, arena, &text);
    if (text.status != SIGNET_OK)
        arena->failed = true;
    struct signet_span shown = {NULL, 0};
    if (written && text.status == SIGNET_OK)
        shown = sg_arena_copy(arena, sg_buffer_span(&text));
    sg_buffer_free(&text);
    return shown;
}
