/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"

#include "crypto/context.h"
#include "crypto/key.h"

#include <stdlib.h>

struct key_row {
    const char *name;
    unsigned weak_below; /* bits; 0: never weak */
    enum sg_key_check (*init)(struct sg_crypto *crypto, const struct sg_key_source *source,
                              struct sg_public_key *key);
    void (*clear)(struct sg_public_key *key);
};

static const struct key_row rows[SG_NUM_KEY_TYPES] = {
    [SG_KEY_UNKNOWN] = {"unknown", 0, NULL, NULL},
    [SG_KEY_RSA] = {"RSA", 2048, sg_rsa_key_init, sg_rsa_key_clear},
    [SG_KEY_RSA_PSS] = {"RSASSA-PSS", 2048, sg_rsa_key_init, sg_rsa_key_clear},
    [SG_KEY_DSA] = {"DSA", 2048, sg_dsa_key_init, sg_dsa_key_clear},
    [SG_KEY_EC] = {"EC", 224, sg_ec_key_init, sg_ec_key_clear},
    [SG_KEY_ED25519] = {"Ed25519", 0, sg_edwards_key_init, sg_edwards_key_clear},
    [SG_KEY_ED448] = {"Ed448", 0, sg_edwards_key_init, sg_edwards_key_clear},
    [SG_KEY_DH] = {"DH", 2048, sg_dh_key_init, NULL},
    [SG_KEY_X25519] = {"X25519", 0, sg_montgomery_key_init, NULL},
    [SG_KEY_X448] = {"X448", 0, sg_montgomery_key_init, NULL},
};

const char *sg_key_type_name(enum sg_key_type type)
{
    return rows[type].name;
}

bool sg_key_is_weak(enum sg_key_type type, unsigned bits)
{
    return bits != 0 && bits < rows[type].weak_below;
}

enum sg_key_check sg_public_key_new(struct sg_crypto *crypto, const struct sg_spki *spki,
                                    struct signet_span parameters, size_t max_bits,
                                    struct sg_public_key **key)
{
    struct sg_key_source source = {spki, spki->algorithm.parameters, max_bits};
    if (spki->parameters_absent)
        source.parameters = parameters;
    if (source.max_bits > SG_KEY_MAX_BITS)
        source.max_bits = SG_KEY_MAX_BITS;
    *key = NULL;
    if (rows[spki->type].init == NULL)
        return SG_KEY_UNSUPPORTED;
    struct sg_public_key *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SG_KEY_NO_MEMORY;
    made->type = spki->type;
    made->algorithm = spki->algorithm.oid;
    enum sg_key_check check = rows[spki->type].init(crypto, &source, made);
    if (check == SG_KEY_OK) {
        *key = made;
        return SG_KEY_OK;
    }
    sg_public_key_free(made);
    if (check == SG_KEY_NO_MEMORY)
        (void)sg_crypto_drain();
    return check;
}

void sg_public_key_free(struct sg_public_key *key)
{
    if (key == NULL)
        return;
    if (rows[key->type].clear != NULL)
        rows[key->type].clear(key);
    free(key);
}

unsigned sg_public_key_bits(const struct sg_public_key *key)
{
    return key->bits;
}
