/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a ContentInfo with EnvelopedData (RFC 5652 6.1) or, for the authenticated ciphers,
 * AuthEnvelopedData (RFC 5083 2.1) in DER. The content goes through in pieces: what is needed is
 * its length, not itself.
 */
#ifndef SG_CMS_ENVELOPED_DATA_WRITE_H
#define SG_CMS_ENVELOPED_DATA_WRITE_H

#include "cms/recipient_write.h"
#include "signet/sink.h"

struct sg_enveloping {
    const struct sg_new_recipient *recipients;
    size_t num_recipients;
    const struct sg_cipher_kind *kind; /* one for writing */
    size_t content_len;                /* of id-data */
};

/* Writing under way. */
struct sg_envelope;

/*
 * Encrypts a new random key to all recipients and writes what comes before the content to SINK,
 * which must outlive the envelope. Nothing is written unless all of them got it. The order of the
 * recipients is that of DER and tells nothing (X.690 11.6). SIGNET_ERR_CRYPTO: *FAILED (may be
 * NULL) is the one whose key takes none, NULL when it was another failure. SIGNET_ERR_ARGUMENT:
 * there is no recipient. SIGNET_ERR_LIMIT: longer than a length can say.
 */
SIGNET_MUST_CHECK enum signet_status sg_envelope_new(const struct sg_enveloping *enveloping,
                                                     const struct signet_sink *sink,
                                                     struct sg_envelope **envelope,
                                                     const struct sg_new_recipient **failed);
void sg_envelope_free(struct sg_envelope *envelope); /* NULL is legal */

SIGNET_MUST_CHECK enum signet_status sg_envelope_add(struct sg_envelope *envelope,
                                                     struct signet_span content);
/* SIGNET_ERR_ARGUMENT: the content was of another length. */
SIGNET_MUST_CHECK enum signet_status sg_envelope_finish(struct sg_envelope *envelope);

#endif
