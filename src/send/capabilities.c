/* SPDX-License-Identifier: Apache-2.0 */
#include "send/capabilities.h"

#include "cms/signed_attributes.h"

void sg_own_capabilities_put(struct sg_buffer *der)
{
    static const enum sg_oid ciphers[] = {SG_OID_AES256_GCM, SG_OID_AES128_GCM,
                                          SG_OID_CHACHA20_POLY1305, SG_OID_AES256_CBC,
                                          SG_OID_AES128_CBC};
    sg_capabilities_put(der, ciphers, sizeof(ciphers) / sizeof(ciphers[0]));
}
