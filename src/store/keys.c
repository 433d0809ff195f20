/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keys.h"

#include "address/mailbox.h"
#include "base/span.h"
#include "base/text.h"
#include "crypto/digest.h"

#include <stdlib.h>

/* Makes the keys of equal values different by what they are. */
#define SUBJECT_KEYS INT64_C(0x5375626a6374)
#define KEY_ID_KEYS  INT64_C(0x4b6579496466)
#define ADDRESS_KEYS INT64_C(0x416464726573)

enum { KEY_BITS = 48, HASH_BITS = 46, SERIAL_BITS = 24 };
#define HASH_MASK   ((INT64_C(1) << HASH_BITS) - 1)
#define SERIAL_MASK ((INT64_C(1) << SERIAL_BITS) - 1)

/* The first bits of a hash. */
static int64_t cut(const uint8_t *octets)
{
    int64_t number = 0;
    for (size_t i = 0; i < KEY_BITS / 8; i++)
        number = number << 8 | octets[i];
    return number >> (KEY_BITS - HASH_BITS);
}

/* HASH in one of four spaces: 0 for what is no print. */
static int64_t key_in(int64_t space, int64_t hash)
{
    return (space << HASH_BITS | (hash & HASH_MASK)) - (INT64_C(1) << (KEY_BITS - 1));
}

int64_t sg_store_print(enum signet_record_kind kind, struct signet_span sha256)
{
    return key_in((int64_t)kind + 1, cut(sha256.ptr));
}

struct sg_store_key_range sg_store_prints(enum signet_record_kind kind)
{
    return (struct sg_store_key_range){key_in((int64_t)kind + 1, 0),
                                       key_in((int64_t)kind + 1, HASH_MASK)};
}

enum signet_status sg_store_print_list(struct signet_store *store, unsigned kinds,
                                       struct signet_span prefix, struct sg_arena *arena,
                                       struct sg_store_ids *ids)
{
    uint8_t first[32] = {0}, last[32];
    enum signet_status status = SIGNET_OK;
    memset(last, 0xff, sizeof(last));
    if (prefix.len > 0 && prefix.len <= sizeof(first)) {
        memcpy(first, prefix.ptr, prefix.len);
        memcpy(last, prefix.ptr, prefix.len);
    }
    for (unsigned kind = 0; kinds >> kind != 0 && status == SIGNET_OK; kind++) {
        if ((kinds >> kind & 1) != 0)
            status = store->backend->key_list(
                store->db, sg_store_print((enum signet_record_kind)kind, sg_span(first, 32)),
                sg_store_print((enum signet_record_kind)kind, sg_span(last, 32)), arena, ids);
    }
    return status;
}

static bool cut_hash(struct signet_span value, int64_t *out)
{
    uint8_t sha256[32];
    if (!sg_sha256(value, sha256))
        return false;
    *out = cut(sha256);
    return true;
}

bool sg_store_key_issuer(const struct sg_name *issuer, struct signet_span serial,
                         struct sg_store_key_range *out)
{
    int64_t name, number = 0;
    if (!cut_hash(issuer->canonical, &name) || (serial.ptr != NULL && !cut_hash(serial, &number)))
        return false;
    name &= ~SERIAL_MASK;
    number &= SERIAL_MASK;
    out->first = key_in(0, name | number);
    out->last = key_in(0, name | (serial.ptr != NULL ? number : SERIAL_MASK));
    return true;
}

static bool single(struct signet_span value, int64_t kind, struct sg_store_key_range *out)
{
    int64_t key;
    if (!cut_hash(value, &key))
        return false;
    out->first = out->last = key_in(0, key ^ kind);
    return true;
}

bool sg_store_key_subject(const struct sg_name *subject, struct sg_store_key_range *out)
{
    return single(subject->canonical, SUBJECT_KEYS, out);
}

bool sg_store_key_address(const char *folded, struct sg_store_key_range *out)
{
    return single(sg_span_text(folded), ADDRESS_KEYS, out);
}

bool sg_store_key_id(struct signet_span key_id, struct sg_store_key_range *out)
{
    return single(key_id, KEY_ID_KEYS, out);
}

/* Appends TEXT, its ASCII letters folded where all of it is ASCII. */
static void add_folded(struct sg_buffer *buffer, struct signet_span text)
{
    bool ascii = sg_text_is_ascii(text);
    for (size_t i = 0; i < text.len; i++)
        sg_buffer_add_byte(buffer, ascii ? sg_ascii_lower(text.ptr[i]) : text.ptr[i]);
}

