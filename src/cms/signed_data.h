/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SignedData (RFC 5652 5.1) and PKCS #7 1.5's, any version: certificates, CRLs and content are kept
 * verbatim as spans of the message.
 */
#ifndef SG_CMS_SIGNED_DATA_H
#define SG_CMS_SIGNED_DATA_H

#include "asn1/ber.h"
#include "cms/attribute.h"
#include "cms/certificate_reference.h"
#include "cms/cms_object.h"
#include "cms/content_info.h"
#include "cms/encapsulated_content.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "finding/finding.h"
#include "x509/dump.h"

struct sg_signer_info {
    uint32_t version;
    struct sg_certificate_reference sid;
    struct sg_algorithm digest_algorithm;
    enum sg_digest_type digest; /* SG_DIGEST_NONE when unknown */
    struct sg_algorithm signature_algorithm;
    struct signet_span signature; /* joined */
    bool has_signed_attributes;
    bool signed_attributes_ber; /* they were sent in a form that is not DER (RFC 5652 5.3) */
    /* As DER SET OF with tag 31, in the order received; in the arena. */
    struct signet_span signed_attributes_der;
    /* The same with its elements in DER order; the same span when they are already. */
    struct signet_span signed_attributes_sorted;
    struct sg_cms_attributes signed_attributes, unsigned_attributes;
    /* Could not be read to its end: ERROR says why, what stands before is set. Others still count.
     */
    bool malformed;
    struct signet_parse_error error;
};

struct sg_signed_data {
    uint32_t version;
    struct sg_algorithm *digest_algorithms;
    size_t num_digest_algorithms;
    uint32_t digests; /* those of them that are known: sum of 1u << enum sg_digest_type */
    struct sg_encapsulated_content content;
    struct sg_cms_objects certificates;
    struct sg_cms_objects crls;
    struct sg_signer_info *signers;
    size_t num_signers;
};

/* CONTENT: the element inside ContentInfo's [0]. False with error->expected NULL: memory is out.
 * Offsets in ERROR count from CONTENT's first octet. */
SIGNET_MUST_CHECK bool sg_signed_data_parse(struct signet_span content, struct sg_arena *arena,
                                            struct sg_signed_data *out,
                                            struct signet_parse_error *error);

/* One SignerInfo element, BER or DER, as in SignedData or inside a countersignature attribute (RFC
 * 5652 11.4). What cannot be read is out->malformed, with offsets from ELEMENT's first octet.
 * False: memory is out. */
SIGNET_MUST_CHECK bool sg_signer_info_parse(struct signet_span element, struct sg_arena *arena,
                                            struct sg_signer_info *out);

/* Walks the countersignatures of a signer, whole SignerInfo elements: the values of all its
 * countersignature attributes. */
struct sg_countersignatures {
    const struct sg_cms_attributes *attributes;
    size_t next; /* index of the attribute to look at next */
    struct sg_cms_values values;
};
static inline struct sg_countersignatures
sg_countersignatures_begin(const struct sg_signer_info *signer)
{
    return (struct sg_countersignatures){.attributes = &signer->unsigned_attributes};
}
bool sg_countersignatures_next(struct sg_countersignatures *walk, struct signet_span *element);

/* What is odd about the object as a whole, and what in it is passed over (object MESSAGE): one
 * finding a kind, with how many there are. Signers have their own, in signer.h. */
void sg_signed_data_check(const struct sg_signed_data *signed_data, struct sg_findings *findings);

/* Writes all of it for `show`; certificates and CRLs only by kind and size, the caller shows them.
 */
void sg_signed_data_dump(const struct sg_signed_data *signed_data, struct sg_dump *dump);

#endif
