/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_told.h"

#include <stdio.h>

/* Longer numbers are told in hexadecimal. */
enum { MAX_DECIMAL_LEN = 7, MAX_SHOWN_LEN = 20 };

static int write_number(struct signet_span number, char *text, size_t size)
{
    uint64_t value = 0;
    int len = 0;
    if (number.len == 0)
        return 0;
    if (number.len <= MAX_DECIMAL_LEN && (number.ptr[0] & 0x80) == 0) {
        for (size_t i = 0; i < number.len; i++)
            value = value << 8 | number.ptr[i];
        return snprintf(text, size, "%llu ", (unsigned long long)value);
    }
    len = snprintf(text, size, "0x");
    for (size_t i = 0; i < number.len && i < MAX_SHOWN_LEN; i++)
        len += snprintf(text + len, size - (size_t)len, "%02x", number.ptr[i]);
    return len + snprintf(text + len, size - (size_t)len, " ");
}

/* False: memory is out. */
static bool write_name(const struct sg_name *name, char *text, size_t size)
{
    return sg_name_write_text(name, text, size) > 0;
}

struct signet_param sg_told_name(struct sg_findings *findings, const char *param,
                                 const struct sg_name *name, char text[SG_TOLD_SIZE])
{
    findings->failed |= !write_name(name, text, SG_TOLD_SIZE);
    return sg_escaped(param, sg_span_text(text));
}

struct signet_param sg_told_crl(struct sg_findings *findings, const char *param,
                                const struct signet_crl *crl, char text[SG_TOLD_SIZE])
{
    int len = snprintf(text, SG_TOLD_SIZE, "%sCRL ", crl->is_delta ? "delta " : "");
    len += write_number(crl->number, text + len, SG_TOLD_SIZE - (size_t)len);
    len += snprintf(text + len, SG_TOLD_SIZE - (size_t)len, "of ");
    findings->failed |= !write_name(&crl->issuer, text + len, SG_TOLD_SIZE - (size_t)len);
    return sg_escaped(param, sg_span_text(text));
}

void sg_crl_tell(const struct sg_status_search *search, struct sg_findings *findings,
                 enum sg_kind kind, const struct signet_crl *crl, const struct signet_param *params)
{
    struct signet_param all[SIGNET_MAX_PARAMS + 1] = {{0}};
    char text[SG_TOLD_SIZE];
    all[0] = sg_told_crl(findings, "crl", crl, text);
    for (size_t i = 1; i < SIGNET_MAX_PARAMS && params != NULL; i++) {
        if (params[i - 1].type == SIGNET_PARAM_END)
            break;
        all[i] = params[i - 1];
    }
    sg_finding_add(findings, kind, sg_at_crl(search->index), all);
}
