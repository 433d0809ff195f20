/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a certification request (RFC 2986 4) by the rules of RFC 3850 3 and 4.4.
 */
#include "asn1/der_writer.h"
#include "base/pem_write.h"
#include "base/text.h"
#include "crypto/private_key.h"
#include "crypto/signature_algorithm_write.h"
#include "maker/alternative_name.h"
#include "maker/key_use.h"
#include "signet/csr.h"
#include "x509/name.h"

/* Nobody's names and addresses need more. */
enum {
    MAX_REQUEST_LEN = 1 << 20,
    MAX_ADDRESSES = 100,
    MAX_NAME_CHARACTERS = 64 /* ub-common-name */
};

struct making {
    const struct signet_csr_wish *wish;
    struct signet_csr_refusal refusal; /* why NULL: none */
    struct sg_arena arena;
    struct sg_alternative_name *addresses;
    uint16_t key_usage;
    bool subject_empty;
};

static bool refuse(struct making *making, const char *what, const char *why)
{
    if (making->refusal.why == NULL)
        making->refusal = (struct signet_csr_refusal){what, why};
    return false;
}

/* --- what is asked for */

static bool read_addresses(struct making *making)
{
    const struct signet_csr_wish *wish = making->wish;
    if (wish->num_addresses == 0)
        return refuse(making, NULL, "a certificate for mail needs an address");
    if (wish->num_addresses > MAX_ADDRESSES)
        return refuse(making, NULL, "there are too many addresses");
    making->addresses =
        sg_arena_array(&making->arena, wish->num_addresses, sizeof *making->addresses);
    for (size_t i = 0; making->addresses != NULL && i < wish->num_addresses; i++) {
        const char *why = sg_alternative_name_read(sg_span_text(wish->addresses[i]), &making->arena,
                                                   &making->addresses[i]);
        if (why != NULL && !making->arena.failed)
            return refuse(making, wish->addresses[i], why);
    }
    if (wish->address_in_name && making->addresses != NULL &&
        making->addresses[0].internationalised)
        return refuse(making, wish->addresses[0],
                      "cannot stand in the name: emailAddress is an IA5String");
    return !making->arena.failed;
}

/* RFC 3850 4.1 and what is left of it today; and the uses against the kind of key. */
static bool read_uses(struct making *making)
{
    const struct sg_spki *spki = &making->wish->key->spki;
    unsigned uses = making->wish->uses;
    if (sg_key_is_weak(spki->type, spki->bits))
        return refuse(making, NULL, "the key is too weak: RSA has 2048 bits at least, a curve 224");
    if (!sg_key_use_usage(spki->type, (uses & SIGNET_CSR_SIGN) != 0,
                          (uses & SIGNET_CSR_ENCRYPT) != 0, &making->key_usage))
        return refuse(making, NULL, "a key of this kind cannot do what it shall be for");
    if (uses == 0)
        making->key_usage = sg_key_use_mail(spki->type);
    return true;
}

static bool is_written_anyway(enum sg_oid oid)
{
    return oid == SG_OID_CE_KEY_USAGE || oid == SG_OID_CE_EXT_KEY_USAGE ||
           oid == SG_OID_CE_SUBJECT_ALT_NAME;
}

/* RFC 3850 4.4: other extensions should not be critical, since nobody else may know them. */
static bool check_extension(struct making *making, const struct signet_csr_extension *extension)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der value = sg_der_begin(extension->value, &error);
    struct sg_tlv element;
    uint8_t octets[64];
    size_t len = sg_oid_from_dotted(extension->oid, octets, sizeof octets);
    if (len == 0)
        return refuse(making, extension->oid, "is no object identifier");
    if (is_written_anyway(sg_oid_find(sg_span(octets, len))))
        return refuse(making, extension->oid, "is an extension that the request has by itself");
    if (sg_oid_find(sg_span(octets, len)) == SG_OID_CE_BASIC_CONSTRAINTS)
        return refuse(making, extension->oid,
                      "(basicConstraints) has no place in an end entity's certificate");
    if (extension->critical)
        return refuse(making, extension->oid,
                      "must not be critical: RFC 3850 4.4 leaves that to its own extensions");
    if (!sg_der_any(&value, &element) || !sg_der_end(&value))
        return refuse(making, extension->oid, "has a value that is not one element of DER");
    return true;
}

