/* SPDX-License-Identifier: Apache-2.0 */
#include "enveloped_sample.h"
#include "x509/line_dump.h"

static const char *dumped(const char *name)
{
    struct sg_arena arena;
    struct line line;
    sg_arena_init(&arena, (size_t)1 << 24);
    struct sg_enveloped_data data = enveloped(name, &arena);
    line_begin(&line);
    sg_enveloped_data_dump(&data, &line.dump);
    const char *text = line_finish(&line);
    sg_arena_clear(&arena);
    return text;
}

static void shows_each_recipient(void **state)
{
    static const struct {
        const char *name, *part;
    } rows[] = {
        {"transport", "recipients=[{kind=key transport version=0 certificates=[{issuer=CN=Root,"
                      "O=Example serial="},
        {"transport", "}] key_encryption={algorithm=rsaEncryption parameters=#0500}}]"},
        {"transport-ski", "version=2 certificates=[{key_id=#"},
        {"agreement",
         "kind=key agreement version=3 certificates=[{issuer=CN=Root,O=Example serial="},
        {"agreement", "originator={public_key={algorithm=id-ecPublicKey"},
        {"agreement", "key_encryption={algorithm=dhSinglePass-stdDH-sha256kdf"},
        {"agreement-static", "originator={issuer=CN=Root,O=Example serial="},
        {"agreement-static-ski", "originator={key_id=#"},
        {"shared-key",
         "kind=shared key version=4 key_id=#6b65792037 key_encryption={algorithm=aes256-wrap}"},
        {"password", "kind=password version=0 key_source={algorithm=pbkdf2"},
        {"kem", "kind=key encapsulation version=0 certificates=[{issuer="},
        {"other", "recipients=[{kind=other type=1.3.6.1.4.1.32473.6.1}]"},
        {"broken-tag", "{kind=unknown malformed={expected=RecipientInfo offset="},
        {"broken-version", "{kind=key transport malformed={expected=version INTEGER offset="},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_contains(dumped(rows[i].name), rows[i].part);
}

static void shows_what_is_around_them(void **state)
{
    static const struct {
        const char *name, *part;
    } rows[] = {
        {"transport", "{version=0 certificates=[] crls=[] recipients=["},
        {"transport", "content={type=id-data encryption={algorithm=aes256-cbc parameters=#0410"},
        {"transport", "present=yes length=64}}"},
        {"content-absent", "present=no}"},
        {"originator", "certificates=[{kind=certificate length="},
        {"originator", "{kind=v1 attribute certificate length="},
        {"originator", "crls=[{kind=CRL length="},
        {"authenticated", "length=64 mac=#3c3c"},
        {"authenticated-attributes",
         "authenticated_attributes=[{type=contentType values=[id-data]}"},
        {"authenticated-attributes",
         "unprotected_attributes=[{type=1.3.6.1.4.1.32473.3.1 values=[#"},
        {"no-recipients", "recipients=[]"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_contains(dumped(rows[i].name), rows[i].part);
}

SG_TEST_MAIN(SG_TEST("C-ENV-4", shows_each_recipient), SG_TEST("C-CC-3", shows_what_is_around_them))
