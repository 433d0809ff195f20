/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inprocess-openssl mail SIGNATURE CONTENT ANCHORS EPOCH TIMES: verifies a detached SignedData over
 * CONTENT under ANCHORS (PEM, with CRLs) so many times, from its octets each time.
 * inprocess-openssl path ANCHOR EPOCH TIMES NUMBER-OF-CRLS CRL... TARGET CERTIFICATE...: decodes
 * all of these DER files and validates TARGET, each time.
 */
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what)
{
    fprintf(stderr, "inprocess-openssl: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

struct octets {
    unsigned char *ptr;
    size_t len;
};

static struct octets slurp(const char *file)
{
    struct octets octets = {NULL, 0};
    FILE *in = fopen(file, "rb");

    if (in == NULL || fseek(in, 0, SEEK_END) != 0)
        fail(file);
    octets.len = (size_t)ftell(in);
    rewind(in);
    octets.ptr = malloc(octets.len + 1);
    if (octets.ptr == NULL || fread(octets.ptr, 1, octets.len, in) != octets.len)
        fail(file);
    fclose(in);
    return octets;
}

static X509_VERIFY_PARAM *parameters(const char *epoch, int purpose)
{
    X509_VERIFY_PARAM *made = X509_VERIFY_PARAM_new();

    X509_VERIFY_PARAM_set_time(made, strtol(epoch, NULL, 10));
    X509_VERIFY_PARAM_set_flags(made, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    if (purpose != 0)
        X509_VERIFY_PARAM_set_purpose(made, purpose);
    return made;
}

static void verify_mail(struct octets signature, struct octets content, X509_STORE *store)
{
    const unsigned char *at = signature.ptr;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature.len);
    BIO *in = BIO_new_mem_buf(content.ptr, (int)content.len);

    if (cms == NULL || CMS_verify(cms, NULL, store, in, NULL, CMS_BINARY) != 1)
        fail("CMS_verify");
    BIO_free(in);
    CMS_ContentInfo_free(cms);
}

static int mail(char **arguments)
{
    struct octets signature = slurp(arguments[0]), content = slurp(arguments[1]);
    X509_STORE *store = X509_STORE_new();

    if (X509_STORE_load_locations(store, arguments[2], NULL) != 1)
        fail(arguments[2]);
    X509_STORE_set1_param(store, parameters(arguments[3], X509_PURPOSE_SMIME_SIGN));
    for (long times = strtol(arguments[4], NULL, 10); times > 0; times--)
        verify_mail(signature, content, store);
    return 0;
}

static X509 *decode_certificate(struct octets der)
{
    const unsigned char *at = der.ptr;
    X509 *made = d2i_X509(NULL, &at, (long)der.len);

    if (made == NULL)
        fail("d2i_X509");
    return made;
}

static X509_CRL *decode_crl(struct octets der)
{
    const unsigned char *at = der.ptr;
    X509_CRL *made = d2i_X509_CRL(NULL, &at, (long)der.len);

    if (made == NULL)
        fail("d2i_X509_CRL");
    return made;
}

struct material {
    struct octets anchor, crls[16], certificates[16];
    size_t num_crls, num_certificates;
    const char *epoch;
};

static void verify_path(const struct material *material)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    X509 *anchor = decode_certificate(material->anchor), *target = NULL;
    X509_VERIFY_PARAM *wanted = parameters(material->epoch, 0);

    X509_STORE_add_cert(store, anchor);
    X509_STORE_set1_param(store, wanted);
    for (size_t i = 0; i < material->num_crls; i++) {
        X509_CRL *crl = decode_crl(material->crls[i]);
        X509_STORE_add_crl(store, crl);
        X509_CRL_free(crl);
    }
    for (size_t i = 0; i < material->num_certificates; i++) {
        X509 *one = decode_certificate(material->certificates[i]);
        if (i == 0)
            target = one;
        else
            sk_X509_push(others, one);
    }
    if (X509_STORE_CTX_init(context, store, target, others) != 1 || X509_verify_cert(context) != 1)
        fail("X509_verify_cert");
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    sk_X509_pop_free(others, X509_free);
    X509_free(target);
    X509_free(anchor);
    X509_VERIFY_PARAM_free(wanted);
}

static int path(int num, char **arguments)
{
    struct material material = {.anchor = slurp(arguments[0]), .epoch = arguments[1]};
    long times = strtol(arguments[2], NULL, 10);

    material.num_crls = (size_t)strtol(arguments[3], NULL, 10);
    material.num_certificates = (size_t)num - 4 - material.num_crls;
    for (size_t i = 0; i < material.num_crls; i++)
        material.crls[i] = slurp(arguments[4 + i]);
    for (size_t i = 0; i < material.num_certificates; i++)
        material.certificates[i] = slurp(arguments[4 + material.num_crls + i]);
    for (; times > 0; times--)
        verify_path(&material);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 7 && strcmp(argv[1], "mail") == 0)
        return mail(argv + 2);
    if (argc > 6 && strcmp(argv[1], "path") == 0)
        return path(argc - 2, argv + 2);
    fail("usage: mail SIGNATURE CONTENT ANCHORS EPOCH TIMES | path ANCHOR EPOCH TIMES "
         "NUMBER-OF-CRLS "
         "CRL... TARGET CERTIFICATE...");
    return 2;
}
