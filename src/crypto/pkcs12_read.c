/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/ber.h"
#include "base/span.h"
#include "base/text.h"
#include "crypto/pkcs12.h"
#include "crypto/pkcs8.h"

#include <openssl/crypto.h>

/* A safe may hold safes; nobody nests them. */
#define MAX_DEPTH 4

struct reading {
    struct sg_opening *opening;
    struct sg_pkcs12 *file;
    struct signet_parse_error error;
};

/* MacData (RFC 7292 4). */
struct mac {
    bool present;
    enum sg_digest_type digest; /* SG_DIGEST_NONE: not known */
    struct signet_span value, salt;
    uint32_t iterations;
};

static enum signet_status fail(struct reading *reading, enum signet_key_trouble trouble)
{
    return reading->file->arena.failed ? SIGNET_ERR_MEMORY
                                       : sg_opening_fail(reading->opening, trouble);
}

static enum signet_status damaged(struct reading *reading)
{
    return fail(reading, SIGNET_KEY_DAMAGED);
}

/* The octets of a string that may be cut into segments. */
static bool read_octets(struct reading *reading, struct sg_ber *ber, uint32_t tag,
                        struct signet_span *out)
{
    struct sg_octets octets;
    return sg_ber_octets(ber, tag, &octets, "octets") &&
           sg_octets_join(&octets, &reading->file->arena, out);
}

/* One element as DER; where it has to be rewritten, in the arena. */
static bool read_normal(struct reading *reading, struct sg_ber *ber, struct signet_span *out)
{
    struct sg_ber_tlv element;
    return sg_ber_any(ber, &element) &&
           sg_ber_normalise(element.full, &reading->file->arena, out, &reading->error);
}

/* ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY OPTIONAL } */
static bool enter_content(struct sg_ber *ber, enum sg_oid *type, struct sg_ber *content)
{
    struct sg_ber fields;
    struct signet_span oid;
    if (!sg_ber_enter(ber, SG_TAG_SEQUENCE, &fields, "ContentInfo SEQUENCE") ||
        !sg_ber_oid(&fields, &oid, "contentType OBJECT IDENTIFIER") ||
        !sg_ber_enter(&fields, SG_TAG_CONTEXT_CONS(0), content, "content [0]") ||
        !sg_ber_end(&fields))
        return false;
    *type = sg_oid_find(oid);
    return true;
}

/* BMPString to UTF-8. NULL: it is none, or not fit for a C string. */
static const char *read_name(struct reading *reading, struct signet_span octets)
{
    uint8_t *text = sg_arena_alloc(&reading->file->arena, octets.len / 2 * 3 + 1);
    size_t len = 0;
    if (text == NULL || octets.len % 2 != 0)
        return NULL;
    for (size_t i = 0; i < octets.len; i += 2) {
        uint32_t point = (uint32_t)octets.ptr[i] << 8 | octets.ptr[i + 1];
        bool high = point >= 0xd800 && point < 0xdc00;
        if (high && i + 3 < octets.len && (octets.ptr[i + 2] & 0xfc) == 0xdc) {
            uint32_t low = (uint32_t)octets.ptr[i + 2] << 8 | octets.ptr[i + 3];
            point = 0x10000 + ((point & 0x3ff) << 10) + (low & 0x3ff);
            i += 2;
        }
        if (point == 0 || (point >= 0xd800 && point < 0xe000))
            return NULL;
        len += sg_utf8_encode(point, text + len);
    }
    text[len] = '\0';
    return (const char *)text;
}

/* PKCS12Attribute ::= SEQUENCE { attrId OBJECT IDENTIFIER, attrValues SET OF ANY } */
static bool read_attribute(struct reading *reading, struct sg_der *set, struct sg_bag *bag)
{
    struct sg_der fields, values;
    struct signet_span oid;
    struct sg_tlv value = {.tag = 0};
    if (!sg_der_enter(set, SG_TAG_SEQUENCE, &fields, "PKCS12Attribute SEQUENCE") ||
        !sg_der_oid(&fields, &oid, "attrId OBJECT IDENTIFIER") ||
        !sg_der_enter(&fields, SG_TAG_SET, &values, "attrValues SET") || !sg_der_end(&fields) ||
        (!sg_der_done(&values) && !sg_der_any(&values, &value)))
        return false;
    enum sg_oid type = sg_oid_find(oid);
    if (type == SG_OID_LOCAL_KEY_ID && value.tag == SG_TAG_OCTET_STRING)
        bag->id = value.value;
    else if (type == SG_OID_FRIENDLY_NAME && value.tag == SG_TAG_BMP_STRING)
        bag->name = read_name(reading, value.value);
    return !reading->file->arena.failed;
}

