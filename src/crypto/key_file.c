/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys in files, of whatever form.
 */
#include "crypto/key_file.h"
#include "base/pem_write.h"
#include "base/span.h"
#include "crypto/pem_key.h"
#include "crypto/pkcs8.h"
#include "crypto/private_key.h"

enum { ITERATIONS = 600000 };

/* SEQUENCE { INTEGER, … }: a certificate or a CRL does not begin so, a PKCS #12 file does. */
static bool is_plain(struct signet_span der)
{
    size_t num_octets = der.len > 1 && der.ptr[1] >= 0x80 ? der.ptr[1] & 0x7f : 0u;
    return num_octets <= 8 && der.len > 2 + num_octets && der.ptr[2 + num_octets] == SG_TAG_INTEGER;
}

enum signet_status sg_key_file_read(struct sg_opening *opening, struct signet_span bytes,
                                    struct signet_key **key)
{
    *key = NULL;
    if (bytes.len > SIGNET_KEY_MAX_LEN)
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    bool is_der = bytes.len > 0 && bytes.ptr[0] == SG_TAG_SEQUENCE;
    if (!is_der)
        return sg_pem_key_read(opening, bytes, key);
    if (sg_pkcs8_is_encrypted(bytes))
        return sg_pkcs8_read_encrypted(opening, bytes, key);
    return is_plain(bytes) ? sg_pkcs8_read(opening, bytes, key)
                           : sg_opening_fail(opening, SIGNET_KEY_NONE);
}

enum signet_status signet_key_read(struct signet_span bytes, struct signet_span passphrase,
                                   struct signet_key **key, enum signet_key_trouble *trouble)
{
    *key = NULL;
    if (trouble != NULL)
        *trouble = SIGNET_KEY_FINE;
    struct sg_key_library *library = sg_key_library_new();
    if (library == NULL)
        return SIGNET_ERR_MEMORY;
    struct sg_opening opening = sg_opening_begin(library, passphrase);
    enum signet_status status = sg_key_file_read(&opening, bytes, key);
    if (trouble != NULL)
        *trouble = opening.trouble;
    sg_key_library_unref(library);
    return status;
}

static enum signet_status hand_over(struct signet_span der, bool pem,
                                    const struct signet_sink *sink)
{
    struct sg_pem_writer writer;
    bool written;
    if (pem)
        written = sg_pem_writer_begin(&writer, "ENCRYPTED PRIVATE KEY", sink) &&
                  sg_pem_writer_add(&writer, der) && sg_pem_writer_finish(&writer);
    else
        written = sink->write(sink->context, der);
    return written ? SIGNET_OK : SIGNET_ERR_IO;
}

enum signet_status signet_key_write(const struct signet_key *key, struct signet_span passphrase,
                                    const struct signet_key_form *form,
                                    const struct signet_sink *sink,
                                    enum signet_key_trouble *trouble)
{
    static const struct signet_key_form usual = {false, SIGNET_DERIVE_PBKDF2};
    enum signet_key_trouble found = SIGNET_KEY_FINE;
    struct sg_buffer der;
    const struct signet_key_form *wanted = form != NULL ? form : &usual;
    const struct sg_pbe_form scheme = {
        wanted->derivation == SIGNET_DERIVE_SCRYPT ? SG_PBE_SCRYPT : SG_PBE_PBKDF2, ITERATIONS};
    if (trouble != NULL)
        *trouble = SIGNET_KEY_FINE;
    if (passphrase.len == 0)
        return SIGNET_ERR_ARGUMENT;
    struct sg_key_library *library = sg_key_library_new();
    if (library == NULL)
        return SIGNET_ERR_MEMORY;
    sg_buffer_init(&der, SIGNET_KEY_MAX_LEN);
    enum signet_status status =
        sg_pkcs8_write_encrypted(key, library, &scheme, passphrase, &der, &found);
    if (status == SIGNET_OK)
        status = hand_over(sg_buffer_span(&der), wanted->pem, sink);
    if (trouble != NULL)
        *trouble = found;
    sg_buffer_free(&der);
    sg_key_library_unref(library);
    return status;
}
