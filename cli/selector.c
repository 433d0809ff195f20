/* SPDX-License-Identifier: Apache-2.0 */
#include "selector.h"

#include "message.h"

#include <string.h>

bool selector_is_address(const char *word)
{
    return strchr(word, '@') != NULL;
}

/* Content octets of a positive INTEGER (X.690 8.3): no needless zeros, one where the first bit is
 * set. */
static bool read_serial(struct selector *selector, const char *text)
{
    uint8_t *octets = selector->serial;
    size_t len, zeros = 0;

    if (!hex_read_number(text, octets + 1, sizeof selector->serial - 1, &len)) {
        message_error("--serial: \"%s\" is no serial number in hexadecimal", text);
        return false;
    }
    octets[0] = 0;
    while (zeros < len && octets[zeros] == 0 && (octets[zeros + 1] & 0x80) == 0)
        zeros++;
    selector->query.serial = (struct signet_span){octets + zeros, len + 1 - zeros};
    return true;
}

static bool read_key_id(struct selector *selector, const char *text)
{
    size_t len;

    if (!hex_read(text, selector->key_id, sizeof selector->key_id, &len)) {
        message_error("--key-id: \"%s\" is no key identifier in hexadecimal", text);
        return false;
    }
    selector->query.key_id = (struct signet_span){selector->key_id, len};
    return true;
}

bool selector_make(struct selector *selector, const char *word, const struct options *options)
{
    *selector = (struct selector){
        .query = {.anchors = options->only_anchors, .own = options->only_own},
        .issuer = options->issuer,
    };
    if (options->only_crls)
        selector->query.kinds = 1u << SIGNET_RECORD_CRL;
    else if (options->only_anchors || options->only_own)
        selector->query.kinds = 1u << SIGNET_RECORD_CERTIFICATE;
    if (word != NULL && selector_is_address(word)) {
        selector->query.address = word;
    } else if (word != NULL && fingerprint_read(&selector->fingerprint, word)) {
        selector->by_fingerprint = true;
        selector->query.sha256 = fingerprint_span(&selector->fingerprint);
    } else {
        selector->query.text = word;
    }
    if (selector->query.text == NULL)
        selector->query.text = options->issuer;
    return (options->serial == NULL || read_serial(selector, options->serial)) &&
           (options->key_id == NULL || read_key_id(selector, options->key_id));
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Without regard to the case of ASCII letters. */
static bool contains(const char *text, const char *part)
{
    size_t len = strlen(part);

    for (; strlen(text) >= len; text++) {
        size_t i = 0;

        while (i < len && fold(text[i]) == fold(part[i]))
            i++;
        if (i == len)
            return true;
        if (*text == '\0')
            break;
    }
    return false;
}

static bool issuer_fits(const struct selector *selector, const struct signet_record *record)
{
    char text[2048] = "";

    if (selector->issuer == NULL)
        return true;
    if (record->certificate != NULL)
        signet_certificate_issuer(record->certificate, text, sizeof text);
    else if (record->crl != NULL)
        signet_crl_issuer(record->crl, text, sizeof text);
    else
        signet_attribute_certificate_issuer(record->attribute_certificate, text, sizeof text);
    return contains(text, selector->issuer);
}

struct walking {
    const struct selector *selector;
    signet_record_taker *take;
    void *context;
    size_t num;
};

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct walking *walking = context;
    const struct selector *selector = walking->selector;

    if ((selector->by_fingerprint &&
         !fingerprint_matches(&selector->fingerprint, record->sha256)) ||
        !issuer_fits(selector, record))
        return SIGNET_OK;
    walking->num++;
    return walking->take(walking->context, record);
}

static bool walk(const struct selector *selector, const struct database *database,
                 struct walking *walking, size_t *num_bad)
{
    size_t bad = 0;
    enum signet_status status =
        signet_store_find(database->store, &selector->query, take, walking, &bad);

    *num_bad += bad;
    return database_told(database, status);
}

bool selector_walk(const struct selector *selector, const struct database *database,
                   signet_record_taker *taker, void *context, size_t *num)
{
    struct walking walking = {selector, taker, context, 0};
    size_t num_bad = 0;
    bool done = walk(selector, database, &walking, &num_bad);

    if (num_bad > 0)
        message_warning("%zu objects in the database cannot be read; 'signet check' says which",
                        num_bad);
    *num = walking.num;
    return done;
}
