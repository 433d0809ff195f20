/* SPDX-License-Identifier: Apache-2.0 */
#include "compose.h"

#define MESSAGE                                                                                    \
    "From: a@example.org\nBcc: c@example.org\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>\n"

static struct sg_arena arena;

static void prepare(struct sg_content *content)
{
    struct sg_compose_error error = {NULL, NULL};
    sg_arena_clear(&arena);
    sg_arena_init(&arena, COMPOSE_ARENA);
    assert_int_equal(sg_content_prepare(text_bytes(MESSAGE), &arena, content, &error), SIGNET_OK);
}

static void writes_multipart_signed(void **state)
{
    (void)state;
    struct sg_content content;
    prepare(&content);
    struct kept kept;
    assert_int_equal(sg_mail_write_signed(&content, true, "sha-256", "=_b", text_bytes("sig"),
                                          keep_begin(&kept), NULL),
                     SIGNET_OK);
    assert_span_text(keep_end(&kept),
                     "From: a@example.org\r\n"
                     "MIME-Version: 1.0\r\n"
                     "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n"
                     " micalg=sha-256;\r\n"
                     " boundary=\"=_b\"\r\n"
                     "\r\n"
                     "This is a signed message in MIME format (S/MIME).\r\n"
                     "\r\n"
                     "--=_b\r\n"
                     "Content-Type: text/html;\r\n"
                     " charset=us-ascii\r\n"
                     "\r\n"
                     "<p>\r\n"
                     "\r\n"
                     "--=_b\r\n"
                     "Content-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
                     "Content-Transfer-Encoding: base64\r\n"
                     "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n"
                     "Content-Description: S/MIME Cryptographic Signature\r\n"
                     "\r\n"
                     "c2ln\r\n"
                     "\r\n"
                     "--=_b--\r\n");
}

static void quotes_several_digests(void **state)
{
    (void)state;
    struct sg_content content;
    prepare(&content);
    struct kept kept;
    assert_int_equal(sg_mail_write_signed(&content, true, "sha-256,sha-512", "=_b",
                                          text_bytes("sig"), keep_begin(&kept), NULL),
                     SIGNET_OK);
    assert_non_null(strstr(as_text(keep_end(&kept)), "\r\n micalg=\"sha-256,sha-512\";\r\n"));
    static const char *const bad[] = {"", "SHA-256", "sha-256\r\nX: y", "sha-256\"", "a b"};
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_compose_error error = {NULL, NULL};
        assert_int_equal(sg_mail_write_signed(&content, true, bad[i], "=_b", text_bytes("sig"),
                                              keep_begin(&kept), &error),
                         SIGNET_ERR_ARGUMENT);
        assert_non_null(error.why);
        assert_int_equal(keep_end(&kept).len, 0);
    }
}

static void writes_the_forms_of_pkcs7_mime(void **state)
{
    (void)state;
    static const struct {
        enum sg_mail_kind kind;
        const char *name, *type, *file;
    } forms[] = {
        {SG_MAIL_SIGNED, "signed-data", "smime-type=signed-data;\r\n name=\"smime.p7m\"",
         "\"smime.p7m\""},
        {SG_MAIL_ENVELOPED, "enveloped-data", "smime-type=enveloped-data;\r\n name=\"smime.p7m\"",
         "\"smime.p7m\""},
        {SG_MAIL_AUTH_ENVELOPED, "authEnveloped-data",
         "smime-type=authEnveloped-data;\r\n name=\"smime.p7m\"", "\"smime.p7m\""},
        {SG_MAIL_CERTIFICATES, "certs-only", "smime-type=certs-only;\r\n name=\"smime.p7c\"",
         "\"smime.p7c\""},
        {SG_MAIL_COMPRESSED, "compressed-data",
         "smime-type=compressed-data;\r\n name=\"smime.p7z\"", "\"smime.p7z\""},
    };
    struct sg_content content;
    prepare(&content);
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        char wanted[1024];
        snprintf(wanted, sizeof(wanted),
                 "From: a@example.org\r\nBcc: c@example.org\r\nMIME-Version: 1.0\r\n"
                 "Content-Type: application/pkcs7-mime; %s\r\n"
                 "Content-Transfer-Encoding: base64\r\n"
                 "Content-Disposition: attachment; filename=%s\r\n\r\nMIIB\r\n",
                 forms[i].type, forms[i].file);
        struct kept kept;
        struct sg_base64 base64;
        sg_mail_begin_cms(&content, false, forms[i].kind, keep_begin(&kept), &base64);
        sg_base64_add(&base64, text_bytes("\x30\x82"));
        sg_base64_add(&base64, text_bytes("\x01"));
        sg_base64_end(&base64);
        assert_span_text(keep_end(&kept), wanted);
        assert_string_equal(sg_mail_kind_name(forms[i].kind), forms[i].name);
    }
    struct kept kept;
    struct sg_base64 base64;
    sg_mail_begin_cms(NULL, false, SG_MAIL_CERTIFICATES, keep_begin(&kept), &base64);
    sg_base64_end(&base64);
    assert_int_equal(strncmp(as_text(keep_end(&kept)), "MIME-Version", 12), 0);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-MIME-12", writes_multipart_signed), SG_TEST("", quotes_several_digests),
             SG_TEST("C-MIME-12", writes_the_forms_of_pkcs7_mime))
