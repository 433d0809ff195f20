/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS #12 files as certificates and keys that belong together.
 */
#include "signet/pkcs12.h"

#include "base/text.h"
#include "crypto/digest.h"
#include "crypto/pkcs12.h"
#include "x509/certificate.h"

#include <stdlib.h>

/* What is read from an open file. CERTIFICATES has one for each bag: NULL where it holds none. */
struct handing {
    const struct signet_pkcs12_callbacks *callbacks;
    const struct sg_pkcs12 *file;
    struct signet_certificate **certificates;
    size_t num_bad;
};

bool signet_pkcs12_is(struct signet_span bytes)
{
    return sg_pkcs12_is(bytes);
}

static enum signet_status hand_certificate(struct handing *handing, size_t index)
{
    const struct sg_bag *bag = &handing->file->bags[index];
    enum signet_status status =
        signet_certificate_parse(bag->der, &handing->certificates[index], NULL);
    if (status == SIGNET_ERR_PARSE) {
        handing->certificates[index] = NULL;
        handing->num_bad++;
        return SIGNET_OK;
    }
    if (status != SIGNET_OK || handing->callbacks->certificate == NULL)
        return status;
    return handing->callbacks->certificate(handing->callbacks->context,
                                           handing->certificates[index], bag->name);
}

static enum signet_status hand_crl(struct handing *handing, size_t index)
{
    struct signet_crl *crl = NULL;
    enum signet_status status = signet_crl_parse(handing->file->bags[index].der, &crl, NULL);
    if (status == SIGNET_ERR_PARSE) {
        handing->num_bad++;
        return SIGNET_OK;
    }
    if (status == SIGNET_OK && handing->callbacks->crl != NULL)
        status = handing->callbacks->crl(handing->callbacks->context, crl);
    signet_crl_unref(crl);
    return status;
}

static struct signet_certificate *find_certificate(const struct handing *handing,
                                                   const struct sg_bag *own)
{
    struct signet_certificate *found = NULL;
    for (size_t i = 0; i < handing->file->num_bags; i++) {
        struct signet_certificate *certificate = handing->certificates[i];
        if (certificate == NULL || !signet_key_matches(own->key, certificate))
            continue;
        bool named = own->id.ptr != NULL && sg_span_equal(own->id, handing->file->bags[i].id);
        if (named)
            return certificate;
        if (found == NULL)
            found = certificate;
    }
    return found;
}

static enum signet_status hand_key(struct handing *handing, size_t index)
{
    const struct sg_bag *bag = &handing->file->bags[index];
    if (bag->key == NULL) {
        handing->num_bad++;
        return SIGNET_OK;
    }
    if (handing->callbacks->key == NULL)
        return SIGNET_OK;
    return handing->callbacks->key(handing->callbacks->context, bag->key,
                                   find_certificate(handing, bag), bag->name);
}

static enum signet_status hand_other(struct handing *handing, size_t index)
{
    (void)index;
    handing->num_bad++;
    return SIGNET_OK;
}

/* Certificates before keys, which need them. */
static enum signet_status hand_all(struct handing *handing)
{
    static const struct {
        enum sg_bag_kind kind;
        enum signet_status (*hand)(struct handing *handing, size_t index);
    } rows[] = {{SG_BAG_CERTIFICATE, hand_certificate},
                {SG_BAG_CRL, hand_crl},
                {SG_BAG_KEY, hand_key},
                {SG_BAG_OTHER, hand_other}};
    enum signet_status status = SIGNET_OK;
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
        for (size_t i = 0; status == SIGNET_OK && i < handing->file->num_bags; i++) {
            if (handing->file->bags[i].kind == rows[row].kind)
                status = rows[row].hand(handing, i);
        }
    }
    return status;
}

