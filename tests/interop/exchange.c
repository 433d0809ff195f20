/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library's readers and writers as a program that tests can run:
 *
 *   exchange bundle FORM OUT IN…             certs-only, certs-only-pem, certs-only-mime, pem
 *   exchange list IN [PASSPHRASE]            what a bundle or a PKCS #12 file holds, a line each
 *   exchange key IN PASSPHRASE FORM NEW OUT  der, pem, der-scrypt
 *   exchange pkcs12 OUT PASSPHRASE KEY CERTIFICATE NAME ISSUER…   NAME old-…: for old readers
 *   exchange sign OUT CONTENT KEY CERTIFICATE FORM   detached, opaque, with -pss, -sha512, -ski
 */
#include "cms/signed_attributes.h"
#include "cms/signer_write.h"
#include "signet/bundle.h"
#include "signet/pkcs12.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OBJECTS = 64 };

struct objects {
    struct signet_certificate *certificates[MAX_OBJECTS];
    struct signet_crl *crls[MAX_OBJECTS];
    size_t num_certificates, num_crls;
};

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void check(const char *what, enum signet_status status)
{
    if (status != SIGNET_OK)
        fail(what, signet_status_name(status));
}

static struct signet_span read_file(const char *name)
{
    static const size_t cap = (size_t)1 << 20;
    FILE *file = fopen(name, "rb");
    uint8_t *octets = malloc(cap);
    if (file == NULL || octets == NULL)
        fail(name, "cannot be read");
    size_t len = fread(octets, 1, cap, file);
    fclose(file);
    return (struct signet_span){octets, len};
}

static bool into_file(void *context, struct signet_span bytes)
{
    return bytes.len == 0 || fwrite(bytes.ptr, 1, bytes.len, context) == bytes.len;
}

static struct signet_sink open_sink(const char *name)
{
    struct signet_sink sink = {into_file, fopen(name, "wb")};
    if (sink.context == NULL)
        fail(name, "cannot be written");
    return sink;
}

static void close_sink(const char *name, const struct signet_sink *sink)
{
    if (fclose(sink->context) != 0)
        fail(name, "cannot be written");
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct objects *objects = context;
    if (objects->num_certificates == MAX_OBJECTS)
        return SIGNET_ERR_LIMIT;
    objects->certificates[objects->num_certificates++] = signet_certificate_ref(certificate);
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct objects *objects = context;
    if (objects->num_crls == MAX_OBJECTS)
        return SIGNET_ERR_LIMIT;
    objects->crls[objects->num_crls++] = signet_crl_ref(crl);
    return SIGNET_OK;
}

static void read_bundle(const char *name, struct objects *objects)
{
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate, .crl = take_crl, .context = objects};
    size_t num_bad = 0;
    check(name, signet_bundle_read(read_file(name), &callbacks, &num_bad, NULL));
    if (num_bad > 0)
        fail(name, "not all of it could be read");
}

static int write_bundle(char **words, int num)
{
    static const struct {
        const char *name;
        enum signet_bundle_form form;
    } forms[] = {{"certs-only", SIGNET_BUNDLE_CERTS_ONLY},
                 {"certs-only-pem", SIGNET_BUNDLE_CERTS_ONLY_PEM},
                 {"certs-only-mime", SIGNET_BUNDLE_CERTS_ONLY_MIME},
                 {"pem", SIGNET_BUNDLE_PEM}};
    struct objects objects = {.num_crls = 0};
    for (int i = 2; i < num; i++)
        read_bundle(words[i], &objects);
    const struct signet_bundle bundle = {
        .certificates = (const struct signet_certificate *const *)objects.certificates,
        .num_certificates = objects.num_certificates,
        .crls = (const struct signet_crl *const *)objects.crls,
        .num_crls = objects.num_crls};
    struct signet_sink sink = open_sink(words[1]);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(words[0], forms[i].name) == 0)
            check(words[0], signet_bundle_write(&bundle, forms[i].form, &sink, NULL));
    }
    close_sink(words[1], &sink);
    return 0;
}

static void print_hash(const char *kind, const struct signet_certificate *certificate)
{
    struct signet_span hash = signet_certificate_sha256(certificate);
    printf("%s ", kind);
    for (size_t i = 0; i < hash.len; i++)
        printf("%02x", hash.ptr[i]);
    putchar('\n');
}

static enum signet_status print_certificate(void *context, struct signet_certificate *certificate,
                                            const char *name)
{
    (void)context;
    (void)name;
    print_hash("certificate", certificate);
    return SIGNET_OK;
}

static enum signet_status print_key(void *context, struct signet_key *key,
                                    struct signet_certificate *certificate, const char *name)
{
    (void)context;
    (void)key;
    printf("name %s\n", name != NULL ? name : "");
    if (certificate == NULL)
        fail("key", "no certificate is for it");
    print_hash("key", certificate);
    return SIGNET_OK;
}