/* CertBag, CRLBag ::= SEQUENCE { id OBJECT IDENTIFIER, value [0] EXPLICIT OCTET STRING } */
static bool read_object(struct sg_der *value, enum sg_oid wanted, struct signet_span *der)
{
    struct sg_der fields, inner;
    struct signet_span oid;
    return sg_der_enter(value, SG_TAG_SEQUENCE, &fields, "bag SEQUENCE") &&
           sg_der_oid(&fields, &oid, "id OBJECT IDENTIFIER") && sg_oid_find(oid) == wanted &&
           sg_der_enter(&fields, SG_TAG_CONTEXT_CONS(0), &inner, "value [0]") &&
           sg_der_value(&inner, SG_TAG_OCTET_STRING, der, "value OCTET STRING");
}

/* A key that cannot be read does not keep the others from being read; a passphrase that does not
 * open it does, as it opens nothing then. */
static enum signet_status read_key(struct reading *reading, struct signet_span der, bool shrouded,
                                   struct sg_bag *bag)
{
    bag->kind = SG_BAG_KEY;
    enum signet_status status = shrouded ? sg_pkcs8_read_encrypted(reading->opening, der, &bag->key)
                                         : sg_pkcs8_read(reading->opening, der, &bag->key);
    if (status == SIGNET_OK)
        reading->file->opened = reading->file->opened || shrouded;
    if (status != SIGNET_ERR_PARSE || reading->opening->trouble == SIGNET_KEY_PASSPHRASE_WRONG)
        return status;
    reading->opening->trouble = SIGNET_KEY_FINE;
    return SIGNET_OK;
}

static enum signet_status read_value(struct reading *reading, enum sg_oid type,
                                     struct sg_der *value, struct sg_bag *bag)
{
    struct signet_span whole = sg_span(value->ptr, (size_t)(value->end - value->ptr));
    if (type == SG_OID_BAG_KEY || type == SG_OID_BAG_SHROUDED)
        return read_key(reading, whole, type == SG_OID_BAG_SHROUDED, bag);
    if (type == SG_OID_BAG_CERTIFICATE && read_object(value, SG_OID_X509_IN_BAG, &bag->der))
        bag->kind = SG_BAG_CERTIFICATE;
    else if (type == SG_OID_BAG_CRL && read_object(value, SG_OID_CRL_IN_BAG, &bag->der))
        bag->kind = SG_BAG_CRL;
    return SIGNET_OK;
}

static enum signet_status add_bag(struct reading *reading, const struct sg_bag *bag)
{
    struct sg_pkcs12 *file = reading->file;
    void *items = file->bags;
    if (!sg_arena_grow(&file->arena, &items, &file->cap_bags, file->num_bags, sizeof *bag)) {
        signet_key_unref(bag->key);
        return SIGNET_ERR_MEMORY;
    }
    file->bags = items;
    file->bags[file->num_bags++] = *bag;
    return SIGNET_OK;
}

static enum signet_status read_bags(struct reading *reading, struct signet_span contents,
                                    unsigned depth);

/* SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY,
 *     bagAttributes SET OF PKCS12Attribute OPTIONAL } */
