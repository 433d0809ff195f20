/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bindings: that a certificate belongs to a mail address, said by something else than the
 * certificate itself, such as an address book (RFC 3850 3).
 */
#ifndef SIGNET_BINDING_H
#define SIGNET_BINDING_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_binding_kind {
    SIGNET_BINDING_PROVED = 0, /* a good signature of a message from this address (E-41) */
    SIGNET_BINDING_FETCHED,    /* a directory gave it for this address, and its path holds */
    SIGNET_BINDING_USER        /* the user said so: RFC 3850 3, "another binding" (A-3-6); for a
                                  certificate without a path this pins it (E-39) */
};

/* "proved", "fetched", "user". */
SIGNET_API const char *signet_binding_kind_name(enum signet_binding_kind kind);

#ifdef __cplusplus
}
#endif

#endif
