/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/lint_policy.h"

#include "x509/policy_extensions.h"

const char *sg_br_validation_name(unsigned validation)
{
    static const char *const names[] = {NULL, "mailbox", "organization", "sponsor", "individual"};
    return validation < sizeof names / sizeof *names ? names[validation] : NULL;
}

const char *sg_br_generation_name(unsigned generation)
{
    static const char *const names[] = {NULL, "legacy", "multipurpose", "strict"};
    return generation < sizeof names / sizeof *names ? names[generation] : NULL;
}

void sg_br_policy_read(struct sg_lint_subject *subject)
{
    static const uint8_t stem[] = {0x67, 0x81, 0x0c, 0x01, 0x05}; /* 2.23.140.1.5 */
    struct sg_policies policies = sg_policies_begin(subject->certificate->policies);
    struct sg_policy_information policy;
    while (sg_policies_next(&policies, &policy)) {
        if (policy.oid.len != sizeof stem + 2 || memcmp(policy.oid.ptr, stem, sizeof stem) != 0 ||
            sg_br_validation_name(policy.oid.ptr[5]) == NULL ||
            sg_br_generation_name(policy.oid.ptr[6]) == NULL)
            continue;
        if (subject->num_br_policies++ == 0) {
            subject->validation = policy.oid.ptr[5];
            subject->generation = policy.oid.ptr[6];
        }
    }
}
