/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/recipient.h"

/* As sg_arena_grow, but that the first is alone: nearly every recipient has one certificate and one
 * key, and a message may have many recipients. */
static bool grow(struct sg_arena *arena, void **items, size_t *cap, size_t num, size_t size)
{
    if (num > 0)
        return sg_arena_grow(arena, items, cap, num, size);
    *items = sg_arena_alloc(arena, size);
    *cap = 1;
    return *items != NULL;
}

static bool add_encrypted_key(struct sg_der *body, size_t *cap, struct sg_arena *arena,
                              struct sg_recipient *out)
{
    void *items = out->encrypted_keys;
    if (!grow(arena, &items, cap, out->num_encrypted_keys, sizeof(*out->encrypted_keys)))
        return false;
    out->encrypted_keys = items;
    return sg_der_value(body, SG_TAG_OCTET_STRING, &out->encrypted_keys[out->num_encrypted_keys++],
                        "encryptedKey OCTET STRING");
}

/* What is encrypted for others than holders of certificates: only its place is checked. */
static bool skip_encrypted_key(struct sg_der *body)
{
    struct signet_span key;
    return sg_der_value(body, SG_TAG_OCTET_STRING, &key, "encryptedKey OCTET STRING");
}

static struct sg_certificate_reference *add_certificate(struct sg_recipient *out, size_t *cap,
                                                        struct sg_arena *arena)
{
    void *items = out->certificates;
    if (!grow(arena, &items, cap, out->num_certificates, sizeof(*out->certificates)))
        return NULL;
    out->certificates = items;
    return &out->certificates[out->num_certificates++];
}

/* The only certificate of a recipient, RecipientIdentifier. */
static bool parse_identifier(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    size_t cap = 0;
    struct sg_certificate_reference *reference = add_certificate(out, &cap, arena);
    return reference != NULL &&
           sg_reference_parse_choice(body, arena, reference, "rid RecipientIdentifier");
}

/* KeyTransRecipientInfo ::= SEQUENCE { version CMSVersion, rid RecipientIdentifier,
 *     keyEncryptionAlgorithm AlgorithmIdentifier, encryptedKey OCTET STRING } (RFC 5652 6.2.1) */
static bool parse_key_transport(struct sg_der *body, struct sg_arena *arena,
                                struct sg_recipient *out)
{
    size_t cap = 0;
    return sg_der_uint32(body, &out->version, "version INTEGER") &&
           parse_identifier(body, arena, out) &&
           sg_algorithm_parse(body, &out->key_encryption, "keyEncryptionAlgorithm") &&
           add_encrypted_key(body, &cap, arena, out);
}

/* OriginatorPublicKey ::= SEQUENCE { algorithm AlgorithmIdentifier, publicKey BIT STRING } */
static bool parse_originator_key(struct sg_der *choice, struct sg_recipient *out)
{
    struct sg_der fields;
    unsigned unused;
    out->originator_form = SG_ORIGINATOR_KEY;
    return sg_der_enter(choice, SG_TAG_CONTEXT_CONS(1), &fields, "originatorKey [1]") &&
           sg_algorithm_parse(&fields, &out->originator_key, "originatorKey algorithm") &&
           sg_der_bit_string(&fields, SG_TAG_BIT_STRING, &out->originator_bits, &unused,
                             "publicKey BIT STRING") &&
           sg_der_end(&fields);
}

/* [0] EXPLICIT CHOICE { issuerAndSerialNumber, subjectKeyIdentifier [0], originatorKey [1] } */
static bool parse_originator(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    struct sg_der choice;
    if (!sg_der_enter(body, SG_TAG_CONTEXT_CONS(0), &choice, "originator [0]"))
        return false;
    if (sg_der_next_is(&choice, SG_TAG_CONTEXT_CONS(1)))
        return parse_originator_key(&choice, out) && sg_der_end(&choice);
    out->originator_form = SG_ORIGINATOR_CERTIFICATE;
    return sg_reference_parse_choice(&choice, arena, &out->originator,
                                     "originator OriginatorIdentifierOrKey") &&
           sg_der_end(&choice);
}

/* KeyIdentifier, then date and other, which nobody uses: RecipientKeyIdentifier, KEKIdentifier. */
static bool parse_dated_key_id(struct sg_der *fields, struct signet_span *key_id)
{
    struct signet_span date, other;
    return sg_der_value(fields, SG_TAG_OCTET_STRING, key_id, "key identifier OCTET STRING") &&
           sg_der_optional(fields, SG_TAG_GENERALIZED_TIME, &date) &&
           sg_der_optional(fields, SG_TAG_SEQUENCE, &other) && sg_der_end(fields);
}