static bool check_extensions(struct making *making)
{
    const struct signet_csr_wish *wish = making->wish;
    for (size_t i = 0; i < wish->num_extensions; i++) {
        if (!check_extension(making, &wish->extensions[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(wish->extensions[i].oid, wish->extensions[j].oid) == 0)
                return refuse(making, wish->extensions[i].oid, "is asked for twice");
    }
    return true;
}

/* --- the name */

static void put_attribute(struct sg_buffer *der, enum sg_oid type, uint32_t tag,
                          struct signet_span value)
{
    size_t rdn = sg_der_open(der, SG_TAG_SET), pair = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, type);
    sg_der_put(der, tag, value);
    sg_der_close(der, pair);
    sg_der_close(der, rdn);
}

static bool put_common_name(struct making *making, struct sg_buffer *der, struct signet_span text)
{
    size_t characters = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
            return refuse(making, making->wish->name, "is no name: it has control characters");
        characters += (text.ptr[i] & 0xc0) != 0x80;
    }
    if (text.len == 0 || !sg_utf8_valid(text))
        return refuse(making, making->wish->name, "is no name: it is empty or not UTF-8");
    if (characters > MAX_NAME_CHARACTERS)
        return refuse(making, making->wish->name, "is too long: a common name has 64 characters");
    put_attribute(der, SG_OID_AT_COMMON_NAME, SG_TAG_UTF8_STRING, text);
    return true;
}

static bool has_address(struct signet_span rdns)
{
    struct sg_name_iterator iterator = {.rest = rdns};
    struct sg_attribute attribute;
    while (sg_name_next(&iterator, &attribute)) {
        if (sg_oid_find(attribute.type) == SG_OID_AT_EMAIL_ADDRESS)
            return true;
    }
    return false;
}

/* The RDNs of an RFC 4514 name. */
static bool put_distinguished_name(struct making *making, struct sg_buffer *der,
                                   struct signet_span text)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct signet_span rdns = {NULL, 0};
    struct sg_buffer name;
    sg_buffer_init(&name, MAX_REQUEST_LEN);
    bool read = sg_name_read(text, &name);
    struct sg_der whole = sg_der_begin(sg_buffer_span(&name), &error);
    if (name.status != SIGNET_OK)
        der->status = name.status;
    else if (!read || !sg_der_value(&whole, SG_TAG_SEQUENCE, &rdns, "a name"))
        refuse(making, making->wish->name, "is no distinguished name such as CN=Alice,O=Example");
    else if (has_address(rdns))
        refuse(making, making->wish->name,
               "has an address in it, which RFC 3850 3 wants in subjectAltName alone; "
               "the first address is added when that is asked for");
    else
        sg_buffer_add(der, rdns);
    sg_buffer_free(&name);
    return making->refusal.why == NULL;
}

static bool put_subject(struct making *making, struct sg_buffer *der)
{
    const char *name = making->wish->name;
    size_t subject = sg_der_open(der, SG_TAG_SEQUENCE), before = der->len;
    bool good = true;
    if (name != NULL && strchr(name, '=') != NULL)
        good = put_distinguished_name(making, der, sg_span_text(name));
    else if (name != NULL)
        good = put_common_name(making, der, sg_span_text(name));
    if (good && making->wish->address_in_name) {
        struct sg_buffer address;
        sg_buffer_init(&address, 2 * SG_MAILBOX_MAX_LEN);
        sg_alternative_name_put_text(&address, &making->addresses[0]);
        put_attribute(der, SG_OID_AT_EMAIL_ADDRESS, SG_TAG_IA5_STRING, sg_buffer_span(&address));
        if (address.status != SIGNET_OK)
            der->status = address.status;
        sg_buffer_free(&address);
    }
    making->subject_empty = der->len == before;
    sg_der_close(der, subject);
    return good;
}

