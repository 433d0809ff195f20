/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/subgroup.h"

static enum sg_key_check check_divides(const BIGNUM *p, const BIGNUM *q, BIGNUM *scratch,
                                       BN_CTX *numbers)
{
    if (BN_nnmod(scratch, p, q, numbers) != 1)
        return SG_KEY_NO_MEMORY;
    return BN_is_one(scratch) ? SG_KEY_OK : SG_KEY_MALFORMED;
}

static enum sg_key_check check_element(const BIGNUM *x, const BIGNUM *p, const BIGNUM *q,
                                       BIGNUM *scratch, BN_CTX *numbers, BN_MONT_CTX *montgomery)
{
    if (BN_is_one(x) || BN_ucmp(x, p) >= 0)
        return SG_KEY_MALFORMED;
    if (BN_mod_exp_mont(scratch, x, q, p, numbers, montgomery) != 1)
        return SG_KEY_NO_MEMORY;
    return BN_is_one(scratch) ? SG_KEY_OK : SG_KEY_MALFORMED;
}

enum sg_key_check sg_subgroup_check(const BIGNUM *p, const BIGNUM *q, const BIGNUM *g,
                                    const BIGNUM *y, BN_CTX *numbers, BN_MONT_CTX *montgomery)
{
    BN_CTX_start(numbers);
    BIGNUM *scratch = BN_CTX_get(numbers);
    enum sg_key_check check =
        scratch == NULL ? SG_KEY_NO_MEMORY : check_divides(p, q, scratch, numbers);
    if (check == SG_KEY_OK)
        check = check_element(g, p, q, scratch, numbers, montgomery);
    if (check == SG_KEY_OK)
        check = check_element(y, p, q, scratch, numbers, montgomery);
    BN_CTX_end(numbers);
    return check;
}
