/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inprocess-gnutls, the same as inprocess-openssl: mail SIGNATURE CONTENT ANCHORS EPOCH TIMES, or
 * path ANCHOR EPOCH TIMES NUMBER-OF-CRLS CRL... TARGET CERTIFICATE...
 * GnuTLS reads the time through a function of the caller's, and takes CRLs without looking at their
 * signatures here: it would refuse those of CAs that are no anchors.
 */
#include <gnutls/gnutls.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static time_t judged_for;

static time_t tell_time(time_t *out)
{
    if (out != NULL)
        *out = judged_for;
    return judged_for;
}

static void fail(const char *what, int code)
{
    fprintf(stderr, "inprocess-gnutls: %s: %s\n", what, gnutls_strerror(code));
    exit(1);
}

static gnutls_datum_t slurp(const char *file)
{
    gnutls_datum_t octets;
    int code = gnutls_load_file(file, &octets);

    if (code != 0)
        fail(file, code);
    return octets;
}

static void verify_mail(gnutls_datum_t signature, gnutls_datum_t content,
                        gnutls_x509_trust_list_t list)
{
    gnutls_pkcs7_t message;
    int code = gnutls_pkcs7_init(&message);

    if (code == 0)
        code = gnutls_pkcs7_import(message, &signature, GNUTLS_X509_FMT_DER);
    if (code == 0)
        code = gnutls_pkcs7_verify(message, list, NULL, 0, 0, &content, 0);
    if (code != 0)
        fail("gnutls_pkcs7_verify", code);
    gnutls_pkcs7_deinit(message);
}

static int mail(char **arguments)
{
    gnutls_datum_t signature = slurp(arguments[0]), content = slurp(arguments[1]);
    gnutls_x509_trust_list_t list;
    int code = gnutls_x509_trust_list_init(&list, 0);

    judged_for = strtol(arguments[3], NULL, 10);
    if (code == 0)
        code = gnutls_x509_trust_list_add_trust_file(list, arguments[2], arguments[2],
                                                     GNUTLS_X509_FMT_PEM, 0, 0);
    if (code < 0)
        fail(arguments[2], code);
    for (long times = strtol(arguments[4], NULL, 10); times > 0; times--)
        verify_mail(signature, content, list);
    return 0;
}

struct material {
    gnutls_datum_t anchor, crls[16], certificates[16];
    unsigned num_crls, num_certificates;
};

static gnutls_x509_crt_t decode_certificate(gnutls_datum_t der)
{
    gnutls_x509_crt_t made;
    int code = gnutls_x509_crt_init(&made);

    if (code == 0)
        code = gnutls_x509_crt_import(made, &der, GNUTLS_X509_FMT_DER);
    if (code != 0)
        fail("gnutls_x509_crt_import", code);
    return made;
}

static gnutls_x509_crl_t decode_crl(gnutls_datum_t der)
{
    gnutls_x509_crl_t made;
    int code = gnutls_x509_crl_init(&made);

    if (code == 0)
        code = gnutls_x509_crl_import(made, &der, GNUTLS_X509_FMT_DER);
    if (code != 0)
        fail("gnutls_x509_crl_import", code);
    return made;
}

static void verify_path(const struct material *material)
{
    gnutls_x509_trust_list_t list;
    gnutls_x509_crt_t anchor = decode_certificate(material->anchor), chain[16];
    gnutls_x509_crl_t crls[16];
    unsigned status;
    int code = gnutls_x509_trust_list_init(&list, 0);

    if (code != 0 || gnutls_x509_trust_list_add_cas(list, &anchor, 1, 0) != 1)
        fail("anchor", code);
    for (unsigned i = 0; i < material->num_crls; i++)
        crls[i] = decode_crl(material->crls[i]);
    for (unsigned i = 0; i < material->num_certificates; i++)
        chain[i] = decode_certificate(material->certificates[i]);
    if (gnutls_x509_trust_list_add_crls(list, crls, material->num_crls, 0, 0) !=
        (int)material->num_crls)
        fail("CRLs", 0);
    code = gnutls_x509_trust_list_verify_crt(list, chain, material->num_certificates, 0, &status,
                                             NULL);
    if (code != 0 || status != 0)
        fail("gnutls_x509_trust_list_verify_crt", code);
    for (unsigned i = 0; i < material->num_certificates; i++)
        gnutls_x509_crt_deinit(chain[i]);
    gnutls_x509_trust_list_deinit(list, 1);
}

static int path(int num, char **arguments)
{
    struct material material = {.anchor = slurp(arguments[0])};
    long times = strtol(arguments[2], NULL, 10);

    judged_for = strtol(arguments[1], NULL, 10);
    material.num_crls = (unsigned)strtol(arguments[3], NULL, 10);
    material.num_certificates = (unsigned)num - 4 - material.num_crls;
    for (unsigned i = 0; i < material.num_crls; i++)
        material.crls[i] = slurp(arguments[4 + i]);
    for (unsigned i = 0; i < material.num_certificates; i++)
        material.certificates[i] = slurp(arguments[4 + material.num_crls + i]);
    for (; times > 0; times--)
        verify_path(&material);
    return 0;
}

int main(int argc, char **argv)
{
    gnutls_global_set_time_function(tell_time);
    if (argc == 7 && strcmp(argv[1], "mail") == 0)
        return mail(argv + 2);
    if (argc > 6 && strcmp(argv[1], "path") == 0)
        return path(argc - 2, argv + 2);
    fprintf(stderr, "usage: as inprocess-openssl\n");
    return 2;
}
