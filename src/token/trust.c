/* SPDX-License-Identifier: Apache-2.0 */
#include "token/trust.h"

#include "asn1/der.h"
#include "base/span.h"

#include <stdlib.h>

#define MAX_NAME   65536
#define MAX_SERIAL 256
#define SHA1_LEN   20

static enum signet_token_trust email_trust(CK_ULONG value)
{
    static const struct {
        CK_ULONG value;
        enum signet_token_trust trust;
    } meanings[] = {
        {CKT_NSS_TRUSTED_DELEGATOR, SIGNET_TOKEN_TRUSTED},
        {CKT_NSS_NOT_TRUSTED, SIGNET_TOKEN_DISTRUSTED},
    };
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        if (meanings[i].value == value)
            return meanings[i].trust;
    }
    /* CKT_NSS_TRUSTED is trust in this certificate and in nothing that it issues: no anchor. */
    return SIGNET_TOKEN_NEUTRAL;
}

/* CKA_SERIAL_NUMBER is the DER of the INTEGER (PKCS #11 4.6.3). */
static bool serial_content(struct signet_span der, struct signet_span *content)
{
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(der, &error);
    return sg_der_integer(&cursor, content, "serial") && sg_der_end(&cursor);
}

static bool read_trust(struct sg_module *module, const struct sg_object *object,
                       struct sg_trust *trust)
{
    struct signet_span email, serial;
    CK_ULONG value;
    *trust = (struct sg_trust){.email = SIGNET_TOKEN_NEUTRAL};
    enum sg_attribute_state said =
        sg_object_attribute(module, object, CKA_TRUST_EMAIL_PROTECTION, sizeof(value), &email);
    if (said == SG_ATTRIBUTE_FOUND && email.len == sizeof(value)) {
        memcpy(&value, email.ptr, sizeof(value));
        trust->email = email_trust(value);
    } else if (said != SG_ATTRIBUTE_ABSENT) {
        return false;
    }
    enum sg_attribute_state hashed =
        sg_object_attribute(module, object, CKA_CERT_SHA1_HASH, SHA1_LEN, &trust->sha1);
    if (hashed == SG_ATTRIBUTE_FOUND && trust->sha1.len != SHA1_LEN)
        return false;
    return hashed != SG_ATTRIBUTE_BROKEN &&
           sg_object_attribute(module, object, CKA_ISSUER, MAX_NAME, &trust->issuer) ==
               SG_ATTRIBUTE_FOUND &&
           sg_object_attribute(module, object, CKA_SERIAL_NUMBER, MAX_SERIAL, &serial) ==
               SG_ATTRIBUTE_FOUND &&
           serial_content(serial, &trust->serial);
}

static int compare_key(const struct sg_trust *a, const struct sg_trust *b)
{
    int order = sg_span_compare(a->issuer, b->issuer);
    return order != 0 ? order : sg_span_compare(a->serial, b->serial);
}

static int compare(const void *left, const void *right)
{
    const struct sg_trust *a = left, *b = right;
    int order = compare_key(a, b);
    return order != 0 ? order : sg_span_compare(a->sha1, b->sha1);
}

enum signet_status sg_trust_list_read(struct sg_module *module, struct sg_trust_list *list)
{
    struct sg_object_list objects = {NULL, 0, 0};
    enum signet_status status = sg_module_find(module, CKO_NSS_TRUST, &objects);
    for (size_t i = 0; status == SIGNET_OK && i < objects.num; i++) {
        struct sg_trust trust;
        if (!read_trust(module, &objects.items[i], &trust))
            module->report->num_passed_over++;
        else if (sg_arena_grow(module->arena, (void **)&list->items, &list->cap, list->num,
                               sizeof(*list->items)))
            list->items[list->num++] = trust;
        status = sg_arena_status(module->arena);
    }
    if (list->num > 1)
        qsort(list->items, list->num, sizeof(*list->items), compare);
    return status;
}

/* The first item that is not before KEY. */
static size_t lower_bound(const struct sg_trust_list *list, const struct sg_trust *key)
{
    size_t low = 0, high = list->num;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_key(&list->items[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum signet_token_trust sg_trust_find(struct sg_trust_list *list, struct signet_span issuer,
                                      struct signet_span serial, const uint8_t sha1[20])
{
    struct sg_trust key = {.issuer = issuer, .serial = serial};
    enum signet_token_trust worst = SIGNET_TOKEN_NEUTRAL;
    for (size_t i = lower_bound(list, &key);
         i < list->num && compare_key(&list->items[i], &key) == 0; i++) {
        struct sg_trust *trust = &list->items[i];
        bool hashed = trust->sha1.ptr != NULL;
        if (hashed && memcmp(trust->sha1.ptr, sha1, SHA1_LEN) != 0)
            continue;
        trust->used = true;
        if (trust->email == SIGNET_TOKEN_DISTRUSTED)
            worst = SIGNET_TOKEN_DISTRUSTED;
        else if (trust->email == SIGNET_TOKEN_TRUSTED && hashed && worst == SIGNET_TOKEN_NEUTRAL)
            worst = SIGNET_TOKEN_TRUSTED;
    }
    return worst;
}