/* RecipientEncryptedKey ::= SEQUENCE { rid CHOICE { issuerAndSerialNumber, rKeyId [0] IMPLICIT
 *     RecipientKeyIdentifier }, encryptedKey OCTET STRING } */
static bool parse_agreed_reference(struct sg_der *fields, struct sg_arena *arena,
                                   struct sg_certificate_reference *out)
{
    struct sg_der id;
    if (!sg_der_next_is(fields, SG_TAG_CONTEXT_CONS(0)))
        return sg_der_enter(fields, SG_TAG_SEQUENCE, &id, "issuerAndSerialNumber") &&
               sg_reference_parse(&id, arena, out);
    out->by_key_id = true;
    return sg_der_enter(fields, SG_TAG_CONTEXT_CONS(0), &id, "rKeyId [0]") &&
           parse_dated_key_id(&id, &out->key_id);
}

static bool parse_agreed_keys(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    struct sg_der keys, fields;
    size_t cap = 0, key_cap = 0;
    if (!sg_der_enter(body, SG_TAG_SEQUENCE, &keys, "recipientEncryptedKeys SEQUENCE"))
        return false;
    while (!sg_der_done(&keys)) {
        struct sg_certificate_reference *reference = add_certificate(out, &cap, arena);
        if (reference == NULL ||
            !sg_der_enter(&keys, SG_TAG_SEQUENCE, &fields, "RecipientEncryptedKey SEQUENCE") ||
            !parse_agreed_reference(&fields, arena, reference) ||
            !add_encrypted_key(&fields, &key_cap, arena, out) || !sg_der_end(&fields))
            return false;
    }
    return true;
}

/* [1] EXPLICIT OCTET STRING OPTIONAL */
static bool parse_ukm(struct sg_der *body, struct signet_span *out)
{
    struct sg_der field;
    return !sg_der_next_is(body, SG_TAG_CONTEXT_CONS(1)) ||
           (sg_der_enter(body, SG_TAG_CONTEXT_CONS(1), &field, "ukm [1]") &&
            sg_der_value(&field, SG_TAG_OCTET_STRING, out, "ukm OCTET STRING") &&
            sg_der_end(&field));
}

/* KeyAgreeRecipientInfo ::= SEQUENCE { version CMSVersion, originator [0] EXPLICIT
 *     OriginatorIdentifierOrKey, ukm [1] EXPLICIT OCTET STRING OPTIONAL, keyEncryptionAlgorithm
 *     AlgorithmIdentifier, recipientEncryptedKeys SEQUENCE OF RecipientEncryptedKey } (6.2.2) */
static bool parse_key_agreement(struct sg_der *body, struct sg_arena *arena,
                                struct sg_recipient *out)
{
    return sg_der_uint32(body, &out->version, "version INTEGER") &&
           parse_originator(body, arena, out) && parse_ukm(body, &out->ukm) &&
           sg_algorithm_parse(body, &out->key_encryption, "keyEncryptionAlgorithm") &&
           parse_agreed_keys(body, arena, out);
}

/* KEKRecipientInfo ::= SEQUENCE { version CMSVersion, kekid KEKIdentifier, keyEncryptionAlgorithm
 *     AlgorithmIdentifier, encryptedKey OCTET STRING } (6.2.3) */
static bool parse_kek(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    struct sg_der id;
    (void)arena;
    return sg_der_uint32(body, &out->version, "version INTEGER") &&
           sg_der_enter(body, SG_TAG_SEQUENCE, &id, "kekid SEQUENCE") &&
           parse_dated_key_id(&id, &out->key_id) &&
           sg_algorithm_parse(body, &out->key_encryption, "keyEncryptionAlgorithm") &&
           skip_encrypted_key(body);
}

/* [0] IMPLICIT AlgorithmIdentifier OPTIONAL */
static bool parse_derivation(struct sg_der *body, struct sg_algorithm *out)
{
    struct sg_der fields;
    struct sg_tlv parameters;
    if (!sg_der_next_is(body, SG_TAG_CONTEXT_CONS(0)))
        return true;
    if (!sg_der_enter(body, SG_TAG_CONTEXT_CONS(0), &fields, "keyDerivationAlgorithm [0]") ||
        !sg_der_oid(&fields, &out->oid_octets, "algorithm OBJECT IDENTIFIER"))
        return false;
    out->oid = sg_oid_find(out->oid_octets);
    if (sg_der_done(&fields))
        return true;
    if (!sg_der_any(&fields, &parameters))
        return false;
    out->parameters = parameters.full;
    return sg_der_end(&fields);
}

/* PasswordRecipientInfo ::= SEQUENCE { version CMSVersion, keyDerivationAlgorithm [0] IMPLICIT
 *     AlgorithmIdentifier OPTIONAL, keyEncryptionAlgorithm AlgorithmIdentifier, encryptedKey OCTET
 *     STRING } (6.2.4) */
