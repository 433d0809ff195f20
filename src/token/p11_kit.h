/* SPDX-License-Identifier: Apache-2.0 */
/*
 * p11-kit, loaded when it is first needed: a process that judges mail does not pay for starting it.
 */
#ifndef SG_TOKEN_P11_KIT_H
#define SG_TOKEN_P11_KIT_H

#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11x.h>

/* Of PKCS #11 3.0; this p11-kit need not have it. */
#define SG_CKK_EC_MONTGOMERY 0x41UL

/* What of it is used here; see p11-kit/p11-kit.h. */
struct sg_p11_kit {
    void *library;
    CK_FUNCTION_LIST *(*module_load)(const char *path, int flags);
    CK_RV (*module_initialize)(CK_FUNCTION_LIST *module);
    CK_RV (*module_finalize)(CK_FUNCTION_LIST *module);
    void (*module_release)(CK_FUNCTION_LIST *module);
    const char *(*message)(void);
    const char *(*strerror)(CK_RV status);
};

/* NULL when it was loaded; else why not, valid until the next call of the dynamic linker. To be
 * closed in both cases. */
const char *sg_p11_kit_open(struct sg_p11_kit *kit);
void sg_p11_kit_close(struct sg_p11_kit *kit); /* a zeroed one is legal */

#endif
