/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a message is for: its fields, what the caller gives, and its sender, each once.
 */
#include "agent/shown.h"
#include "mime/address_list.h"
#include "send/encrypt_plan.h"

/* More than the longest field that is read has room for. */
#define MAX_OF_FIELD ((size_t)SG_HEADER_MAX_LEN)

static struct sg_addressee *add(struct signet_encrypt_plan *plan)
{
    void *items = plan->addressees;
    if (!sg_arena_grow(&plan->arena, &items, &plan->cap_addressees, plan->num_addressees,
                       sizeof(*plan->addressees)))
        return NULL;
    plan->addressees = items;
    struct sg_addressee *added = &plan->addressees[plan->num_addressees++];
    *added = (struct sg_addressee){.shown = ""};
    return added;
}

static bool add_address(struct signet_encrypt_plan *plan, struct signet_span text,
                        enum signet_recipient_field field)
{
    struct sg_mailbox mailbox = {0};
    bool read = sg_mailbox_parse(text, &plan->arena, &mailbox);
    if (plan->arena.failed)
        return false;
    size_t known;
    if (read && sg_addressee_index_find(&plan->index, &mailbox, &known))
        return true;
    if (read && !sg_addressee_index_add(&plan->index, &mailbox, plan->num_addressees))
        return false;
    struct sg_addressee *added = add(plan);
    if (added == NULL)
        return false;
    added->field = field;
    added->malformed = !read;
    added->mailbox = mailbox;
    added->address = sg_arena_printf(&plan->arena, "%.*s", (int)text.len, (const char *)text.ptr);
    added->shown = sg_shown_text(text, &plan->arena);
    return added->address != NULL && added->shown != NULL;
}

static bool read_field(struct signet_encrypt_plan *plan, const char *name,
                       enum signet_recipient_field field)
{
    const struct sg_headers *headers = &plan->content.message->headers;
    const struct sg_header *header;
    for (size_t i = 0; (header = sg_header_find(headers, name, i)) != NULL; i++) {
        struct sg_address_list list;
        if (!sg_address_list_parse_up_to(header->value, MAX_OF_FIELD, &plan->arena, &list))
            return false;
        /* An empty Bcc is what some programs leave behind; an empty group is no fault either. */
        struct signet_span value = sg_header_unfold(header->value, &plan->arena);
        if (list.malformed && value.len > 0)
            plan->bad_field = name;
        for (size_t k = 0; k < list.num; k++) {
            if (!add_address(plan, list.items[k].text, field))
                return false;
        }
    }
    return true;
}

static bool add_named(struct sg_named_list *list, const struct signet_certificate *certificate,
                      struct sg_arena *arena)
{
    if (list->last != NULL && list->last->certificate == certificate)
        return true; /* by another of its addresses, which are one */
    struct sg_named *named = sg_arena_alloc(arena, sizeof(*named));
    if (named == NULL)
        return false;
    *named = (struct sg_named){NULL, certificate};
    if (list->last == NULL)
        list->first = named;
    else
        list->last->next = named;
    list->last = named;
    return true;
}

bool sg_addressees_list_named(struct signet_encrypt_plan *plan,
                              const struct signet_certificate *certificate, enum sg_named_from from,
                              struct sg_arena *arena, bool *anybody)
{
    struct sg_mail_addresses addresses;
    struct sg_mailbox mailbox;
    size_t number;
    *anybody = false;
    if (!sg_certificate_addresses(certificate, arena, &addresses))
        return false;
    for (size_t i = 0; i < addresses.num; i++) {
        if (!addresses.items[i].usable ||
            !sg_mailbox_parse(addresses.items[i].text, arena, &mailbox) ||
            !sg_addressee_index_find(&plan->index, &mailbox, &number))
            continue;
        *anybody = true;
        if (!add_named(&plan->addressees[number].named[from], certificate, arena))
            return false;
    }
    return !arena->failed;
}

/* What was given as a file and names none of the others is for somebody by itself. */
static bool add_certificates(struct signet_encrypt_plan *plan)
{
    for (size_t i = 0; i < plan->options.num_certificates; i++) {
        const struct signet_certificate *certificate = plan->options.certificates[i];
        bool anybody;
        if (!sg_addressees_list_named(plan, certificate, SG_NAMED_GIVEN, &plan->arena, &anybody))
            return false;
        if (anybody)
            continue;
        struct sg_addressee *added = add(plan);
        if (added == NULL)
            return false;
        added->field = SIGNET_RECIPIENT_GIVEN;
        added->given = certificate;
        added->shown = sg_shown_name(&certificate->subject, &plan->arena);
        if (added->shown == NULL)
            return false;
    }
    return true;
}

bool sg_addressees_read(struct signet_encrypt_plan *plan)
{
    const struct signet_encrypt_options *options = &plan->options;
    sg_addressee_index_init(&plan->index, plan->policy.exact_local_part, &plan->arena);
    if (!options->only_given && !(read_field(plan, "To", SIGNET_RECIPIENT_TO) &&
                                  read_field(plan, "Cc", SIGNET_RECIPIENT_CC) &&
                                  read_field(plan, "Bcc", SIGNET_RECIPIENT_BCC)))
        return false;
    for (size_t i = 0; i < options->num_to; i++) {
        if (!add_address(plan, sg_span_text(options->to[i]), SIGNET_RECIPIENT_GIVEN))
            return false;
    }
    const char *bad_field = plan->bad_field;
    bool read = options->no_self || read_field(plan, "From", SIGNET_RECIPIENT_SELF);
    plan->bad_field = bad_field;
    return read && add_certificates(plan);
}
