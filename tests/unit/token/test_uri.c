/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "test.h"

#include "token/uri.h"

static struct sg_arena arena;

static const char *parse(const char *text, struct sg_token_uri *uri)
{
    sg_arena_clear(&arena);
    sg_arena_init(&arena, (size_t)1 << 20);
    return sg_token_uri_parse(sg_span_text(text), &arena, uri);
}

static void assert_octets(struct signet_span span, const char *text)
{
    if (text == NULL)
        assert_null(span.ptr);
    else
        assert_span_equal(span, sg_span_text(text));
}

static void reads_what_rfc_7512_writes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *token, *serial, *object, *id, *module, *pin;
        enum sg_token_uri_type type;
    } rows[] = {
        {"pkcs11:", NULL, NULL, NULL, NULL, NULL, NULL, SG_TOKEN_URI_ANY},
        {"PKCS11:token=a", "a", NULL, NULL, NULL, NULL, NULL, SG_TOKEN_URI_ANY},
        {"pkcs11:object=my-pubkey;type=public", NULL, NULL, "my-pubkey", NULL, NULL, NULL,
         SG_TOKEN_URI_PUBLIC},
        {"pkcs11:object=my-key;type=private?pin-source=file:/etc/token", NULL, NULL, "my-key", NULL,
         NULL, "/etc/token", SG_TOKEN_URI_PRIVATE},
        {"pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;"
         "manufacturer=Snake%20Oil,%20Inc.;model=1.0;object=my-certificate;type=cert;"
         "id=%69%95%3E%5C%F4%BD%EC%91;serial=?pin-source=file:///etc/token_pin",
         "The Software PKCS#11 Softtoken", "", "my-certificate", "\x69\x95\x3e\x5c\xf4\xbd\xec\x91",
         NULL, "/etc/token_pin", SG_TOKEN_URI_CERTIFICATE},
        {"pkcs11:object=x;type=secret-key?module-path=/lib/libmypkcs11.so.1&pin-source=/p", NULL,
         NULL, "x", NULL, "/lib/libmypkcs11.so.1", "/p", SG_TOKEN_URI_OTHER},
        {"pkcs11:id=;token=a=b", "a=b", NULL, NULL, "", NULL, NULL, SG_TOKEN_URI_ANY},
        {"pkcs11:token=a;?", "a", NULL, NULL, NULL, NULL, NULL, SG_TOKEN_URI_ANY},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_token_uri uri;
        assert_null(parse(rows[i].text, &uri));
        assert_octets(uri.token, rows[i].token);
        assert_octets(uri.serial, rows[i].serial);
        assert_octets(uri.object, rows[i].object);
        assert_octets(uri.id, rows[i].id);
        assert_octets(uri.module_path, rows[i].module);
        assert_octets(uri.pin_source, rows[i].pin);
        assert_int_equal(uri.type, rows[i].type);
    }
}

static void refuses_what_it_does_not_understand(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"", "begin"},
        {"pkcs12:token=a", "begin"},
        {"pkcs11:token", "NAME=VALUE"},
        {"pkcs11:;token=a", "NAME=VALUE"},
        {"pkcs11:=a", "not known"},
        {"pkcs11:Token=a", "not known"},
        {"pkcs11:slot-id=1", "not known"},
        {"pkcs11:x-vendor=1", "not known"},
        {"pkcs11:token=a;token=a", "twice"},
        {"pkcs11:type=cert;type=cert", "twice"},
        {"pkcs11:token=a b", "hexadecimal"},
        {"pkcs11:token=a%", "hexadecimal"},
        {"pkcs11:token=a%4", "hexadecimal"},
        {"pkcs11:token=a%4g", "hexadecimal"},
        {"pkcs11:token=\xc3\xa4", "hexadecimal"},
        {"pkcs11:module-path=/x", "not known"},
        {"pkcs11:?token=a", "not known"},
        {"pkcs11:?pin-value=1234", "list of processes"},
        {"pkcs11:?module-name=opensc", "module-path"},
        {"pkcs11:?module-path=", "no path"},
        {"pkcs11:?module-path=/a%00b", "no path"},
        {"pkcs11:?pin-source=|/bin/pin", "absolute path"},
        {"pkcs11:?pin-source=file://elsewhere/pin", "absolute path"},
        {"pkcs11:?pin-source=pin", "absolute path"},
        {"pkcs11:?pin-source=/pin%00", "absolute path"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_token_uri uri;
        const char *why = parse(rows[i].text, &uri);
        if (why == NULL || strstr(why, rows[i].why) == NULL)
            fail_msg("%s: %s", rows[i].text, why == NULL ? "read" : why);
    }
    char text[SG_TOKEN_URI_MAX_LEN + 2];
    struct sg_token_uri uri;
    memset(text, 'a', sizeof(text));
    memcpy(text, "pkcs11:token=", 13);
    text[sizeof(text) - 1] = '\0';
    assert_non_null(parse(text, &uri));
    text[sizeof(text) - 2] = '\0';
    assert_null(parse(text, &uri));
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "pkcs11:",
        "pkcs11:?module-path=/usr/lib/x.so",
        "pkcs11:type=private",
        "pkcs11:model=m;manufacturer=n;serial=;token=a%20%3B%25;id=%00%FF;object=%C3%A4;type=cert"
        "?module-path=/a%26b&pin-source=/p%3Fq",
    };
    for (size_t i = 0; i < SG_NUM(texts); i++) {
        struct sg_token_uri uri;
        struct sg_buffer text;
        sg_buffer_init(&text, 4096);
        assert_null(parse(texts[i], &uri));
        sg_token_uri_write(&text, &uri);
        assert_span_equal(sg_buffer_span(&text), sg_span_text(texts[i]));
        sg_buffer_free(&text);
    }
}

static void says_when_memory_is_out(void **state)
{
    (void)state;
    struct sg_token_uri uri;
    sg_arena_clear(&arena);
    sg_arena_init(&arena, (size_t)1 << 20);
    fault_begin(0);
    const char *why = sg_token_uri_parse(sg_span_text("pkcs11:token=a"), &arena, &uri);
    fault_end();
    assert_non_null(why);
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", reads_what_rfc_7512_writes),
             SG_TEST("C-KEY-2", refuses_what_it_does_not_understand),
             SG_TEST("", writes_what_it_reads), SG_TEST("", says_when_memory_is_out))
