/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates and revocation information as CMS objects carry them (RFC 5652 10.2), in SignedData
 * and in the OriginatorInfo of what is encrypted: kept verbatim, told apart by their kind.
 */
#ifndef SG_CMS_CMS_OBJECT_H
#define SG_CMS_CMS_OBJECT_H

#include "asn1/ber.h"
#include "finding/finding.h"
#include "x509/dump.h"

/* CertificateChoices (RFC 5652 10.2.2). */
enum sg_certificate_choice {
    SG_CHOICE_CERTIFICATE,
    SG_CHOICE_EXTENDED_CERTIFICATE,     /* [0] PKCS #6: never used (RFC 3850 2.2.1) */
    SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE, /* [1]: never used (RFC 3850 1.4) */
    SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE, /* [2] */
    SG_CHOICE_OTHER_CERTIFICATE,        /* [3] */
    SG_CHOICE_CRL,
    SG_CHOICE_OTHER_REVOCATION, /* [1] of RevocationInfoChoices */
    SG_CHOICE_UNKNOWN
};

struct sg_cms_object {
    enum sg_certificate_choice choice;
    struct signet_span full; /* the whole element, verbatim */
};

/* Objects as they stand in the message, NUM of them: read one by one whenever they are wanted, so
 * that a hundred thousand need no memory beside their own octets. */
struct sg_cms_objects {
    struct signet_span elements;
    size_t num;
    enum sg_certificate_choice first; /* SG_CHOICE_CERTIFICATE or SG_CHOICE_CRL: of what they are */
};

/*
 * [NUMBER] IMPLICIT CertificateSet and RevocationInfoChoices, both OPTIONAL: nothing when the next
 * element of BODY is another.
 */
SIGNET_MUST_CHECK bool sg_cms_certificates_parse(struct sg_ber *body, uint8_t number,
                                                 struct sg_cms_objects *objects);
SIGNET_MUST_CHECK bool sg_cms_crls_parse(struct sg_ber *body, uint8_t number,
                                         struct sg_cms_objects *objects);
/* The first of REST, which is left with the others. False: there is none. */
SIGNET_MUST_CHECK bool sg_cms_objects_next(struct sg_cms_objects *rest,
                                           struct sg_cms_object *object);

/* The kind of an element of certificates or crls, such as "v1 attribute certificate". */
const char *sg_certificate_choice_name(enum sg_certificate_choice choice);

/* What is passed over, because no standard in use gives it a meaning here: one finding a kind, with
 * how many there are (object MESSAGE). */
void sg_cms_objects_check(const struct sg_cms_objects *certificates,
                          const struct sg_cms_objects *crls, struct sg_findings *findings);

/* A list of kinds and sizes; what the objects say is the caller's to show. */
void sg_cms_objects_dump(struct sg_dump *dump, const char *key,
                         const struct sg_cms_objects *objects);

#endif
