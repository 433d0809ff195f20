/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rfc822Name constraints (RFC 5280 4.2.1.10, RFC 9549 2.2): all addresses at a host, all mailboxes
 * in a domain (leading dot), or one mailbox, which RFC 9549 took away and old CAs still write
 * (E-25). They bind rfc822Name, SmtpUTF8Mailbox (RFC 9598 6) and emailAddress of the subject alike.
 */
#include "address/mailbox.h"
#include "base/text.h"
#include "path/constraint.h"

/* A mailbox under one kind of key: the local part as it stands or folded, the host always folded.
 */
static void add_mailbox(struct sg_constraint_keys *keys, enum sg_constraint_kind kind, size_t at,
                        const struct sg_mailbox *mailbox)
{
    if (!sg_constraint_wants_any(&keys->wants, SG_CONSTRAINT_BIT(kind)))
        return;
    uint8_t *text = keys->text + at;
    size_t len = mailbox->local.len;
    memcpy(text, mailbox->local.ptr, len);
    if (kind == SG_CONSTRAINT_MAILBOX_FOLDED)
        (void)sg_constraint_fold(keys, at, mailbox->local);
    text[len++] = '@';
    len += sg_constraint_fold(keys, at + len, mailbox->host).len;

    struct signet_span octets = sg_span(text, len);
    sg_constraint_keys_add(keys, (struct sg_constraint_key){SG_CONSTRAINT_BIT(kind), 0, octets,
                                                            sg_span_hash(octets, keys->seed)});
}

/* A third of keys->text each for the host and the two forms of the mailbox. */
enum { PART_LEN = sizeof(((struct sg_constraint_keys *)NULL)->text) / 3 };

static bool fits(const struct sg_mailbox *mailbox)
{
    return mailbox->local.len < PART_LEN && mailbox->host.len < PART_LEN - mailbox->local.len;
}

/* With a host in ASCII, which the domain of an address has that can be sent to: non-ASCII labels
 * have become A-labels. */
static bool parse(struct sg_constraint_keys *keys, struct signet_span text,
                  struct sg_mailbox *mailbox)
{
    bool ok = sg_mailbox_parse(text, keys->arena, mailbox) && fits(mailbox) &&
              (sg_text_is_ascii(mailbox->domain) || sg_host_valid_ascii(mailbox->host));
    if (keys->arena->failed)
        keys->failed = true;
    return ok;
}

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    struct sg_mailbox mailbox;
    if (base->value.len == 0) {
        sg_constraint_keys_add_any(keys, SG_CONSTRAINT_MAIL_ANY);
        return true;
    }
    if (memchr(base->value.ptr, '@', base->value.len) != NULL) {
        if (!parse(keys, base->value, &mailbox))
            return false;
        add_mailbox(keys, excluded ? SG_CONSTRAINT_MAILBOX_FOLDED : SG_CONSTRAINT_MAILBOX_EXACT, 0,
                    &mailbox);
        return true;
    }
    bool dot = base->value.ptr[0] == '.';
    struct signet_span host = sg_constraint_fold(keys, 0, sg_span_from(base->value, dot ? 1 : 0));
    if (!sg_host_valid_ascii(host))
        return false;
    enum sg_constraint_kind kind = dot ? SG_CONSTRAINT_MAIL_DOMAIN : SG_CONSTRAINT_MAIL_HOST;
    sg_constraint_host_key(keys, SG_CONSTRAINT_BIT(kind), host);
    return true;
}

/*
 * A local part with non-ASCII octets equals no mailbox constraint, and nothing in a SmtpUTF8Mailbox
 * is within a permitted one (E-25). A local part in ASCII has no place there (RFC 9598 3), but must
 * not slip past an excluded mailbox that way.
 */
bool sg_constraint_mail_keys(struct sg_constraint_keys *keys, struct signet_span address,
                             bool smtp_utf8)
{
    struct sg_mailbox mailbox;
    if (!parse(keys, address, &mailbox))
        return false;

    sg_constraint_keys_add_any(keys, SG_CONSTRAINT_MAIL_ANY);
    if (!mailbox.literal)
        sg_constraint_host_keys(keys, SG_CONSTRAINT_MAIL_HOST, SG_CONSTRAINT_MAIL_DOMAIN,
                                sg_constraint_fold(keys, 0, mailbox.host));
    if (!sg_text_is_ascii(mailbox.local))
        return true;
    add_mailbox(keys, SG_CONSTRAINT_MAILBOX_FOLDED, PART_LEN, &mailbox);
    if (!smtp_utf8)
        add_mailbox(keys, SG_CONSTRAINT_MAILBOX_EXACT, (size_t)PART_LEN * 2, &mailbox);
    return true;
}

static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    return sg_constraint_mail_keys(keys, name->value, false);
}

const struct sg_constraint_form sg_constraint_mail = {base_keys, name_keys};
