/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_parts.h"

/* The first place in the index whose serial number is not before SERIAL. */
static size_t find_first(const struct signet_crl *crl, struct signet_span serial)
{
    size_t low = 0, high = crl->num_entries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct signet_span at = sg_crl_entry_serial(crl->entries, crl->index[middle]);
        if (sg_crl_serial_compare(at, serial) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The run that OFFSET lies in; NULL before the first: the CRL's issuer is the entry's too. */
static const struct sg_crl_issuer_run *find_run(const struct signet_crl *crl, uint32_t offset)
{
    size_t low = 0, high = crl->num_runs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (crl->runs[middle].first_offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &crl->runs[low - 1] : NULL;
}

static bool is_issued_by(const struct signet_crl *crl, uint32_t offset,
                         const struct sg_name *issuer)
{
    const struct sg_crl_issuer_run *run = find_run(crl, offset);
    if (run == NULL)
        return sg_name_equal(&crl->issuer, issuer);
    return !run->unusable && sg_name_equal(&run->issuer, issuer);
}

bool sg_crl_find(const struct signet_crl *crl, struct signet_span serial,
                 const struct sg_name *issuer, struct sg_crl_entry *out)
{
    bool found = false;
    for (size_t i = find_first(crl, serial); i < crl->num_entries; i++) {
        uint32_t offset = crl->index[i];
        struct sg_crl_entries at = {sg_span_from(crl->entries, offset)};
        struct sg_crl_entry entry;
        if (!sg_span_equal(sg_crl_entry_serial(crl->entries, offset), serial))
            break;
        if (!is_issued_by(crl, offset, issuer) || !sg_crl_entries_next(&at, &entry))
            continue;
        *out = entry;
        found = true;
        if (entry.reason != SG_REASON_REMOVE_FROM_CRL)
            break;
    }
    return found;
}
