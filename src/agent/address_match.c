/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/address_match.h"

#include "agent/shown.h"

static bool read_field(const struct sg_headers *headers, const char *name, struct sg_arena *arena,
                       struct sg_address_list *out)
{
    const struct sg_header *header = sg_header_find(headers, name, 0);

    *out = (struct sg_address_list){0};
    return header == NULL || sg_address_list_parse(header->value, arena, out);
}

bool sg_sender_read(const struct sg_headers *headers, struct sg_arena *arena, struct sg_sender *out)
{
    *out = (struct sg_sender){.asked = true, .num_from_fields = sg_header_count(headers, "From")};
    if (!read_field(headers, "From", arena, &out->from) ||
        !read_field(headers, "Sender", arena, &out->sender))
        return false;
    /* Of several Sender fields none can be the one: RFC 5322 3.6 allows one. */
    if (sg_header_count(headers, "Sender") > 1)
        out->sender = (struct sg_address_list){.malformed = true};
    return true;
}

bool sg_sender_give(const char *email, struct sg_arena *arena, struct sg_sender *out)
{
    struct sg_address *address = sg_arena_alloc(arena, sizeof *address);

    *out = (struct sg_sender){.given = true, .asked = true, .num_from_fields = 1};
    if (address == NULL)
        return false;
    address->text = sg_span_text(email);
    if (sg_mailbox_parse(address->text, arena, &address->mailbox)) {
        out->from.items = address;
        out->from.num = 1;
    }
    out->from.malformed = out->from.num == 0;
    return !arena->failed;
}

bool sg_address_view(const struct signet_certificate *certificate, struct sg_arena *arena,
                     const struct signet_mail_address **items, size_t *num)
{
    struct sg_mail_addresses addresses;
    struct signet_mail_address *view;

    *items = NULL;
    *num = 0;
    if (!sg_certificate_addresses(certificate, arena, &addresses))
        return false;
    view = sg_arena_array(arena, addresses.num, sizeof *view);
    if (view == NULL)
        return false;
    for (size_t i = 0; i < addresses.num; i++) {
        const struct sg_mail_address *address = &addresses.items[i];

        view[i] =
            (struct signet_mail_address){sg_shown_text(address->text, arena),
                                         address->source == SG_ADDRESS_SUBJECT, address->usable};
        if (view[i].text == NULL)
            return false;
    }
    *items = view;
    *num = addresses.num;
    return true;
}

/* The addresses that are compared, From first, as text. */
static bool list_header(const struct sg_sender *sender, struct sg_arena *arena,
                        struct signet_address_check *check)
{
    size_t num = sender->from.num + sender->sender.num;
    const char **list = sg_arena_array(arena, num, sizeof(*list));

    if (list == NULL)
        return false;
    for (size_t i = 0; i < num; i++) {
        const struct sg_address *address = i < sender->from.num
                                               ? &sender->from.items[i]
                                               : &sender->sender.items[i - sender->from.num];

        list[i] = sg_shown_text(address->text, arena);
        if (list[i] == NULL)
            return false;
    }
    check->header = list;
    check->num_header = num;
    return true;
}

/* The first of LIST that CERTIFICATE holds; NULL for none. */
static const struct sg_address *find_match(const struct sg_address_list *list,
                                           const struct sg_mail_addresses *certificate, bool exact,
                                           struct sg_arena *arena)
{
    for (size_t i = 0; i < list->num; i++)
        for (size_t k = 0; k < certificate->num; k++) {
            struct sg_mailbox mailbox;

            if (certificate->items[k].usable &&
                sg_mailbox_parse(certificate->items[k].text, arena, &mailbox) &&
                sg_mailbox_equal(&list->items[i].mailbox, &mailbox, exact))
                return &list->items[i];
        }
    return NULL;
}

static void tell_match(const struct sg_sender *sender, const struct sg_address *match,
                       bool by_sender, struct sg_findings *findings)
{
    if (by_sender && sender->from.num > 0)
        sg_finding_add(
            findings, SG_KIND_SENDER_ONLY, sg_at(SIGNET_OBJECT_SIGNER),
            SG_PARAMS(sg_text("sender", match->text), sg_text("from", sender->from.items[0].text)));
    for (size_t i = 0; !by_sender && i < sender->from.num; i++)
        if (&sender->from.items[i] != match)
            sg_finding_add(findings, SG_KIND_OTHER_AUTHOR, sg_at(SIGNET_OBJECT_SIGNER),
                           SG_PARAMS(sg_text("from", sender->from.items[i].text),
                                     sg_text("match", match->text)));
}

