/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The encryption key preference attribute (RFC 8551 2.5.3): which certificate a correspondent wants
 * to be encrypted to.
 */
#ifndef SG_CMS_KEY_PREFERENCE_H
#define SG_CMS_KEY_PREFERENCE_H

#include "cms/certificate_reference.h"

/* VALUE: one whole value of the attribute, in one of its three forms. False when it is none of
 * them, or with arena->failed. */
SIGNET_MUST_CHECK bool sg_key_preference_parse(struct signet_span value, struct sg_arena *arena,
                                               struct sg_certificate_reference *out);

/* The older attribute of Microsoft's, whose value is a bare IssuerAndSerialNumber. */
SIGNET_MUST_CHECK bool sg_key_preference_parse_microsoft(struct signet_span value,
                                                         struct sg_arena *arena,
                                                         struct sg_certificate_reference *out);

#endif
