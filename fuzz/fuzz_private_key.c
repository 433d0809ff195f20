/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of private keys, opened with one passphrase: a refusal has a reason, and a key has a public
 * half.
 */
#include "crypto/key_file.h"
#include "crypto/private_key.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that no input keeps the fuzzer busy; a key of 2048 bits is tried out within it. */
enum { WORK = 20000 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t passphrase[] = {'s', 'e', 'c', 'r', 'e', 't'};
    static struct sg_key_library *library;
    struct signet_key *key;
    if (library == NULL)
        library = sg_key_library_new();
    check(library != NULL);
    struct sg_opening opening =
        sg_opening_begin(library, (struct signet_span){passphrase, sizeof passphrase});
    opening.work = WORK;
    enum signet_status status = sg_key_file_read(&opening, (struct signet_span){data, size}, &key);
    check((status == SIGNET_OK) == (key != NULL));
    check((status == SIGNET_OK) == (opening.trouble == SIGNET_KEY_FINE));
    if (key != NULL)
        check(signet_key_public(key).len > 0 && signet_key_bits(key) > 0);
    signet_key_unref(key);
    return 0;
}
