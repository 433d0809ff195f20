/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS #12 files, opened with one passphrase: a refusal has a reason, and what is found lies in
 * what was read.
 */
#include "crypto/pkcs12.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that no input keeps the fuzzer busy. */
enum { WORK = 20000 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_bag(const struct sg_bag *bag)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < bag->der.len; i++)
        sum ^= bag->der.ptr[i];
    for (size_t i = 0; i < bag->id.len; i++)
        sum ^= bag->id.ptr[i];
    for (size_t i = 0; bag->name != NULL && bag->name[i] != '\0'; i++)
        sum ^= (uint8_t)bag->name[i];
    volatile uint8_t read = sum;
    (void)read;
    check(bag->key == NULL || signet_key_public(bag->key).len > 0);
    bool object = bag->kind == SG_BAG_CERTIFICATE || bag->kind == SG_BAG_CRL;
    check(object == (bag->der.ptr != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t passphrase[] = {'s', 'e', 'c', 'r', 'e', 't'};
    static struct sg_key_library *library;
    struct sg_pkcs12 file;
    if (library == NULL)
        library = sg_key_library_new();
    check(library != NULL);
    struct sg_opening opening =
        sg_opening_begin(library, (struct signet_span){passphrase, sizeof passphrase});
    opening.work = WORK;
    enum signet_status status = sg_pkcs12_open(&opening, (struct signet_span){data, size}, &file);
    check((status == SIGNET_OK) == (opening.trouble == SIGNET_KEY_FINE));
    for (size_t i = 0; i < file.num_bags; i++)
        check_bag(&file.bags[i]);
    sg_pkcs12_close(&file);
    return 0;
}