const char *sg_store_fold_address(struct signet_span address, struct sg_arena *arena)
{
    struct sg_mailbox mailbox;
    struct sg_buffer buffer;
    if (!sg_mailbox_parse(address, arena, &mailbox))
        return NULL;
    sg_buffer_init(&buffer, SG_STORE_MAX_TEXT);
    add_folded(&buffer, mailbox.local);
    sg_buffer_add_byte(&buffer, '@');
    add_folded(&buffer, mailbox.host);
    const char *folded = NULL;
    if (buffer.status == SIGNET_OK)
        folded = sg_arena_printf(arena, "%.*s", (int)buffer.len, (const char *)buffer.ptr);
    else
        arena->failed = true;
    sg_buffer_free(&buffer);
    return folded;
}

static void add_key(struct sg_store_derived *out, const struct sg_store_key_range *range)
{
    for (size_t i = 0; i < out->num_keys; i++) {
        if (out->keys[i] == range->first)
            return;
    }
    out->keys[out->num_keys++] = range->first;
}

static bool derive_certificate_keys(const struct signet_certificate *certificate,
                                    struct sg_store_derived *out)
{
    struct sg_store_key_range range;
    if (!sg_store_key_issuer(&certificate->issuer, certificate->serial, &range))
        return false;
    add_key(out, &range);
    if (!sg_store_key_subject(&certificate->subject, &range))
        return false;
    add_key(out, &range);
    if (certificate->ski.ptr == NULL)
        return true;
    if (!sg_store_key_id(certificate->ski, &range))
        return false;
    add_key(out, &range);
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void drop_repeated(struct sg_store_derived *out)
{
    size_t num = 0;
    if (out->num_addresses > 1)
        qsort((void *)out->addresses, out->num_addresses, sizeof(*out->addresses), compare_texts);
    for (size_t i = 0; i < out->num_addresses; i++) {
        if (num == 0 || strcmp(out->addresses[num - 1], out->addresses[i]) != 0)
            out->addresses[num++] = out->addresses[i];
    }
    out->num_addresses = num;
}

static bool derive_addresses(const struct signet_certificate *certificate, struct sg_arena *arena,
                             struct sg_store_derived *out)
{
    struct sg_mail_addresses addresses;
    if (!sg_certificate_addresses(certificate, arena, &addresses))
        return false;
    out->addresses = sg_arena_array(arena, addresses.num, sizeof(*out->addresses));
    for (size_t i = 0; i < addresses.num && out->addresses != NULL; i++) {
        const char *folded = addresses.items[i].usable
                                 ? sg_store_fold_address(addresses.items[i].text, arena)
                                 : NULL;
        if (folded != NULL)
            out->addresses[out->num_addresses++] = folded;
    }
    drop_repeated(out);
    return !arena->failed;
}

bool sg_store_names_address(const struct signet_certificate *certificate, const char *folded,
                            struct sg_arena *arena, bool *names)
{
    struct sg_store_derived derived = {.num_keys = 0};
    *names = false;
    if (!derive_addresses(certificate, arena, &derived))
        return false;
    for (size_t i = 0; i < derived.num_addresses; i++)
        *names |= strcmp(derived.addresses[i], folded) == 0;
    return true;
}

/* By its issuer alone. */
static bool derive_crl(const struct signet_crl *crl, struct sg_store_derived *out)
{
    struct sg_store_key_range range;
    const struct signet_span no_serial = {(const uint8_t *)"", 0};
    if (!sg_store_key_issuer(&crl->issuer, no_serial, &range))
        return false;
    add_key(out, &range);
    return true;
}

static bool derive_attribute_certificate(const struct signet_attribute_certificate *certificate,
                                         struct sg_store_derived *out)
{
    struct sg_store_key_range range;
    if (certificate->issuer.name.der.ptr == NULL)
        return true;
    if (!sg_store_key_issuer(&certificate->issuer.name, certificate->serial, &range))
        return false;
    add_key(out, &range);
    return true;
}

bool sg_store_derive(const struct sg_store_loaded *loaded, struct sg_arena *arena,
                     struct sg_store_derived *out)
{
    const struct signet_span sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256));
    *out = (struct sg_store_derived){.keys = {sg_store_print(loaded->object.kind, sha256)},
                                     .num_keys = 1};
    if (loaded->certificate != NULL)
        return derive_certificate_keys(loaded->certificate, out) &&
               derive_addresses(loaded->certificate, arena, out);
    if (loaded->crl != NULL)
        return derive_crl(loaded->crl, out);
    return derive_attribute_certificate(loaded->attribute_certificate, out);
}