/* --- the extensions */

static size_t open_extension(struct sg_buffer *der, struct signet_span oid, bool critical,
                             size_t *value)
{
    size_t extension = sg_der_open(der, SG_TAG_SEQUENCE);
    static const uint8_t yes = 0xff;
    sg_der_put(der, SG_TAG_OID, oid);
    if (critical)
        sg_der_put(der, SG_TAG_BOOLEAN, sg_span(&yes, 1));
    *value = sg_der_open(der, SG_TAG_OCTET_STRING);
    return extension;
}

/* RFC 5280 4.2.1.3: critical. */
static void put_key_usage(struct making *making, struct sg_buffer *der)
{
    size_t value, extension = open_extension(der, sg_oid_octets(SG_OID_CE_KEY_USAGE), true, &value);
    uint8_t bits[2] = {0, 0};
    for (unsigned bit = 0; bit < 8; bit++) /* bit 0 is the first, the highest of the octet */
        if ((making->key_usage & 1u << bit) != 0) {
            bits[1] |= (uint8_t)(0x80u >> bit);
            bits[0] = (uint8_t)(7 - bit); /* none is set behind the last: X.690 11.2.2 */
        }
    sg_der_put(der, SG_TAG_BIT_STRING, sg_span(bits, sizeof bits));
    sg_der_close(der, value);
    sg_der_close(der, extension);
}

static void put_purposes(struct sg_buffer *der)
{
    size_t value,
        extension = open_extension(der, sg_oid_octets(SG_OID_CE_EXT_KEY_USAGE), false, &value);
    size_t list = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_KP_EMAIL_PROTECTION);
    sg_der_close(der, list);
    sg_der_close(der, value);
    sg_der_close(der, extension);
}

/* Critical only where the subject says nothing (RFC 3850 3, 4.4; RFC 5280 4.2.1.6). */
static void put_addresses(struct making *making, struct sg_buffer *der)
{
    size_t value, extension = open_extension(der, sg_oid_octets(SG_OID_CE_SUBJECT_ALT_NAME),
                                             making->subject_empty, &value);
    size_t names = sg_der_open(der, SG_TAG_SEQUENCE);
    for (size_t i = 0; i < making->wish->num_addresses; i++)
        sg_alternative_name_put(der, &making->addresses[i]);
    sg_der_close(der, names);
    sg_der_close(der, value);
    sg_der_close(der, extension);
}

static void put_extension(struct sg_buffer *der, const struct signet_csr_extension *asked)
{
    uint8_t octets[64];
    size_t len = sg_oid_from_dotted(asked->oid, octets, sizeof octets);
    size_t value, extension = open_extension(der, sg_span(octets, len), false, &value);
    sg_buffer_add(der, asked->value);
    sg_der_close(der, value);
    sg_der_close(der, extension);
}

/* attributes [0]: one extensionRequest (RFC 2985 5.4.2). */
static void put_attributes(struct making *making, struct sg_buffer *der)
{
    size_t attributes = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    size_t attribute = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_EXTENSION_REQUEST);
    size_t values = sg_der_open(der, SG_TAG_SET), list = sg_der_open(der, SG_TAG_SEQUENCE);
    put_key_usage(making, der);
    put_purposes(der);
    put_addresses(making, der);
    for (size_t i = 0; i < making->wish->num_extensions; i++)
        put_extension(der, &making->wish->extensions[i]);
    sg_der_close(der, list);
    sg_der_close(der, values);
    sg_der_close(der, attribute);
    sg_der_close(der, attributes);
}

/* --- the whole */