static enum signet_status read_bag(struct reading *reading, struct sg_der *bags, unsigned depth)
{
    struct sg_der fields, value, attributes;
    struct signet_span oid;
    struct sg_bag bag = {.kind = SG_BAG_OTHER};
    if (!sg_der_enter(bags, SG_TAG_SEQUENCE, &fields, "SafeBag SEQUENCE") ||
        !sg_der_oid(&fields, &oid, "bagId OBJECT IDENTIFIER") ||
        !sg_der_enter(&fields, SG_TAG_CONTEXT_CONS(0), &value, "bagValue [0]"))
        return damaged(reading);
    if (sg_oid_find(oid) == SG_OID_BAG_SAFE)
        return read_bags(reading, sg_span(value.ptr, (size_t)(value.end - value.ptr)), depth + 1);
    if (!sg_der_done(&fields)) {
        if (!sg_der_enter(&fields, SG_TAG_SET, &attributes, "bagAttributes SET"))
            return damaged(reading);
        while (!sg_der_done(&attributes)) {
            if (!read_attribute(reading, &attributes, &bag))
                return damaged(reading);
        }
    }
    enum signet_status status = read_value(reading, sg_oid_find(oid), &value, &bag);
    return status == SIGNET_OK ? add_bag(reading, &bag) : status;
}

/* SafeContents ::= SEQUENCE OF SafeBag */
static enum signet_status read_bags(struct reading *reading, struct signet_span contents,
                                    unsigned depth)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der whole = sg_der_begin(contents, &error), bags;
    enum signet_status status = SIGNET_OK;
    if (depth > MAX_DEPTH)
        return sg_opening_fail(reading->opening, SIGNET_KEY_TOO_COSTLY);
    if (!sg_der_enter(&whole, SG_TAG_SEQUENCE, &bags, "SafeContents SEQUENCE"))
        return damaged(reading);
    while (status == SIGNET_OK && !sg_der_done(&bags))
        status = read_bag(reading, &bags, depth);
    return status;
}

/* SafeContents, BER or DER, of which keys may be part: what had to be rewritten is wiped. */
static enum signet_status read_contents(struct reading *reading, struct signet_span octets)
{
    struct sg_ber ber = sg_ber_begin(octets, &reading->error);
    struct signet_span contents;
    if (!read_normal(reading, &ber, &contents))
        return damaged(reading);
    bool rewritten = contents.ptr < octets.ptr || contents.ptr > octets.ptr + octets.len;
    if (!rewritten)
        return read_bags(reading, contents, 0);
    /* The bags outlive this, so it is kept with what was decrypted. */
    struct sg_pkcs12 *file = reading->file;
    void *items = file->plains;
    struct sg_secret copy;
    if (!sg_arena_grow(&file->arena, &items, &file->cap_plains, file->num_plains, sizeof copy) ||
        !sg_secret_copy(contents, &copy))
        return SIGNET_ERR_MEMORY;
    sg_wipe((void *)(uintptr_t)contents.ptr, contents.len);
    file->plains = items;
    file->plains[file->num_plains++] = copy;
    return read_bags(reading, sg_secret_span(&copy), 0);
}

/* EncryptedData ::= SEQUENCE { version INTEGER, encryptedContentInfo SEQUENCE { contentType OBJECT
 *     IDENTIFIER, contentEncryptionAlgorithm AlgorithmIdentifier, encryptedContent [0] IMPLICIT
 *     OCTET STRING OPTIONAL }, … } (RFC 5652 8) */
static bool parse_encrypted(struct reading *reading, struct sg_ber *content,
                            struct sg_algorithm *algorithm, struct signet_span *encrypted)
{
    struct sg_ber data, fields;
    struct signet_span oid, normal;
    uint32_t version;
    if (!sg_ber_enter(content, SG_TAG_SEQUENCE, &data, "EncryptedData SEQUENCE") ||
        !sg_ber_uint32(&data, &version, "version INTEGER") ||
        !sg_ber_enter(&data, SG_TAG_SEQUENCE, &fields, "encryptedContentInfo SEQUENCE") ||
        !sg_ber_oid(&fields, &oid, "contentType OBJECT IDENTIFIER") ||
        !read_normal(reading, &fields, &normal) ||
        !read_octets(reading, &fields, SG_TAG_CONTEXT(0), encrypted))
        return false;
    struct sg_der der = sg_der_begin(normal, &reading->error);
    return sg_algorithm_parse(&der, algorithm, "contentEncryptionAlgorithm") && sg_der_end(&der);
}

