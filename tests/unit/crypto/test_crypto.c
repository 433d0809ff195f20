/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/context.h"
#include "fault.h"
#include "vector.h"

#include <openssl/err.h>

#include "crypto_vectors.inc"

static void *library_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return malloc(size);
}

static void *library_realloc(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return realloc(memory, size);
}

static void library_free(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    free(memory);
}

/* The crypto library's allocations can fail on purpose, too. Only before it has made any. */
static void takes_over_allocation(void **state)
{
    (void)state;
    assert_int_equal(CRYPTO_set_mem_functions(library_malloc, library_realloc, library_free), 1);
}

/* True when it could be said that VECTOR's signature is right, false when memory was out. */
static bool verify(struct sg_crypto *crypto, const struct vector *vector,
                   const struct sg_spki *spki, const struct sg_signature_algorithm *algorithm)
{
    struct sg_public_key *key;
    enum sg_signature_check answer = SG_SIGNATURE_NO_MEMORY;
    enum sg_key_check check = sg_public_key_new(crypto, spki, sg_span(NULL, 0), 4096, &key);
    assert_true(check == SG_KEY_OK || check == SG_KEY_NO_MEMORY);
    assert_int_equal(key != NULL, check == SG_KEY_OK);
    if (key != NULL)
        answer =
            sg_signature_verify(crypto, algorithm, key, sg_span_text(MESSAGE), vector->signature);
    sg_public_key_free(key);
    assert_true(answer == SG_SIGNATURE_VALID || answer == SG_SIGNATURE_NO_MEMORY);
    return answer == SG_SIGNATURE_VALID;
}

/* The same in a context of its own. */
static bool verify_alone(const struct vector *vector, const struct sg_spki *spki,
                         const struct sg_signature_algorithm *algorithm)
{
    struct sg_crypto *crypto;
    enum signet_status status = sg_crypto_new(&crypto);
    assert_true(status == SIGNET_OK || (status == SIGNET_ERR_MEMORY && crypto == NULL));
    bool valid = crypto != NULL && verify(crypto, vector, spki, algorithm);
    sg_crypto_free(crypto);
    return valid;
}

/* Memory that runs out is never taken for a bad key or a bad signature. */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(memory_rows); i++) {
        struct sg_spki spki = parse_spki(memory_rows[i].spki);
        struct sg_signature_algorithm algorithm =
            parse_signature_algorithm(memory_rows[i].algorithm);
        size_t n = 0;
        while (fault_begin(n), !verify_alone(&memory_rows[i], &spki, &algorithm))
            n++;
        fault_end();
        assert_true(n > 0);
        assert_int_equal(ERR_peek_error(), 0);
    }
}

/* OpenSSL loses memory when it runs out while a provider starts: so the start is made to succeed.
 */
static void every_allocation_may_fail_in_the_provider(void **state)
{
    (void)state;
    const struct vector *vector = &provider_rows[0];
    struct sg_spki spki = parse_spki(vector->spki);
    struct sg_signature_algorithm algorithm = parse_signature_algorithm(vector->algorithm);
    struct sg_crypto *crypto = new_crypto();
    assert_true(verify(crypto, vector, &spki, &algorithm));
    size_t n = 0;
    while (fault_begin(n), !verify(crypto, vector, &spki, &algorithm))
        n++;
    fault_end();
    assert_true(n > 0);
    assert_int_equal(ERR_peek_error(), 0);
    sg_crypto_free(crypto);
}

static void digests_tell_that_memory_is_out(void **state)
{
    (void)state;
    struct sg_digest_value value;
    struct sg_crypto *crypto = new_crypto();
    for (unsigned i = SG_DIGEST_MD5; i < SG_NUM_DIGESTS; i++) {
        enum sg_digest_type type = (enum sg_digest_type)i;
        struct sg_digest *digest;
        assert_true(sg_digest_compute(crypto, type, sg_span_text("abc"), &value));
        for (size_t n = 0; fault_begin(n), (digest = sg_digest_new(crypto, type)) == NULL;)
            n++;
        sg_digest_update(digest, sg_span_text("abc"));
        fault_end();
        assert_true(sg_digest_finish(digest, &value));
    }
    assert_int_equal(ERR_peek_error(), 0);
    sg_crypto_free(crypto);
}

/* A point off the curve makes the crypto library complain in its queue. */
static void nothing_is_left_in_the_error_queue(void **state)
{
    (void)state;
    check_vectors(refused_rows);
    assert_int_equal(ERR_peek_error(), 0);
}

static void contexts_are_freed_whatever_they_hold(void **state)
{
    (void)state;
    sg_crypto_free(NULL);
    sg_public_key_free(NULL);
    sg_crypto_free(new_crypto());
}

SG_TEST_MAIN(SG_TEST("", takes_over_allocation), SG_TEST("", nothing_is_left_in_the_error_queue),
             SG_TEST("", every_allocation_may_fail),
             SG_TEST("", every_allocation_may_fail_in_the_provider),
             SG_TEST("", digests_tell_that_memory_is_out),
             SG_TEST("", contexts_are_freed_whatever_they_hold))
