/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl.h"

#include "x509/dump_object.h"

static void dump_entry(struct sg_dump *dump, const struct sg_crl_entry *entry)
{
    sg_dump_map(dump, NULL);
    sg_dump_integer(dump, "serial", entry->serial);
    sg_dump_time(dump, "revocation_date", entry->revocation_date);
    if (entry->reason != SG_REASON_ABSENT)
        sg_dump_string(dump, "reason", sg_crl_reason_name(entry->reason));
    if (entry->invalidity_date != SIGNET_TIME_UNKNOWN)
        sg_dump_time(dump, "invalidity_date", entry->invalidity_date);
    sg_dump_extensions(dump, "extensions", entry->extensions, SG_IN_CRL_ENTRY);
    sg_dump_end(dump);
}

static void dump_entries(struct sg_dump *dump, const struct signet_crl *crl, size_t max_entries)
{
    struct sg_crl_entries rest = {crl->entries};
    struct sg_crl_entry entry;
    size_t num = 0;
    if (crl->entries.ptr == NULL)
        return;
    sg_dump_list(dump, "entries");
    for (; num < max_entries && sg_crl_entries_next(&rest, &entry); num++)
        dump_entry(dump, &entry);
    sg_dump_end(dump);
    if (num < crl->num_entries)
        sg_dump_number(dump, "entries_not_shown", (int64_t)(crl->num_entries - num));
}

void sg_crl_dump(const struct signet_crl *crl, struct sg_dump *dump, size_t max_entries)
{
    sg_dump_number(dump, "version", crl->version);
    sg_dump_name(dump, "issuer", &crl->issuer);
    sg_dump_time(dump, "this_update", crl->this_update);
    if (crl->next_update != SIGNET_TIME_UNKNOWN)
        sg_dump_time(dump, "next_update", crl->next_update);
    sg_dump_extensions(dump, "extensions", crl->extensions, SG_IN_CRL);
    sg_dump_number(dump, "num_entries", (int64_t)crl->num_entries);
    dump_entries(dump, crl, max_entries);
    sg_dump_signature_algorithm(dump, "signature_algorithm", &crl->signature_algorithm);
    sg_dump_hex(dump, "signature", crl->signature);
    sg_dump_fingerprints(dump, crl->der);
}