static enum signet_status read_encrypted(struct reading *reading, struct sg_ber *content)
{
    struct sg_pkcs12 *file = reading->file;
    struct sg_algorithm algorithm;
    struct signet_span encrypted;
    struct sg_secret plain;
    void *items = file->plains;
    if (!parse_encrypted(reading, content, &algorithm, &encrypted))
        return damaged(reading);
    if (!sg_arena_grow(&file->arena, &items, &file->cap_plains, file->num_plains, sizeof plain))
        return SIGNET_ERR_MEMORY;
    file->plains = items;
    enum signet_status status = sg_pbe_decrypt(reading->opening, &algorithm, encrypted, &plain);
    if (status != SIGNET_OK)
        return status;
    file->plains[file->num_plains++] = plain;
    status = read_contents(reading, sg_secret_span(&plain));
    /* Octets that are nothing at all: the padding was right by chance. */
    if (status == SIGNET_ERR_PARSE && !file->opened &&
        reading->opening->trouble == SIGNET_KEY_DAMAGED)
        return sg_opening_fail(reading->opening, SIGNET_KEY_PASSPHRASE_WRONG);
    file->opened = file->opened || status == SIGNET_OK;
    return status;
}

/* AuthenticatedSafe ::= SEQUENCE OF ContentInfo */
static enum signet_status read_safes(struct reading *reading, struct signet_span octets)
{
    struct sg_ber whole = sg_ber_begin(octets, &reading->error), safes, content;
    enum signet_status status = SIGNET_OK;
    enum sg_oid type;
    if (!sg_ber_enter(&whole, SG_TAG_SEQUENCE, &safes, "AuthenticatedSafe SEQUENCE"))
        return damaged(reading);
    while (status == SIGNET_OK && !sg_ber_done(&safes)) {
        struct signet_span plain;
        if (!enter_content(&safes, &type, &content))
            return damaged(reading);
        if (type == SG_OID_CT_ENCRYPTED_DATA)
            status = read_encrypted(reading, &content);
        else if (type != SG_OID_CT_DATA)
            status = sg_opening_fail(reading->opening, SIGNET_KEY_UNSUPPORTED);
        else if (read_octets(reading, &content, SG_TAG_OCTET_STRING, &plain))
            status = read_contents(reading, plain);
        else
            status = damaged(reading);
    }
    return status;
}

/* MacData ::= SEQUENCE { mac SEQUENCE { digestAlgorithm AlgorithmIdentifier, digest OCTET STRING },
 *     macSalt OCTET STRING, iterations INTEGER DEFAULT 1 } */
static bool parse_mac(struct reading *reading, struct sg_ber *ber, struct mac *mac)
{
    struct signet_span normal;
    struct sg_algorithm algorithm;
    struct sg_der fields, info;
    if (!read_normal(reading, ber, &normal))
        return false;
    struct sg_der der = sg_der_begin(normal, &reading->error);
    mac->present = true;
    mac->iterations = 1;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "MacData SEQUENCE") ||
        !sg_der_enter(&fields, SG_TAG_SEQUENCE, &info, "mac SEQUENCE") ||
        !sg_algorithm_parse(&info, &algorithm, "digestAlgorithm") ||
        !sg_der_value(&info, SG_TAG_OCTET_STRING, &mac->value, "digest OCTET STRING") ||
        !sg_der_value(&fields, SG_TAG_OCTET_STRING, &mac->salt, "macSalt OCTET STRING"))
        return false;
    mac->digest = sg_digest_find(algorithm.oid);
    /* More than 32 bits are too many, however many they are. */
    if (!sg_der_done(&fields) && !sg_der_uint32(&fields, &mac->iterations, "iterations INTEGER"))
        mac->iterations = UINT32_MAX;
    return true;
}

/* PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL } */
static enum signet_status parse(struct reading *reading, struct signet_span bytes,
                                struct signet_span *safes, struct mac *mac)
{
    struct sg_ber whole = sg_ber_begin(bytes, &reading->error), pfx, content;
    enum sg_oid type;
    uint32_t version;
    if (!sg_ber_enter(&whole, SG_TAG_SEQUENCE, &pfx, "PFX SEQUENCE") ||
        !sg_ber_uint32(&pfx, &version, "version INTEGER") || !enter_content(&pfx, &type, &content))
        return damaged(reading);
    if (version != 3 || type != SG_OID_CT_DATA)
        return sg_opening_fail(reading->opening, SIGNET_KEY_UNSUPPORTED);
    if (!read_octets(reading, &content, SG_TAG_OCTET_STRING, safes) ||
        (!sg_ber_done(&pfx) && !parse_mac(reading, &pfx, mac)))
        return damaged(reading);
    return SIGNET_OK;
}

