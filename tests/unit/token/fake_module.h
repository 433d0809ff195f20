/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A PKCS#11 module whose every answer the test decides: the test loads the same library and writes
 * into its variable fake_module.
 */
#ifndef SG_TESTS_UNIT_TOKEN_FAKE_MODULE_H
#define SG_TESTS_UNIT_TOKEN_FAKE_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include <p11-kit/pkcs11.h>
#include <p11-kit/pkcs11x.h>

struct fake_attribute {
    CK_ATTRIBUTE_TYPE type;
    const void *value;
    CK_ULONG len;
    CK_ULONG claimed; /* told when the length is asked for; 0: LEN */
    CK_RV status;     /* instead of an answer */
};

#define FAKE_MAX_ATTRIBUTES 6
struct fake_object {
    CK_OBJECT_CLASS class_;
    struct fake_attribute attributes[FAKE_MAX_ATTRIBUTES]; /* up to the first without a value, a
                                                              claim and a status */
};

struct fake_octets {
    const void *ptr;
    CK_ULONG len;
    CK_ULONG claimed; /* told in place of LEN, when not 0 */
};

struct fake_module {
    const struct fake_object *objects;
    size_t num_objects;
    CK_ULONG num_slots;
    /* What calls return. */
    CK_RV initialize, get_info, get_slot_list, open_session, find_init, find;
    /* Of keys. */
    CK_FLAGS token_flags; /* besides CKF_TOKEN_INITIALIZED */
    CK_RV token_info, login, begin, sign, decrypt, derive;
    struct fake_octets signature, plain, secret; /* what they give */
    CK_ULONG found_too_many;                     /* added to the number of objects found */
    size_t again;      /* how often a search finds the same once more; SIZE_MAX: without end */
    bool no_functions; /* C_GetFunctionList fails */
    /* What was called. */
    size_t num_initialized, num_finalized, num_opened, num_closed;
    size_t num_logins, num_uses, num_destroyed;
    CK_USER_TYPE user;           /* of the last login */
    CK_MECHANISM_TYPE mechanism; /* of the last use */
    unsigned char pin[16], input[512];
    CK_ULONG pin_len, input_len;
};

#endif
