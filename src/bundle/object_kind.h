/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a DER object without a label is, told by how it begins.
 */
#ifndef SG_BUNDLE_OBJECT_KIND_H
#define SG_BUNDLE_OBJECT_KIND_H

#include "signet/base.h"

enum sg_object_kind { SG_OBJECT_CERTIFICATE, SG_OBJECT_CRL, SG_OBJECT_ATTRIBUTE_CERTIFICATE };

/* What is nothing of the kind is a certificate: reading it as one says best what is wrong. */
enum sg_object_kind sg_object_kind_find(struct signet_span der);

#endif