static bool parse_password(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    (void)arena;
    return sg_der_uint32(body, &out->version, "version INTEGER") &&
           parse_derivation(body, &out->key_source) &&
           sg_algorithm_parse(body, &out->key_encryption, "keyEncryptionAlgorithm") &&
           skip_encrypted_key(body);
}

/*
 * KEMRecipientInfo ::= SEQUENCE { version CMSVersion, rid RecipientIdentifier, kem
 *     AlgorithmIdentifier, kemct OCTET STRING, kdf AlgorithmIdentifier, kekLength INTEGER, ukm [0]
 *     EXPLICIT OCTET STRING OPTIONAL, wrap AlgorithmIdentifier, encryptedKey OCTET STRING } (RFC
 *     9629 3)
 */
static bool parse_kem(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    struct signet_span ciphertext, ukm;
    struct sg_algorithm derivation;
    uint32_t key_len;
    return sg_der_uint32(body, &out->version, "version INTEGER") &&
           parse_identifier(body, arena, out) &&
           sg_algorithm_parse(body, &out->key_source, "kem") &&
           sg_der_value(body, SG_TAG_OCTET_STRING, &ciphertext, "kemct OCTET STRING") &&
           sg_algorithm_parse(body, &derivation, "kdf") &&
           sg_der_uint32(body, &key_len, "kekLength INTEGER") &&
           sg_der_optional(body, SG_TAG_CONTEXT_CONS(0), &ukm) &&
           sg_algorithm_parse(body, &out->key_encryption, "wrap") && skip_encrypted_key(body);
}

/* OtherRecipientInfo ::= SEQUENCE { oriType OBJECT IDENTIFIER, oriValue ANY } (6.2.5) */
static bool parse_other(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out)
{
    struct sg_der fields;
    struct sg_tlv value;
    if (!sg_der_oid(body, &out->other_type, "oriType OBJECT IDENTIFIER"))
        return false;
    if (sg_oid_find(out->other_type) != SG_OID_ORI_KEM)
        return sg_der_any(body, &value);
    out->kind = SG_RECIPIENT_KEM;
    return sg_der_enter(body, SG_TAG_SEQUENCE, &fields, "KEMRecipientInfo SEQUENCE") &&
           parse_kem(&fields, arena, out) && sg_der_end(&fields);
}

static const struct {
    uint32_t tag;
    enum sg_recipient_kind kind;
    bool (*parse)(struct sg_der *body, struct sg_arena *arena, struct sg_recipient *out);
} kinds[] = {
    {SG_TAG_SEQUENCE, SG_RECIPIENT_KEY_TRANSPORT, parse_key_transport},
    {SG_TAG_CONTEXT_CONS(1), SG_RECIPIENT_KEY_AGREEMENT, parse_key_agreement},
    {SG_TAG_CONTEXT_CONS(2), SG_RECIPIENT_KEK, parse_kek},
    {SG_TAG_CONTEXT_CONS(3), SG_RECIPIENT_PASSWORD, parse_password},
    {SG_TAG_CONTEXT_CONS(4), SG_RECIPIENT_OTHER, parse_other},
};

static bool parse_choice(struct sg_der *outer, struct sg_arena *arena, struct sg_recipient *out)
{
    struct sg_der body;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!sg_der_next_is(outer, kinds[i].tag))
            continue;
        out->kind = kinds[i].kind;
        return sg_der_enter(outer, kinds[i].tag, &body, "RecipientInfo") &&
               kinds[i].parse(&body, arena, out) && sg_der_end(&body) && sg_der_end(outer);
    }
    return sg_der_fail(outer, "RecipientInfo");
}

static bool parse_element(struct signet_span element, struct sg_arena *arena,
                          struct sg_recipient *out, struct signet_parse_error *error)
{
    struct signet_span der;
    if (!sg_ber_normalise(element, arena, &der, error))
        return false;
    struct sg_der outer = sg_der_begin(der, error);
    if (parse_choice(&outer, arena, out))
        return true;
    if (der.ptr != element.ptr)
        error->offset = 0; /* counted in the normal form, so it means nothing outside */
    return false;
}

bool sg_recipient_parse(struct signet_span element, struct sg_arena *arena,
                        struct sg_recipient *out)
{
    struct signet_parse_error error = {.object = "RecipientInfo"};
    *out = (struct sg_recipient){.kind = SG_RECIPIENT_UNKNOWN};
    if (parse_element(element, arena, out, &error))
        return true;
    if (arena->failed)
        return false;
    out->malformed = true;
    out->error = error;
    return true;
}
