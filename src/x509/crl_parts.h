/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of reading a CRL, each in its own file. Within src/x509 only.
 */
#ifndef SG_X509_CRL_PARTS_H
#define SG_X509_CRL_PARTS_H

#include "x509/crl.h"

/* Adds a note of KIND at AT, an octet of CRL, about the extension OID ({NULL,0} for none). */
void sg_crl_note(struct signet_crl *crl, enum sg_kind kind, const uint8_t *at,
                 struct signet_span oid);
/* The same for what makes CRL unusable. EXPECTED is NULL unless an extension is malformed. */
void sg_crl_refuse(struct signet_crl *crl, enum sg_kind kind, const uint8_t *at,
                   struct signet_span oid, const char *expected);

/* Notes what is wrong with the critical flag of EXTENSION. */
void sg_crl_note_flag(struct signet_crl *crl, const struct sg_extension *extension,
                      enum sg_extension_place place);

/* crl_facts.c: reads LIST, the content of crlExtensions. False: one is no Extension, or there are
 * too many. */
SIGNET_MUST_CHECK bool sg_crl_take_extensions(struct signet_crl *crl, struct sg_der *list);
/* What follows from several extensions together. */
void sg_crl_conclude_facts(struct signet_crl *crl);

/* What sorting would like to know of the serial numbers. */
struct sg_crl_order {
    bool sorted;   /* they ascend already */
    bool same_len; /* all have the same number of octets */
};
/* crl_scan.c: reads LIST, the content of revokedCertificates, once: syntax, the index in the CRL's
 * order, runs, notes. */
SIGNET_MUST_CHECK enum signet_status sg_crl_scan(struct signet_crl *crl, struct sg_der *list,
                                                 struct sg_crl_order *order);

/* crl_entry.c: one entry. */
SIGNET_MUST_CHECK bool sg_crl_entry_parse(struct sg_der *list, struct sg_crl_entry *out);
/* The serial number of the entry at OFFSET of checked ENTRIES. */
struct signet_span sg_crl_entry_serial(struct signet_span entries, uint32_t offset);
/* The order of the index: shorter first, then by octets. Any total order does; this one is that of
 * ascending numbers. */
static inline int sg_crl_serial_compare(struct signet_span a, struct signet_span b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return memcmp(a.ptr, b.ptr, a.len);
}

/* crl_index.c: sorts the NUM offsets in INDEX by serial number, equal ones by offset. SAME_LEN: all
 * serial numbers have one length. Linear in octets. False: memory is out. */
SIGNET_MUST_CHECK bool sg_crl_index_sort(struct signet_span entries, uint32_t *index, size_t num,
                                         bool same_len);

/* crl_runs.c: the certificate issuers of an indirect CRL as they come. */
struct sg_crl_runs {
    struct sg_buffer names; /* canonical forms, one after the other */
    struct sg_crl_issuer_run *items;
    size_t num, cap;
};
/* From the entry at OFFSET on, entries belong to the issuer among NAMES, content octets of a
 * GeneralNames. False: memory is out. */
SIGNET_MUST_CHECK bool sg_crl_runs_add(struct sg_crl_runs *runs, uint32_t offset,
                                       struct signet_span names);
/* Hands all over to CRL. */
void sg_crl_runs_finish(struct sg_crl_runs *runs, struct signet_crl *crl);
void sg_crl_runs_free(struct sg_crl_runs *runs);

#endif
