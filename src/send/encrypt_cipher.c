/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cipher (RFC 8551 2.7.1, E-42): what the recipients have said that they read, by signed mail
 * or in their certificates (RFC 4262); AES-256-GCM where nobody has said anything. One cipher for
 * one message: there are no strong and weak copies of it (RFC 8551 2.7.1).
 */
#include "cms/capability.h"
#include "send/encrypt_plan.h"

static const struct cipher_row {
    enum sg_oid oid;
    const char *name;
} rows[SIGNET_NUM_CIPHERS] = {
    [SIGNET_CIPHER_AUTO] = {SG_OID_UNKNOWN, "auto"},
    [SIGNET_CIPHER_AES256_GCM] = {SG_OID_AES256_GCM, "aes256-gcm"},
    [SIGNET_CIPHER_AES192_GCM] = {SG_OID_AES192_GCM, "aes192-gcm"},
    [SIGNET_CIPHER_AES128_GCM] = {SG_OID_AES128_GCM, "aes128-gcm"},
    [SIGNET_CIPHER_CHACHA20_POLY1305] = {SG_OID_CHACHA20_POLY1305, "chacha20-poly1305"},
    [SIGNET_CIPHER_AES256_CBC] = {SG_OID_AES256_CBC, "aes256-cbc"},
    [SIGNET_CIPHER_AES192_CBC] = {SG_OID_AES192_CBC, "aes192-cbc"},
    [SIGNET_CIPHER_AES128_CBC] = {SG_OID_AES128_CBC, "aes128-cbc"},
    [SIGNET_CIPHER_3DES_CBC] = {SG_OID_DES_EDE3_CBC, "3des-cbc"},
};

const char *signet_cipher_name(enum signet_cipher cipher)
{
    return rows[cipher].name;
}

const struct sg_cipher_kind *sg_cipher_kind_of(enum signet_cipher cipher)
{
    return sg_cipher_kind_find(rows[cipher].oid);
}

/* A strong cipher for writing; AUTO for anything else. */
static enum signet_cipher cipher_of(enum sg_oid oid)
{
    for (size_t i = 1; i < SIGNET_NUM_CIPHERS; i++) {
        if (rows[i].oid == oid && !sg_cipher_kind_find(oid)->weak)
            return (enum signet_cipher)i;
    }
    return SIGNET_CIPHER_AUTO;
}

/* --- what they said */

static struct signet_span in_certificate(const struct signet_certificate *certificate)
{
    struct sg_extensions extensions = {certificate->extensions, certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&extensions, &extension)) {
        if (extension.oid == SG_OID_AA_SMIME_CAPABILITIES)
            return extension.value;
    }
    return (struct signet_span){NULL, 0};
}

static bool reads_oaep(struct signet_span capabilities)
{
    struct sg_capabilities list;
    struct sg_capability one;
    if (!sg_capabilities_parse(capabilities, &list))
        return false;
    while (sg_capabilities_next(&list, &one)) {
        if (one.type == SG_OID_RSAES_OAEP)
            return true;
    }
    return false;
}

/* What ADDRESSEE said by mail, lent by the store; {NULL,0} for nothing. */
static enum signet_status by_mail(struct signet_encrypt_plan *plan,
                                  const struct sg_addressee *addressee, struct signet_span *der)
{
    struct signet_capabilities said;
    bool found;
    *der = sg_span(NULL, 0);
    if (plan->store == NULL || addressee->address == NULL)
        return SIGNET_OK;
    if (addressee->choice != NULL) {
        *der = sg_choice_capabilities(addressee->choice);
        return SIGNET_OK;
    }
    enum signet_status status =
        signet_store_capabilities(plan->store, addressee->address, &said, &found);
    if (status == SIGNET_OK && found)
        *der = said.der;
    return status;
}

/* What was said by mail goes before what a CA wrote once (RFC 4262 2). */
enum signet_status sg_addressee_ask_capabilities(struct signet_encrypt_plan *plan,
                                                 struct sg_addressee *addressee)
{
    struct sg_capabilities list;
    struct signet_span der;
    if (addressee->chosen == NULL)
        return SIGNET_OK;
    enum signet_status status = by_mail(plan, addressee, &der);
    if (status != SIGNET_OK)
        return status;
    if (!sg_capabilities_parse(der, &list))
        der = in_certificate(addressee->chosen->certificate);
    if (!sg_capabilities_parse(der, &list))
        return SIGNET_OK;
    addressee->capabilities = sg_arena_copy(&plan->round, der);
    if (addressee->capabilities.ptr == NULL)
        return SIGNET_ERR_MEMORY;
    addressee->has_capabilities = true;
    addressee->oaep = reads_oaep(addressee->capabilities);
    return SIGNET_OK;
}

/* --- the choice */

static bool reads(const struct sg_addressee *addressee, enum signet_cipher cipher)
{
    struct sg_capabilities list;
    struct sg_capability one;
    if (!sg_capabilities_parse(addressee->capabilities, &list))
        return false;
    while (sg_capabilities_next(&list, &one)) {
        if (one.type == rows[cipher].oid)
            return true;
    }
    return false;
}

static bool all_read(const struct signet_encrypt_plan *plan, enum signet_cipher cipher)
{
    for (size_t i = 0; i < plan->num_addressees; i++) {
        if (plan->addressees[i].has_capabilities && !reads(&plan->addressees[i], cipher))
            return false;
    }
    return true;
}

/* The first cipher of FIRST's list that is strong and that all others have in theirs. */
static enum signet_cipher choose_by(const struct signet_encrypt_plan *plan,
                                    const struct sg_addressee *first)
{
    struct sg_capabilities list;
    struct sg_capability one;
    if (!sg_capabilities_parse(first->capabilities, &list))
        return SIGNET_CIPHER_AUTO;
    while (sg_capabilities_next(&list, &one)) {
        enum signet_cipher cipher = cipher_of(one.type);
        if (cipher != SIGNET_CIPHER_AUTO && all_read(plan, cipher))
            return cipher;
    }
    return SIGNET_CIPHER_AUTO;
}

enum signet_cipher sg_encrypt_choose_cipher(const struct signet_encrypt_plan *plan)
{
    if (plan->options.cipher != SIGNET_CIPHER_AUTO)
        return plan->options.cipher;
    for (size_t i = 0; i < plan->num_addressees; i++) {
        if (plan->addressees[i].has_capabilities)
            return choose_by(plan, &plan->addressees[i]);
    }
    return SIGNET_CIPHER_AES256_GCM;
}