static struct signet_span as_span(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, strlen(text)};
}

static int list(char **words, int num)
{
    struct signet_span bytes = read_file(words[0]);
    if (signet_pkcs12_is(bytes)) {
        const struct signet_pkcs12_callbacks callbacks = {.key = print_key,
                                                          .certificate = print_certificate};
        size_t num_bad;
        enum signet_key_trouble trouble;
        enum signet_status status = signet_pkcs12_read(bytes, as_span(num > 1 ? words[1] : ""),
                                                       &callbacks, &num_bad, &trouble);
        if (status != SIGNET_OK)
            fail(words[0], signet_key_trouble_text(trouble));
        return num_bad > 0;
    }
    struct objects objects = {.num_crls = 0};
    read_bundle(words[0], &objects);
    for (size_t i = 0; i < objects.num_certificates; i++)
        print_hash("certificate", objects.certificates[i]);
    for (size_t i = 0; i < objects.num_crls; i++)
        printf("crl %zu octets\n", signet_crl_der(objects.crls[i]).len);
    return 0;
}

static struct signet_key *read_key(const char *name, const char *passphrase)
{
    struct signet_key *key;
    enum signet_key_trouble trouble;
    if (signet_key_read(read_file(name), as_span(passphrase), &key, &trouble) != SIGNET_OK)
        fail(name, signet_key_trouble_text(trouble));
    return key;
}

static int write_key(char **words, int num)
{
    (void)num;
    const struct signet_key_form form = {.pem = strcmp(words[2], "pem") == 0,
                                         .derivation = strcmp(words[2], "der-scrypt") == 0
                                                           ? SIGNET_DERIVE_SCRYPT
                                                           : SIGNET_DERIVE_PBKDF2};
    struct signet_sink sink = open_sink(words[4]);
    check(words[4],
          signet_key_write(read_key(words[0], words[1]), as_span(words[3]), &form, &sink, NULL));
    close_sink(words[4], &sink);
    return 0;
}

static int write_pkcs12(char **words, int num)
{
    struct objects own = {.num_crls = 0}, others = {.num_crls = 0};
    read_bundle(words[3], &own);
    for (int i = 5; i < num; i++)
        read_bundle(words[i], &others);
    const struct signet_pkcs12_own pair = {read_key(words[2], ""), own.certificates[0], words[4]};
    const struct signet_pkcs12_content content = {
        &pair, 1, (const struct signet_certificate *const *)others.certificates,
        others.num_certificates, strncmp(words[4], "old-", 4) == 0};
    struct signet_sink sink = open_sink(words[0]);
    check(words[0], signet_pkcs12_write(&content, as_span(words[1]), &sink, NULL));
    close_sink(words[0], &sink);
    return 0;
}

static int sign(char **words, int num)
{
    static const enum sg_oid ciphers[] = {SG_OID_AES256_GCM, SG_OID_AES256_CBC, SG_OID_AES128_CBC};
    (void)num;
    struct objects own = {.num_crls = 0};
    struct sg_buffer capabilities;
    struct sg_crypto *crypto;
    struct signet_span content = read_file(words[1]), certificate;
    read_bundle(words[3], &own);
    check("crypto", sg_crypto_new(&crypto));
    sg_buffer_init(&capabilities, 1000);
    sg_capabilities_put(&capabilities, ciphers, sizeof ciphers / sizeof *ciphers);
    certificate = signet_certificate_der(own.certificates[0]);
    const struct sg_new_signer signer = {
        .key = read_key(words[2], ""),
        .certificate = own.certificates[0],
        .by_key_id = strstr(words[4], "-ski") != NULL,
        .wish = {strstr(words[4], "-sha512") != NULL ? SG_DIGEST_SHA512 : SG_DIGEST_NONE,
                 strstr(words[4], "-pss") != NULL},
        .signing_time = own.certificates[0]->not_before + 60,
        .capabilities = sg_buffer_span(&capabilities),
        .encrypt_to = own.certificates[0],
    };
    struct sg_signing signing = {.signers = &signer,
                                 .num_signers = 1,
                                 .certificates = {&certificate, 1},
                                 .content_type = SG_OID_CT_DATA,
                                 .content = &content,
                                 .num_content = 1,
                                 .detached = strncmp(words[4], "detached", 8) == 0};
    struct signet_sink sink = open_sink(words[0]);
    check(words[0], sg_signed_data_sign(crypto, &signing, &sink, NULL));
    close_sink(words[0], &sink);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int min_words;
        int (*run)(char **words, int num);
    } verbs[] = {{"bundle", 3, write_bundle},
                 {"list", 1, list},
                 {"key", 5, write_key},
                 {"pkcs12", 5, write_pkcs12},
                 {"sign", 5, sign}};
    for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(argv[1], verbs[i].name) == 0 && argc - 2 >= verbs[i].min_words)
            return verbs[i].run(argv + 2, argc - 2);
    }
    fail("exchange", "see the head of exchange.c");
}
