/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From extensions to the facts of a certificate, and the notes that they give. Within src/x509
 * only.
 */
#ifndef SG_X509_CERTIFICATE_FACTS_H
#define SG_X509_CERTIFICATE_FACTS_H

#include "x509/certificate.h"

/* Reads LIST, the content of Extensions. False: one of them is no Extension, or there are more than
 * SG_MAX_EXTENSIONS. */
SIGNET_MUST_CHECK bool sg_certificate_take_extensions(struct signet_certificate *certificate,
                                                      struct sg_der *list);

/* The same for an outline: the syntax of LIST is checked, and of all values only the
 * subjectKeyIdentifier's is read. */
SIGNET_MUST_CHECK bool sg_certificate_skim_extensions(struct signet_certificate *certificate,
                                                      struct sg_der *list);

/* What follows from several fields together, when all have been read. False: memory is out. */
SIGNET_MUST_CHECK bool sg_certificate_conclude_facts(struct signet_certificate *certificate);

#endif