static bool put_info(struct making *making, struct sg_buffer *der)
{
    size_t info = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(der, 0);
    bool good = put_subject(making, der);
    sg_buffer_add(der, making->wish->key->spki.full);
    put_attributes(making, der);
    sg_der_close(der, info);
    return good;
}

/* Appends algorithm and signature to DER, whose last LEN octets are the info. */
static enum signet_status sign(struct making *making, struct sg_buffer *der, size_t start)
{
    static const enum signet_status statuses[] = {
        [SG_KEY_DONE] = SIGNET_OK,
        [SG_KEY_CANNOT] = SIGNET_ERR_ARGUMENT,
        [SG_KEY_DENIED] = SIGNET_ERR_ARGUMENT,
        [SG_KEY_FAILED] = SIGNET_ERR_CRYPTO,
        [SG_KEY_NEEDS_MEMORY] = SIGNET_ERR_MEMORY,
    };
    const struct signet_key *key = making->wish->key;
    const struct sg_signature_wish usual = {SG_DIGEST_NONE, false};
    struct sg_signature_algorithm algorithm;
    enum sg_digest_type content_digest;
    struct sg_crypto *crypto = NULL;
    struct sg_buffer signature;
    enum signet_status status;
    if (!sg_signature_algorithm_choose(key, &usual, &algorithm, &content_digest)) {
        refuse(making, NULL, "a key of this kind cannot sign its request");
        return SIGNET_ERR_ARGUMENT;
    }
    status = sg_crypto_new(&crypto);
    if (status != SIGNET_OK)
        return status;
    sg_buffer_init(&signature, MAX_REQUEST_LEN);
    enum sg_key_answer answer =
        sg_key_sign(key, crypto, &algorithm, sg_span_from(sg_buffer_span(der), start), &signature);
    status = answer == SG_KEY_DONE ? signature.status : statuses[answer];
    if (status == SIGNET_ERR_ARGUMENT)
        refuse(making, NULL, "the key does not sign: what holds it says no");
    sg_signature_algorithm_put(der, &algorithm, false);
    sg_der_put_bit_string(der, sg_buffer_span(&signature));
    sg_buffer_free(&signature);
    sg_crypto_free(crypto);
    return status;
}

static enum signet_status build(struct making *making, struct sg_buffer *der)
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE), start = der->len;
    enum signet_status status = SIGNET_ERR_ARGUMENT;
    bool good = put_info(making, der);
    if (der->status != SIGNET_OK)
        status = der->status;
    else if (good)
        status = sign(making, der, start);
    sg_der_close(der, whole);
    return status == SIGNET_OK ? der->status : status;
}

static bool write_out(const struct signet_csr_wish *wish, struct signet_span der,
                      const struct signet_sink *sink)
{
    struct sg_pem_writer writer;
    if (!wish->pem)
        return sink->write(sink->context, der);
    return sg_pem_writer_begin(&writer, "CERTIFICATE REQUEST", sink) &&
           sg_pem_writer_add(&writer, der) && sg_pem_writer_finish(&writer);
}

enum signet_status signet_csr_write(const struct signet_csr_wish *wish,
                                    const struct signet_sink *sink,
                                    struct signet_csr_refusal *refusal)
{
    struct making making = {.wish = wish};
    enum signet_status status = SIGNET_ERR_ARGUMENT;
    struct sg_buffer der;
    sg_arena_init(&making.arena, MAX_REQUEST_LEN);
    sg_buffer_init(&der, MAX_REQUEST_LEN);
    if (read_uses(&making) && check_extensions(&making) && read_addresses(&making))
        status = build(&making, &der);
    if (making.arena.failed)
        status = sg_arena_status(&making.arena);
    else if (status == SIGNET_OK && !write_out(wish, sg_buffer_span(&der), sink))
        status = SIGNET_ERR_IO;
    *refusal =
        status == SIGNET_ERR_ARGUMENT ? making.refusal : (struct signet_csr_refusal){NULL, NULL};
    sg_buffer_free(&der);
    sg_arena_clear(&making.arena);
    return status;
}
