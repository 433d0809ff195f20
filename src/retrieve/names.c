/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/retrieve.h"

const char *signet_place_name(enum signet_place place)
{
    static const char *const names[] = {
        [SIGNET_PLACE_DATABASE] = "database",
        [SIGNET_PLACE_LDAP] = "ldap",
        [SIGNET_PLACE_DNS] = "dns",
        [SIGNET_PLACE_HTTP] = "http",
    };
    return names[place];
}

const char *signet_retrieve_outcome_name(enum signet_retrieve_outcome outcome)
{
    static const char *const names[] = {
        [SIGNET_RETRIEVE_FOUND] = "found",           [SIGNET_RETRIEVE_UNCHANGED] = "unchanged",
        [SIGNET_RETRIEVE_RECENT] = "recent",         [SIGNET_RETRIEVE_ABSENT] = "absent",
        [SIGNET_RETRIEVE_INVALID] = "invalid",       [SIGNET_RETRIEVE_REFUSED] = "refused",
        [SIGNET_RETRIEVE_TOO_LARGE] = "too-large",   [SIGNET_RETRIEVE_TIMED_OUT] = "timed-out",
        [SIGNET_RETRIEVE_UNPROVEN] = "unproven",     [SIGNET_RETRIEVE_FAILED] = "failed",
        [SIGNET_RETRIEVE_REMEMBERED] = "remembered", [SIGNET_RETRIEVE_LEFT_OUT] = "left-out",
    };
    return names[outcome];
}

const char *signet_retrieved_from_name(enum signet_retrieved_from from)
{
    static const char *const names[] = {
        [SIGNET_FROM_DATABASE] = "database",
        [SIGNET_FROM_MEMORY] = "memory",
        [SIGNET_FROM_NETWORK] = "network",
    };
    return names[from];
}
