/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of reading an attribute certificate, each in its own file. Within src/x509 only.
 */
#ifndef SG_X509_ATTRIBUTE_CERTIFICATE_PARTS_H
#define SG_X509_ATTRIBUTE_CERTIFICATE_PARTS_H

#include "x509/attribute_certificate.h"

/* Adds a note of KIND at AT, an octet of CERTIFICATE, about the extension or attribute OID
 * ({NULL,0} for none). */
void sg_attribute_certificate_note(struct signet_attribute_certificate *certificate,
                                   enum sg_kind kind, const uint8_t *at, struct signet_span oid);

/* attribute_certificate_holder.c: the structures that name a certificate. */
SIGNET_MUST_CHECK bool sg_issuer_serial_parse(struct sg_der *der, uint32_t tag,
                                              struct sg_issuer_serial *out);
SIGNET_MUST_CHECK bool sg_object_digest_parse(struct sg_der *der, uint32_t tag,
                                              struct sg_object_digest *out);

/* Holder, and for version 1 the CHOICE in its place; AttCertIssuer. */
SIGNET_MUST_CHECK bool sg_holder_parse(struct sg_der *info,
                                       struct signet_attribute_certificate *out);
SIGNET_MUST_CHECK bool sg_attribute_issuer_parse(struct sg_der *info,
                                                 struct signet_attribute_certificate *out);

/* attribute_certificate_dump.c: nothing where it is not present. */
void sg_issuer_serial_dump(struct sg_dump *dump, const char *key,
                           const struct sg_issuer_serial *certificate);
void sg_object_digest_dump(struct sg_dump *dump, const char *key,
                           const struct sg_object_digest *digest);

/* attribute_certificate_facts.c: reads LIST, the content of Extensions, or of the attributes. */
SIGNET_MUST_CHECK bool
sg_attribute_certificate_take_extensions(struct signet_attribute_certificate *certificate,
                                         struct sg_der *list);
SIGNET_MUST_CHECK bool
sg_attribute_certificate_take_attributes(struct signet_attribute_certificate *certificate,
                                         struct sg_der *list);

/* What follows from several fields together. */
void sg_attribute_certificate_conclude_facts(struct signet_attribute_certificate *certificate);

#endif
