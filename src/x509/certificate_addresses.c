/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/certificate.h"

#include "address/mailbox.h"
#include "asn1/string.h"
#include "base/text.h"
#include "x509/general_name.h"
#include "x509/walk.h"

struct walk {
    struct sg_arena *arena;
    sg_mail_address_taker *take;
    void *context;
};

/* A bare addr-spec of a length that we match (A-3-2, E-15, E-38). */
static bool is_addr_spec(struct signet_span text, struct sg_arena *arena)
{
    struct sg_mailbox mailbox;
    return text.len <= SG_MAILBOX_MAX_LEN && sg_mailbox_parse(text, arena, &mailbox);
}

static bool hand_on(const struct walk *walk, struct sg_mail_address address, bool allowed_type)
{
    address.usable = allowed_type && is_addr_spec(address.text, walk->arena);
    return !walk->arena->failed && walk->take(walk->context, &address);
}

/* SmtpUTF8Mailbox ::= UTF8String (SIZE (1..MAX)), RFC 9598 3. */
static bool walk_smtp_utf8(const struct walk *walk, const struct sg_general_name *name)
{
    struct signet_span rest = name->value;
    struct sg_tlv value;
    if (sg_oid_find(name->other_oid) != SG_OID_ON_SMTP_UTF8_MAILBOX || !sg_walk(&rest, &value))
        return true;
    const struct sg_mail_address address = {.source = SG_ADDRESS_SMTP_UTF8, .text = value.value};
    return hand_on(walk, address, value.tag == SG_TAG_UTF8_STRING && sg_utf8_valid(value.value));
}

static bool walk_alternative_names(const struct walk *walk, struct signet_span names)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name name;
    bool kept = true;
    while (kept && sg_general_names_next(&rest, &name)) {
        const struct sg_mail_address address = {.source = SG_ADDRESS_RFC822, .text = name.value};
        if (name.type == SG_GN_RFC822)
            kept = hand_on(walk, address, true);
        else if (name.type == SG_GN_OTHER)
            kept = walk_smtp_utf8(walk, &name);
    }
    return kept;
}

/* ATTRIBUTE's text, in the arena where its octets are not UTF-8 already; its octets where they are
 * no text. */
static bool get_text(const struct sg_attribute *attribute, struct sg_arena *arena,
                     struct signet_span *out)
{
    struct sg_buffer utf8;
    sg_buffer_init(&utf8, SIZE_MAX / 4);
    bool is_text = sg_string_to_utf8(attribute->tag, attribute->value, &utf8);
    bool kept = utf8.status == SIGNET_OK;
    *out = attribute->value;
    if (kept && is_text && !sg_span_equal(sg_buffer_span(&utf8), attribute->value)) {
        *out = sg_arena_copy(arena, sg_buffer_span(&utf8));
        kept = out->ptr != NULL;
    }
    sg_buffer_free(&utf8);
    return kept;
}

/* RFC 3850 3: IA5String. Two other types are common, and harmless as long as they hold ASCII
 * (A-3-9). */
static bool is_tolerated(uint32_t tag)
{
    return tag == SG_TAG_UTF8_STRING || tag == SG_TAG_PRINTABLE_STRING;
}

static bool walk_attribute(const struct walk *walk, const struct sg_attribute *attribute)
{
    struct sg_mail_address address = {.source = SG_ADDRESS_SUBJECT};
    if (!get_text(attribute, walk->arena, &address.text))
        return false;
    address.odd_type = attribute->tag != SG_TAG_IA5_STRING;
    bool allowed = !address.odd_type || is_tolerated(attribute->tag);
    return hand_on(walk, address, allowed && sg_text_is_ascii(attribute->value));
}

static bool walk_subject(const struct walk *walk, const struct sg_name *subject)
{
    struct sg_name_iterator attributes = sg_name_begin(subject);
    struct sg_attribute attribute;
    bool kept = true;
    while (kept && sg_name_next(&attributes, &attribute)) {
        if (sg_oid_find(attribute.type) == SG_OID_AT_EMAIL_ADDRESS)
            kept = walk_attribute(walk, &attribute);
    }
    return kept;
}

bool sg_certificate_addresses_walk(const struct signet_certificate *certificate,
                                   struct sg_arena *arena, sg_mail_address_taker *take,
                                   void *context)
{
    const struct walk walk = {arena, take, context};
    return walk_alternative_names(&walk, certificate->subject_alt_name) &&
           walk_subject(&walk, &certificate->subject);
}

/* A list that grows in the caller's arena. */
struct collector {
    struct sg_arena *arena;
    struct sg_mail_addresses *out;
    size_t cap;
};

static bool collect(void *context, const struct sg_mail_address *address)
{
    struct collector *collector = context;
    void *items = collector->out->items;
    if (!sg_arena_grow(collector->arena, &items, &collector->cap, collector->out->num,
                       sizeof(*address)))
        return false;
    collector->out->items = items;
    collector->out->items[collector->out->num++] = *address;
    return true;
}

bool sg_certificate_addresses(const struct signet_certificate *certificate, struct sg_arena *arena,
                              struct sg_mail_addresses *out)
{
    struct collector collector = {.arena = arena, .out = out};
    *out = (struct sg_mail_addresses){0};
    return sg_certificate_addresses_walk(certificate, arena, collect, &collector);
}
