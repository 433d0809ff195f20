/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/finding.h"

#define NUM(table) (sizeof(table) / sizeof((table)[0]))

static const char *const verdict_names[] = {
    [SIGNET_VERDICT_NONE] = "NONE",       [SIGNET_VERDICT_GOOD] = "GOOD",
    [SIGNET_VERDICT_WARN] = "WARN",       [SIGNET_VERDICT_WEAK] = "WEAK",
    [SIGNET_VERDICT_UNKNOWN] = "UNKNOWN", [SIGNET_VERDICT_BAD] = "BAD",
};

static const char *const severity_names[] = {
    [SIGNET_SEVERITY_INFO] = "info",
    [SIGNET_SEVERITY_WARNING] = "warning",
    [SIGNET_SEVERITY_ERROR] = "error",
};

static const char *const object_names[] = {
    [SIGNET_OBJECT_MESSAGE] = "message",
    [SIGNET_OBJECT_SIGNER] = "signer",
    [SIGNET_OBJECT_CERTIFICATE] = "certificate",
    [SIGNET_OBJECT_CRL] = "crl",
    [SIGNET_OBJECT_ANCHOR] = "anchor",
    [SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE] = "attribute-certificate",
};

/* NAMES[INDEX], or what stands for a value that the enum does not have. */
static const char *find_name(const char *const *names, size_t num, size_t index)
{
    return index < num ? names[index] : "?";
}

const char *signet_verdict_name(enum signet_verdict verdict)
{
    return find_name(verdict_names, NUM(verdict_names), (size_t)verdict);
}

const char *signet_severity_name(enum signet_severity severity)
{
    return find_name(severity_names, NUM(severity_names), (size_t)severity);
}

const char *signet_object_name(enum signet_object object)
{
    return find_name(object_names, NUM(object_names), (size_t)object);
}
