/* SPDX-License-Identifier: Apache-2.0 */
#include "subtree.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    uint8_t tag; /* of the GeneralName */
} types[] = {
    {"email:", 0x81},
    {"dns:", 0x82},
    {"uri:", 0x86},
};

/* Octets of identifier and length before LEN octets of content. */
static size_t head_len(size_t len)
{
    return len < 0x80 ? 2 : len < 0x100 ? 3 : 4;
}

static uint8_t *put_head(uint8_t *at, uint8_t tag, size_t len)
{
    *at++ = tag;
    if (len >= 0x100) {
        *at++ = 0x82;
        *at++ = (uint8_t)(len >> 8);
    } else if (len >= 0x80) {
        *at++ = 0x81;
    }
    *at++ = (uint8_t)len;
    return at;
}

static bool split(const char *item, uint8_t *tag, const char **name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(item, types[i].word, strlen(types[i].word)) == 0) {
            *tag = types[i].tag;
            *name = item + strlen(types[i].word);
            return strlen(*name) < 1024;
        }
    return false;
}

bool subtrees_encode(const struct strings *items, struct signet_span *out)
{
    size_t len = 0;
    uint8_t *der, *at;
    const char *name;
    uint8_t tag;

    *out = (struct signet_span){NULL, 0};
    if (items->num == 0)
        return true;
    for (size_t i = 0; i < items->num; i++) {
        size_t base;

        if (!split(items->items[i], &tag, &name)) {
            message_error("\"%s\" is not TYPE:NAME with email, dns or uri for TYPE",
                          items->items[i]);
            return false;
        }
        base = head_len(strlen(name)) + strlen(name);
        len += head_len(base) + base;
    }
    der = len > 0xffff ? NULL : malloc(head_len(len) + len);
    if (der == NULL) {
        message_status("subtrees", len > 0xffff ? SIGNET_ERR_LIMIT : SIGNET_ERR_MEMORY);
        return false;
    }
    *out = (struct signet_span){der, head_len(len) + len};
    at = put_head(der, 0x30, len);
    for (size_t i = 0; i < items->num; i++) {
        size_t name_len;

        if (!split(items->items[i], &tag, &name))
            return false;
        name_len = strlen(name);
        at = put_head(at, 0x30, head_len(name_len) + name_len);
        at = put_head(at, tag, name_len);
        memcpy(at, name, name_len);
        at += name_len;
    }
    return true;
}
