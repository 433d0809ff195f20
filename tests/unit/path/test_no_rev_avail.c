/* SPDX-License-Identifier: Apache-2.0 */
#include "path/no_rev_avail.h"

#include "crl_scene.h"

static void looks_for_no_crl(void **state)
{
    static const struct crl_case cases[] = {
        {"never-available", 0, "unchecked; (NO_REV_AVAIL@0)"},
        {"never-available", OFF, "unchecked; WARN REVOCATION_OFF@-1; (NO_REV_AVAIL@0)"},
        {"never-available-and-point", 0,
         "unchecked; BAD NO_REV_AVAIL_CONTRADICTS@0; BAD NO_REV_AVAIL_CONTRADICTS@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

SG_TEST_MAIN(SG_TEST("D-REV-2", looks_for_no_crl))