static enum signet_status hand_over(const struct sg_pkcs12 *file,
                                    const struct signet_pkcs12_callbacks *callbacks,
                                    size_t *num_bad)
{
    struct handing handing = {callbacks, file, NULL, 0};
    handing.certificates = calloc(file->num_bags + 1, sizeof *handing.certificates);
    if (handing.certificates == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = hand_all(&handing);
    for (size_t i = 0; i < file->num_bags; i++)
        signet_certificate_unref(handing.certificates[i]);
    free(handing.certificates);
    *num_bad = handing.num_bad;
    return status;
}

/* An empty passphrase is written as two octets of zero by most, as nothing at all by some: PKCS #12
 * lets both be meant (RFC 7292 B.1). */
static enum signet_status open_file(struct sg_opening *opening, struct signet_span bytes,
                                    struct sg_pkcs12 *file)
{
    static const uint8_t empty[1];
    bool given = opening->has_passphrase;
    opening->has_passphrase = true;
    if (opening->passphrase.len == 0)
        opening->passphrase = sg_span(empty, 0);
    enum signet_status status = sg_pkcs12_open(opening, bytes, file);
    if (opening->trouble != SIGNET_KEY_PASSPHRASE_WRONG || opening->passphrase.len > 0)
        return status;
    sg_pkcs12_close(file);
    opening->passphrase = sg_span(NULL, 0);
    opening->trouble = SIGNET_KEY_FINE;
    status = sg_pkcs12_open(opening, bytes, file);
    if (opening->trouble == SIGNET_KEY_PASSPHRASE_WRONG)
        opening->trouble = given ? SIGNET_KEY_PASSPHRASE_WRONG : SIGNET_KEY_PASSPHRASE_NEEDED;
    return status;
}

enum signet_status signet_pkcs12_read(struct signet_span bytes, struct signet_span passphrase,
                                      const struct signet_pkcs12_callbacks *callbacks,
                                      size_t *num_bad, enum signet_key_trouble *trouble)
{
    struct sg_pkcs12 file;
    size_t bad = 0;
    struct sg_key_library *library = sg_key_library_new();
    if (trouble != NULL)
        *trouble = SIGNET_KEY_FINE;
    if (library == NULL)
        return SIGNET_ERR_MEMORY;
    struct sg_opening opening = sg_opening_begin(library, passphrase);
    enum signet_status status = open_file(&opening, bytes, &file);
    if (status == SIGNET_OK)
        status = hand_over(&file, callbacks, &bad);
    sg_pkcs12_close(&file);
    if (num_bad != NULL)
        *num_bad = bad;
    if (trouble != NULL)
        *trouble = opening.trouble;
    sg_key_library_unref(library);
    return status;
}

/* --- writing ---------------------------------------------------------------------------------- */

static bool is_own(const struct signet_pkcs12_content *content, struct signet_span der)
{
    for (size_t i = 0; i < content->num_own; i++) {
        if (sg_span_equal(signet_certificate_der(content->own[i].certificate), der))
            return true;
    }
    return false;
}

/* Two bags for each own key, one for each certificate of an issuer; returns how many. The
 * localKeyID of a pair is the SHA-1 of its certificate, as openssl and NSS have it. */
static size_t fill(const struct signet_pkcs12_content *content, uint8_t (*ids)[20],
                   struct sg_bag *bags)
{
    size_t num = 0;
    for (size_t i = 0; i < content->num_own; i++) {
        const struct signet_pkcs12_own *own = &content->own[i];
        struct sg_bag pair = {.id = sg_span(ids[i], sizeof ids[i]), .name = own->name};
        pair.kind = SG_BAG_KEY;
        pair.key = (struct signet_key *)(uintptr_t)own->key; /* borrowed, not changed */
        bags[num++] = pair;
        pair.kind = SG_BAG_CERTIFICATE;
        pair.der = signet_certificate_der(own->certificate);
        bags[num++] = pair;
    }
    for (size_t i = 0; i < content->num_certificates; i++) {
        struct signet_span der = signet_certificate_der(content->certificates[i]);
        if (!is_own(content, der))
            bags[num++] = (struct sg_bag){.kind = SG_BAG_CERTIFICATE, .der = der};
    }
    return num;
}

static bool make_ids(const struct signet_pkcs12_content *content, uint8_t (*ids)[20])
{
    for (size_t i = 0; i < content->num_own; i++) {
        if (!sg_sha1(signet_certificate_der(content->own[i].certificate), ids[i]))
            return false;
    }
    return true;
}

static enum signet_status write_file(const struct signet_pkcs12_content *content,
                                     struct signet_span passphrase, struct sg_buffer *out,
                                     enum signet_key_trouble *trouble)
{
    struct sg_key_library *library = sg_key_library_new();
    uint8_t(*ids)[20] = calloc(content->num_own + 1, sizeof *ids);
    struct sg_bag *bags =
        calloc(2 * content->num_own + content->num_certificates + 1, sizeof *bags);
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (library != NULL && ids != NULL && bags != NULL && make_ids(content, ids))
        status = sg_pkcs12_write(bags, fill(content, ids, bags), content->for_old_readers, library,
                                 passphrase, out, trouble);
    free(bags);
    free(ids);
    sg_key_library_unref(library);
    return status;
}

static bool is_writable(const struct signet_pkcs12_content *content, struct signet_span passphrase)
{
    bool is_c_string = passphrase.len > 0 && memchr(passphrase.ptr, 0, passphrase.len) == NULL;
    if (!is_c_string || !sg_utf8_valid(passphrase) ||
        (content->num_own == 0 && content->num_certificates == 0))
        return false;
    for (size_t i = 0; i < content->num_own; i++) {
        const struct signet_pkcs12_own *own = &content->own[i];
        if (!signet_key_matches(own->key, own->certificate) ||
            (own->name != NULL && !sg_utf8_valid(sg_span_text(own->name))))
            return false;
    }
    return true;
}

enum signet_status signet_pkcs12_write(const struct signet_pkcs12_content *content,
                                       struct signet_span passphrase,
                                       const struct signet_sink *sink,
                                       enum signet_key_trouble *trouble)
{
    enum signet_key_trouble found = SIGNET_KEY_FINE;
    struct sg_buffer out;
    if (trouble != NULL)
        *trouble = SIGNET_KEY_FINE;
    if (!is_writable(content, passphrase))
        return SIGNET_ERR_ARGUMENT;
    sg_buffer_init(&out, SIGNET_KEY_MAX_LEN);
    enum signet_status status = write_file(content, passphrase, &out, &found);
    if (status == SIGNET_OK && !sink->write(sink->context, sg_buffer_span(&out)))
        status = SIGNET_ERR_IO;
    if (trouble != NULL)
        *trouble = found;
    sg_buffer_free(&out);
    return status;
}
