/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/policy.h"

void signet_policy_init(struct signet_policy *policy)
{
    *policy = (struct signet_policy){
        .time = SIGNET_TIME_UNKNOWN,
        .now = SIGNET_TIME_UNKNOWN,
        .limits =
            {
                /* An honest message needs one per certificate and CRL of its paths, a few dozen.
                 * 2000 CAs of one name and no key identifiers (A-2.3-6) take 2000 to find the one
                 * that issued a certificate and 2000 more for its CRL, ten times as many units on
                 * P-384. All 50 000 take some three seconds, and only an attack gets there. */
                .max_signatures = 50000,
                /* A fully meshed bridge of a dozen CAs has some hundred paths worth judging. */
                .max_paths = 2000,
                /* A step tries one issuer: 10 000 strangers in a message (A-2.3-6) leave twenty
                 * tries for each, and all steps together take well under a second. */
                .max_steps = 200000,
                /* The longest honest paths have under ten certificates; towers of 64 CAs are in use
                 * as a test of verifiers. */
                .max_depth = 100,
                /* 1000 names under 10 000 constraints: a few hundred milliseconds, and only an
                 * attack gets there. */
                .max_comparisons = 10 * 1000 * 1000,
                /* The largest CRLs in use have tens of megabytes, 10 000 certificates about 20. */
                .max_memory = (size_t)1 << 30,
                /* B-ALG-9, C-KEY-4: 8192 bits must be computed; at 16384 one verification costs
                 * sixteen of RSA-4096, and whoever reads the mail pays. */
                .max_key_bits = 16383,
                /* Real mail nests four deep, forwarded mail some ten. */
                .max_mime_depth = 100,
                /* A digest of a mailing list has some hundred parts. */
                .max_mime_parts = 100000,
            },
    };
}
