/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl.h"

void sg_crl_check(const struct signet_crl *crl, size_t index, struct sg_findings *findings)
{
    sg_notes_check(&crl->notes, SG_KIND_CRL_NOTES_DROPPED, sg_at_crl(index), findings);
}

static bool is_negative(struct signet_span number)
{
    return number.len > 0 && (number.ptr[0] & 0x80) != 0;
}

int sg_crl_number_compare(struct signet_span a, struct signet_span b)
{
    if (is_negative(a) || is_negative(b))
        return (int)is_negative(b) - (int)is_negative(a);
    if (a.len > 0 && a.ptr[0] == 0)
        a = sg_span_from(a, 1);
    if (b.len > 0 && b.ptr[0] == 0)
        b = sg_span_from(b, 1);
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    int order = a.len == 0 ? 0 : memcmp(a.ptr, b.ptr, a.len);
    return (order > 0) - (order < 0);
}
