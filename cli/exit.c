/* SPDX-License-Identifier: Apache-2.0 */
#include "verb.h"

const char *exit_meanings(enum verb_bit bit)
{
    if (((unsigned)bit & (VERB_JUDGE | VERB_SHOW)) != 0)
        return "0 good or warn, 1 bad or weak, 2 trouble, 3 unknown, 4 not signed";
    if (((unsigned)bit & VERB_SIGNING) != 0)
        return "0 signed, 1 refused, 2 trouble, 3 refused as something is not known";
    if (bit == VERB_ENCRYPT)
        return "0 encrypted, 1 refused, 2 trouble";
    if (bit == VERB_DECRYPT)
        return "of what was decrypted: 0 good or warn, 1 bad or weak, 2 trouble, 3 unknown or not "
               "decrypted, 4 not signed or not encrypted";
    if (bit == VERB_LINT)
        return "0 no rule is broken that must be kept, 1 one is, 2 trouble";
    if (bit == VERB_CHECK)
        return "0 no flaw is left, 1 there are flaws, 2 trouble";
    return "0 done, 1 something asked for is not there, 2 trouble";
}

enum exit_status exit_of_verdict(enum signet_verdict verdict)
{
    static const enum exit_status statuses[] = {
        [SIGNET_VERDICT_NONE] = EXIT_NONE,       [SIGNET_VERDICT_GOOD] = EXIT_GOOD,
        [SIGNET_VERDICT_WARN] = EXIT_GOOD,       [SIGNET_VERDICT_WEAK] = EXIT_BAD,
        [SIGNET_VERDICT_UNKNOWN] = EXIT_UNKNOWN, [SIGNET_VERDICT_BAD] = EXIT_BAD,
    };

    return statuses[verdict];
}

enum exit_status exit_worse(enum exit_status a, enum exit_status b)
{
    static const int ranks[] = {
        [EXIT_GOOD] = 0, [EXIT_NONE] = 1, [EXIT_UNKNOWN] = 2, [EXIT_BAD] = 3, [EXIT_TROUBLE] = 4,
    };

    return ranks[a] >= ranks[b] ? a : b;
}