static enum signet_status check_mac(struct reading *reading, struct signet_span content,
                                    const struct mac *mac, bool *right)
{
    struct sg_digest_value value;
    *right = true;
    if (!mac->present)
        return SIGNET_OK;
    /* Those that have been in use for it. */
    if (mac->digest < SG_DIGEST_MD5 || mac->digest > SG_DIGEST_SHA512_256)
        return sg_opening_fail(reading->opening, SIGNET_KEY_UNSUPPORTED);
    enum signet_status status = sg_opening_work(reading->opening, mac->iterations);
    if (status != SIGNET_OK)
        return status;
    if (mac->iterations == 0)
        return sg_opening_fail(reading->opening, SIGNET_KEY_DAMAGED);
    if (!sg_pkcs12_mac(reading->opening->library, reading->opening->passphrase, mac->digest,
                       mac->salt, mac->iterations, content, &value))
        return SIGNET_ERR_MEMORY;
    *right =
        value.len == mac->value.len && CRYPTO_memcmp(value.octets, mac->value.ptr, value.len) == 0;
    return SIGNET_OK;
}

/* A wrong MAC over what the passphrase opens nevertheless is damage; a right one over what cannot
 * be opened, too. */
static enum signet_status read_checked(struct reading *reading, struct signet_span safes,
                                       const struct mac *mac)
{
    bool right;
    enum signet_status status = check_mac(reading, safes, mac, &right);
    if (status != SIGNET_OK)
        return status;
    status = read_safes(reading, safes);
    if (right && mac->present && status == SIGNET_ERR_PARSE &&
        reading->opening->trouble == SIGNET_KEY_PASSPHRASE_WRONG)
        return sg_opening_fail(reading->opening, SIGNET_KEY_DAMAGED);
    if (right || (status != SIGNET_OK && status != SIGNET_ERR_PARSE))
        return status;
    return sg_opening_fail(reading->opening, reading->file->opened ? SIGNET_KEY_DAMAGED
                                                                   : SIGNET_KEY_PASSPHRASE_WRONG);
}

bool sg_pkcs12_is(struct signet_span bytes)
{
    /* SEQUENCE { INTEGER 3, SEQUENCE …, with length octets of any kind. */
    if (bytes.len < 2 || bytes.ptr[0] != SG_TAG_SEQUENCE)
        return false;
    size_t at = 2 + (bytes.ptr[1] > 0x80 ? bytes.ptr[1] & 0x7fu : 0);
    static const uint8_t version[] = {SG_TAG_INTEGER, 1, 3, SG_TAG_SEQUENCE};
    return sg_span_equal(sg_span_first(sg_span_from(bytes, at), sizeof version),
                         sg_span(version, sizeof version));
}

enum signet_status sg_pkcs12_open(struct sg_opening *opening, struct signet_span bytes,
                                  struct sg_pkcs12 *file)
{
    struct reading reading = {.opening = opening, .file = file};
    struct signet_span safes = {NULL, 0};
    struct mac mac = {.present = false};
    *file = (struct sg_pkcs12){.num_bags = 0};
    sg_arena_init(&file->arena, 16 * SIGNET_KEY_MAX_LEN);
    if (bytes.len > SIGNET_KEY_MAX_LEN)
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    if (!sg_pkcs12_is(bytes))
        return sg_opening_fail(opening, SIGNET_KEY_NONE);
    enum signet_status status = parse(&reading, bytes, &safes, &mac);
    return status == SIGNET_OK ? read_checked(&reading, safes, &mac) : status;
}

void sg_pkcs12_close(struct sg_pkcs12 *file)
{
    for (size_t i = 0; i < file->num_bags; i++)
        signet_key_unref(file->bags[i].key);
    for (size_t i = 0; i < file->num_plains; i++)
        sg_secret_free(&file->plains[i]);
    sg_arena_clear(&file->arena);
}