/* No From and no Sender, or none with a mailbox in it ("undisclosed-recipients:;"). */
static bool says_nobody(const struct sg_sender *sender)
{
    return sender->num_from_fields < 2 && !sender->from.malformed && sender->from.num == 0 &&
           sender->sender.num == 0;
}

/* Why nothing can be compared; false when something can. */
static bool tell_unusable_sender(const struct sg_sender *sender, struct sg_findings *findings)
{
    struct sg_where signer = sg_at(SIGNET_OBJECT_SIGNER);

    if (sender->given && sender->from.malformed)
        sg_finding_add(findings, SG_KIND_GIVEN_ADDRESS_MALFORMED, signer, NULL);
    else if (sender->num_from_fields > 1)
        sg_finding_add(findings, SG_KIND_FROM_SEVERAL_FIELDS, signer,
                       SG_PARAMS(sg_number("number", (int64_t)sender->num_from_fields)));
    else if (sender->from.malformed)
        sg_finding_add(findings, SG_KIND_FROM_MALFORMED, signer, NULL);
    else if (says_nobody(sender))
        sg_finding_add(findings, SG_KIND_NO_SENDER, signer, NULL);
    else
        return false;
    return true;
}

static void tell_mismatch(const struct sg_sender *sender, const struct sg_mail_addresses *addresses,
                          struct sg_findings *findings)
{
    const struct sg_address *first =
        sender->from.num > 0 ? &sender->from.items[0] : &sender->sender.items[0];
    bool usable = false;

    for (size_t i = 0; i < addresses->num; i++)
        usable |= addresses->items[i].usable;
    sg_finding_add(findings, usable ? SG_KIND_ADDR_MISMATCH : SG_KIND_ADDR_UNUSABLE,
                   sg_at(SIGNET_OBJECT_SIGNER),
                   SG_PARAMS(sg_text("sender", first->text),
                             sg_text("certificate", addresses->items[0].text)));
}

static enum signet_address_result compare(const struct sg_sender *sender,
                                          const struct sg_mail_addresses *addresses, bool exact,
                                          struct sg_arena *arena, struct sg_findings *findings,
                                          struct signet_address_check *check)
{
    const struct sg_address *match = NULL;
    bool by_sender = false;

    if (!tell_unusable_sender(sender, findings)) {
        match = find_match(&sender->from, addresses, exact, arena);
        if (match == NULL) {
            match = find_match(&sender->sender, addresses, exact, arena);
            by_sender = match != NULL;
        }
        if (match == NULL)
            tell_mismatch(sender, addresses, findings);
    }
    if (match == NULL)
        return says_nobody(sender) ? SIGNET_ADDRESS_NONE : SIGNET_ADDRESS_MISMATCH;
    tell_match(sender, match, by_sender, findings);
    check->matched = sg_shown_text(match->text, arena);
    check->field = sender->given ? "given" : by_sender ? "Sender" : "From";
    return SIGNET_ADDRESS_MATCH;
}

bool sg_address_check(const struct signet_certificate *certificate, const struct sg_sender *sender,
                      bool exact_local_part, struct sg_arena *arena, struct sg_findings *findings,
                      struct signet_address_check *check)
{
    struct sg_mail_addresses addresses;

    *check = (struct signet_address_check){.result = SIGNET_ADDRESS_NONE};
    if (!list_header(sender, arena, check) ||
        !sg_address_view(certificate, arena, &check->certificate, &check->num_certificate) ||
        !sg_certificate_addresses(certificate, arena, &addresses))
        return false;
    if (!sender->asked)
        return true;
    if (addresses.num == 0)
        sg_finding_add(findings, SG_KIND_NO_ADDR, sg_at(SIGNET_OBJECT_SIGNER), NULL);
    else
        check->result = compare(sender, &addresses, exact_local_part, arena, findings, check);
    return !arena->failed;
}
