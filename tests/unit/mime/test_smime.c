/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/smime.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_part *parsed(const char *headers, const char *body)
{
    static const struct sg_mime_limits limits = {10, 100};
    size_t room = strlen(headers) + strlen(body) + 10;
    char *message = sg_test_keep(malloc(room));
    struct sg_part *part;
    snprintf(message, room, "%s\n\n%s", headers, body);
    sg_arena_clear(&arena);
    sg_arena_init(&arena, 1 << 20);
    assert_true(sg_part_parse(text_bytes(message), &limits, &arena, &part));
    return part;
}

static void recognises_what_holds_cms(void **state)
{
    static const struct {
        const char *headers;
        enum sg_smime smime;
    } rows[] = {
        {"Content-Type: application/pkcs7-mime", SG_SMIME_CMS},
        {"content-type: APPLICATION/PKCS7-MIME; SMIME-TYPE=whatever; x=y", SG_SMIME_CMS},
        {"Content-Type: application/pkcs7-mime;\n smime-type=signed-data;\n name*0=smi; "
         "name*1=me.p7m",
         SG_SMIME_CMS},
        {"Content-Type: application/pkcs7-mime; name=smime.p7s", SG_SMIME_CMS},
        {"Content-Type: application/x-pkcs7-mime", SG_SMIME_CMS},
        {"Content-Type: application/pkcs7-signature", SG_SMIME_SIGNATURE},
        {"Content-Type: application/x-pkcs7-signature", SG_SMIME_SIGNATURE},
        {"Content-Type: application/octet-stream; name=smime.p7m", SG_SMIME_CMS},
        {"Content-Type: application/octet-stream; name=\"a b.P7C\"", SG_SMIME_CMS},
        {"Content-Type: application/octet-stream; name*=utf-8''x%2Ep7z", SG_SMIME_CMS},
        {"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.p7s",
         SG_SMIME_SIGNATURE},
        {"Content-Type: application/octet-stream; name=a.p7m\nContent-Disposition: x; "
         "filename=a.bin",
         SG_SMIME_CMS},
        {"Content-Type: application/octet-stream; name=a.p7m.exe", SG_SMIME_NONE},
        {"Content-Type: application/octet-stream; name=.p7m", SG_SMIME_NONE},
        {"Content-Type: application/octet-stream; name=xp7m", SG_SMIME_NONE},
        {"Content-Type: application/octet-stream", SG_SMIME_NONE},
        {"Content-Type: text/plain; name=smime.p7m", SG_SMIME_NONE},
        {"Content-Type: text/pkcs7-mime", SG_SMIME_NONE},
        {"Content-Type: application/pkcs7-mimes", SG_SMIME_NONE},
        {"Subject: none", SG_SMIME_NONE},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (sg_part_smime(parsed(rows[i].headers, "x")) != rows[i].smime)
            fail_msg("%s", rows[i].headers);
    }
    sg_arena_clear(&arena);
}

static void recognises_multipart_signed(void **state)
{
    static const struct {
        const char *params, *second;
        enum sg_smime smime;
    } rows[] = {
        {"protocol=\"application/pkcs7-signature\"; boundary=b", "application/pkcs7-signature",
         SG_SMIME_MULTIPART},
        {"boundary=b;\n protocol=application/x-pkcs7-signature", "x/y", SG_SMIME_MULTIPART},
        {"boundary=b; PROTOCOL=\"Application/PKCS7-Signature\"", "x/y", SG_SMIME_MULTIPART},
        {"boundary=b", "application/pkcs7-signature", SG_SMIME_MULTIPART},
        {"boundary=b; protocol=application/pgp-signature", "application/x-pkcs7-signature",
         SG_SMIME_MULTIPART},
        {"boundary=b; protocol=x", "application/octet-stream; name=smime.p7s", SG_SMIME_MULTIPART},
        {"boundary=b; protocol=application/pkcs7-mime", "x/y", SG_SMIME_MULTIPART},
        {"boundary=b; protocol=application/pgp-signature", "application/pgp-signature",
         SG_SMIME_NONE},
        {"boundary=b; protocol=\"application/\"", "x/y", SG_SMIME_NONE},
        {"boundary=b", "text/plain; name=smime.p7s", SG_SMIME_NONE},
        {"protocol=\"application/pkcs7-signature\"", "x/y", SG_SMIME_MULTIPART}, /* no boundary */
        {"", "application/pkcs7-signature", SG_SMIME_NONE},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char headers[200], body[200];
        snprintf(headers, sizeof(headers), "Content-Type: multipart/signed; %s", rows[i].params);
        snprintf(body, sizeof(body), "--b\n\nx\n--b\nContent-Type: %s\n\ny\n--b--\n",
                 rows[i].second);
        if (sg_part_smime(parsed(headers, body)) != rows[i].smime)
            fail_msg("%s, %s", rows[i].params, rows[i].second);
    }
    assert_int_equal(sg_part_smime(parsed("Content-Type: multipart/mixed; boundary=b; "
                                          "protocol=application/pkcs7-signature",
                                          "")),
                     SG_SMIME_NONE);
    sg_arena_clear(&arena);
}

static void knows_micalg_in_every_spelling(void **state)
{
    static const struct {
        const char *micalg, *digest;
        bool names;
    } rows[] = {
        {"sha-256", "sha-256", true},
        {"sha256", "sha-256", true},
        {"SHA_256", "sha-256", true},
        {"\tsha1 ", "sha-1", true},
        {"sha-1", "sha-1", true},
        {"md5", "md5", true},
        {"rsa-md5", "md5", true},
        {"rsa-sha1", "sha-1", true},
        {"RSA-SHA256", "sha-256", true},
        {"md5,sha-1", "sha-1", true},
        {"md5, rsa-sha256", "sha-256", true},
        {"sha3-256", "sha3-256", true},
        {"sha-1", "sha-256", false},
        {"sha-25", "sha-256", false},
        {"sha-2560", "sha-256", false},
        {"", "sha-256", false},
        {",,", "sha-256", false},
        {"unknown", "sha-256", false},
        {"rsa-", "sha-256", false},
        {"sha256", "sha3-256", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        bool names = sg_micalg_names(text_bytes(rows[i].micalg), rows[i].digest);
        if (names != rows[i].names)
            fail_msg("\"%s\" for %s: %d", rows[i].micalg, rows[i].digest, names);
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-1 C-MIME-3 C-MIME-4", recognises_what_holds_cms),
             SG_TEST("C-MIME-4", recognises_multipart_signed),
             SG_TEST("C-MIME-6", knows_micalg_in_every_spelling))
