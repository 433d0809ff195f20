/* SPDX-License-Identifier: Apache-2.0 */
#include "address/mailbox.h"
#include "base/span.h"
#include "base/text.h"
#include "compose/field_line.h"

static bool is_phrase(struct signet_span text)
{
    bool phrase = text.len > 0;
    for (size_t i = 0; phrase && i < text.len; i++)
        phrase = text.ptr[i] == ' ' || (text.ptr[i] < 0x80 && sg_mailbox_is_atext(text.ptr[i]));
    return phrase;
}

/* A quoted string is one word, as it may not be folded without a change of what it says. */
#define QUOTED_MAX 60

static void add_display(struct sg_field_line *line, struct signet_span display,
                        enum sg_field_charset charset)
{
    if (display.len == 0)
        return;
    bool plain = sg_field_to_encode(display, charset).len == 0;
    uint8_t word[2 * QUOTED_MAX + 2];
    if (plain && is_phrase(display))
        sg_field_line_add_words(line, display);
    else if (plain && display.len <= QUOTED_MAX)
        sg_field_line_add_word(line, sg_span(word, sg_field_quote(word, display)));
    else
        sg_field_line_add_encoded(line, display);
}

static void add_mailbox(struct sg_field_line *line, const struct sg_field_mailbox *mailbox,
                        enum sg_field_charset charset, bool last)
{
    struct signet_span display = sg_span_trim(mailbox->display);
    add_display(line, display, charset);
    uint8_t word[SG_MAILBOX_MAX_LEN + 3];
    size_t len = 0;
    if (display.len > 0)
        word[len++] = '<';
    memcpy(word + len, mailbox->address.ptr, mailbox->address.len);
    len += mailbox->address.len;
    if (display.len > 0)
        word[len++] = '>';
    if (!last)
        word[len++] = ',';
    sg_field_line_add_word(line, sg_span(word, len));
}

/* Why MAILBOX cannot be written; NULL: it can. */
static const char *why_no_mailbox(const struct sg_field_mailbox *mailbox,
                                  enum sg_field_charset charset, struct sg_arena *arena)
{
    struct sg_mailbox parsed;
    if (mailbox->address.len > SG_MAILBOX_MAX_LEN ||
        !sg_mailbox_parse(mailbox->address, arena, &parsed))
        return "an address is none";
    if (charset == SG_FIELD_ASCII && !sg_text_is_ascii(mailbox->address))
        return "an address is not ASCII, and the mail is not sent as UTF-8";
    return sg_field_why_unfit(mailbox->display);
}

enum signet_status sg_field_add_mailboxes(struct sg_writer *writer, const char *name,
                                          const struct sg_field_mailbox *mailboxes, size_t num,
                                          enum sg_field_charset charset, struct sg_arena *arena,
                                          struct sg_compose_error *error)
{
    for (size_t i = 0; i < num; i++) {
        const char *why = why_no_mailbox(&mailboxes[i], charset, arena);
        if (arena->failed)
            return sg_arena_status(arena);
        if (why != NULL)
            return sg_field_refuse(error, name, why);
    }
    if (num == 0)
        return sg_field_refuse(error, name, "it has no address");
    struct sg_field_line line = sg_field_line_begin(writer, name);
    for (size_t i = 0; i < num; i++)
        add_mailbox(&line, &mailboxes[i], charset, i + 1 == num);
    return sg_field_line_end(writer);
}
