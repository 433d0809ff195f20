/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/address_match.h"

#include "agent/binding.h"
#include "agent/shown.h"
#include "path/table.h"

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

static bool view_addresses(const struct sg_mail_addresses *addresses, struct sg_arena *arena,
                           const struct signet_mail_address **items, size_t *num)
{
    struct signet_mail_address *view = sg_arena_array(arena, addresses->num, sizeof(*view));
    if (view == NULL)
        return false;
    for (size_t i = 0; i < addresses->num; i++) {
        const struct sg_mail_address *address = &addresses->items[i];
        view[i] =
            (struct signet_mail_address){sg_shown_text(address->text, arena),
                                         address->source == SG_ADDRESS_SUBJECT, address->usable};
        if (view[i].text == NULL)
            return false;
    }
    *items = view;
    *num = addresses->num;
    return true;
}

bool sg_address_view(const struct signet_certificate *certificate, struct sg_arena *arena,
                     const struct signet_mail_address **items, size_t *num)
{
    struct sg_mail_addresses addresses;
    *items = NULL;
    *num = 0;
    return sg_certificate_addresses(certificate, arena, &addresses) &&
           view_addresses(&addresses, arena, items, num);
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

/* The usable addresses of a certificate by their hash: a thousand authors and a hundred thousand
 * addresses must not be compared in pairs. */
struct mailboxes {
    struct sg_table table;
    uint64_t seed;
    bool exact; /* compare ASCII local parts with their case */
};

static uint64_t hash_folded(struct signet_span text, uint64_t seed)
{
    uint8_t folded[SG_MAILBOX_MAX_LEN];
    size_t len = text.len < sizeof(folded) ? text.len : sizeof(folded);
    for (size_t i = 0; i < len; i++)
        folded[i] = sg_ascii_lower(text.ptr[i]);
    return sg_span_hash(sg_span(folded, len), seed ^ text.len);
}

/* Mailboxes that sg_mailbox_equal takes for one have one hash. */
static uint64_t hash_mailbox(const struct mailboxes *mailboxes, const struct sg_mailbox *mailbox)
{
    return hash_folded(mailbox->local, hash_folded(mailbox->host, mailboxes->seed));
}

static bool is_equal(const void *item, const void *key)
{
    return sg_mailbox_equal(item, key, false);
}

static bool is_equal_exactly(const void *item, const void *key)
{
    return sg_mailbox_equal(item, key, true);
}

static bool holds(const struct mailboxes *mailboxes, const struct sg_mailbox *mailbox)
{
    return sg_table_find(&mailboxes->table, hash_mailbox(mailboxes, mailbox),
                         mailboxes->exact ? is_equal_exactly : is_equal, mailbox) != NULL;
}

/* False: memory is out. */
static bool read_mailboxes(const struct sg_mail_addresses *addresses, bool exact,
                           struct sg_arena *arena, struct mailboxes *out)
{
    struct sg_mailbox *items = sg_arena_array(arena, addresses->num, sizeof(*items));
    *out = (struct mailboxes){.table = {.arena = arena}, .exact = exact};
    out->seed = sg_table_seed(out);
    for (size_t i = 0; items != NULL && i < addresses->num; i++) {
        if (!addresses->items[i].usable ||
            !sg_mailbox_parse(addresses->items[i].text, arena, &items[i]) || holds(out, &items[i]))
            continue;
        if (!sg_table_add(&out->table, hash_mailbox(out, &items[i]), &items[i]))
            return false;
    }
    return !arena->failed;
}

/* The first of LIST that the certificate holds; NULL for none. */
static const struct sg_address *find_match(const struct sg_address_list *list,
                                           const struct mailboxes *mailboxes)
{
    for (size_t i = 0; i < list->num; i++) {
        if (holds(mailboxes, &list->items[i].mailbox))
            return &list->items[i];
    }
    return NULL;
}

/* All that ties the certificate to addresses. */
struct claims {
    struct sg_mail_addresses own, book;
    struct mailboxes own_mailboxes, book_mailboxes;
};

/* Which header address matched, and by whose word. */
struct match {
    const struct sg_address *address; /* NULL: none */
    bool by_sender, by_book;
};

/* The certificate's own word before the user's, an author before the Sender (E-11). */
static struct match find_any_match(const struct sg_sender *sender, const struct claims *claims)
{
    const struct sg_address_list *lists[] = {&sender->from, &sender->sender};
    const struct mailboxes *words[] = {&claims->own_mailboxes, &claims->book_mailboxes};
    for (size_t i = 0; i < 4; i++) {
        struct match match = {find_match(lists[i / 2], words[i % 2]), i / 2 == 1, i % 2 == 1};
        if (match.address != NULL)
            return match;
    }
    return (struct match){NULL, false, false};
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

static void tell_mismatch(const struct sg_sender *sender, const struct claims *claims,
                          struct sg_findings *findings)
{
    const struct sg_address *first =
        sender->from.num > 0 ? &sender->from.items[0] : &sender->sender.items[0];
    struct sg_where signer = sg_at(SIGNET_OBJECT_SIGNER);
    if (claims->own.num == 0)
        sg_finding_add(findings, SG_KIND_NO_ADDR, signer, NULL);
    else
        sg_finding_add(findings,
                       claims->own_mailboxes.table.num > 0 ? SG_KIND_ADDR_MISMATCH
                                                           : SG_KIND_ADDR_UNUSABLE,
                       signer,
                       SG_PARAMS(sg_text("sender", first->text),
                                 sg_text("certificate", claims->own.items[0].text)));
    if (claims->book.num > 0)
        sg_finding_add(findings, SG_KIND_ADDR_BOUND_ELSEWHERE, signer,
                       SG_PARAMS(sg_text("sender", first->text),
                                 sg_text("bound", claims->book.items[0].text)));
}

/* False: memory is out. */
static bool compare(const struct sg_sender *sender, const struct claims *claims,
                    struct sg_findings *findings, struct signet_address_check *check)
{
    check->result = says_nobody(sender) ? SIGNET_ADDRESS_NONE : SIGNET_ADDRESS_MISMATCH;
    if (tell_unusable_sender(sender, findings))
        return true;
    struct match match = find_any_match(sender, claims);
    if (match.address == NULL) {
        if (claims->own.num == 0)
            check->result = SIGNET_ADDRESS_NONE;
        tell_mismatch(sender, claims, findings);
        return true;
    }
    if (match.by_book)
        sg_finding_add(findings, SG_KIND_ADDR_BOUND, sg_at(SIGNET_OBJECT_SIGNER),
                       SG_PARAMS(sg_text("sender", match.address->text)));
    tell_match(sender, match.address, match.by_sender, findings);
    check->result = SIGNET_ADDRESS_MATCH;
    check->matched = sg_shown_text(match.address->text, findings->arena);
    check->field = sender->given ? "given" : match.by_sender ? "Sender" : "From";
    check->source = match.by_book ? "book" : "certificate";
    return check->matched != NULL;
}

static bool read_claims(const struct signet_certificate *certificate,
                        const struct signet_pool *pool, struct sg_arena *arena, struct claims *out)
{
    *out = (struct claims){0};
    return sg_certificate_addresses(certificate, arena, &out->own) &&
           (pool == NULL || sg_binding_list(pool, certificate, arena, &out->book));
}

bool sg_address_check(const struct signet_certificate *certificate, const struct signet_pool *pool,
                      const struct sg_sender *sender, bool exact_local_part,
                      struct sg_findings *findings, struct signet_address_check *check)
{
    struct sg_arena *arena = findings->arena;
    struct claims claims;
    *check = (struct signet_address_check){.result = SIGNET_ADDRESS_NONE};
    if (!list_header(sender, arena, check) || !read_claims(certificate, pool, arena, &claims) ||
        !view_addresses(&claims.own, arena, &check->certificate, &check->num_certificate))
        return false;
    if (!sender->asked)
        return true;
    if (claims.own.num == 0 && claims.book.num == 0) {
        sg_finding_add(findings, SG_KIND_NO_ADDR, sg_at(SIGNET_OBJECT_SIGNER), NULL);
        return !arena->failed;
    }
    return read_mailboxes(&claims.own, exact_local_part, arena, &claims.own_mailboxes) &&
           read_mailboxes(&claims.book, exact_local_part, arena, &claims.book_mailboxes) &&
           compare(sender, &claims, findings, check) && !arena->failed;
}
