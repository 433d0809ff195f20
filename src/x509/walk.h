/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking over elements that have been checked already. Within src/x509 only.
 */
#ifndef SG_X509_WALK_H
#define SG_X509_WALK_H

#include "asn1/der.h"

/* Cuts the first element off REST. False at the end, and at what is no DER, so that no walk can run
 * away. */
bool sg_walk(struct signet_span *rest, struct sg_tlv *out);

/* The content octets of ELEMENT, one whole element; {NULL,0} for {NULL,0}. */
struct signet_span sg_walk_into(struct signet_span element);

#endif
