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

/* crl_scan.c: reads LIST, the content of revokedCertificates, once: syntax, order, marks, runs,
 * notes. */
SIGNET_MUST_CHECK enum signet_status sg_crl_scan(struct signet_crl *crl, struct sg_der *list);
enum { SG_CRL_MARKED = 64 };

/* crl_entry.c: one entry. */
SIGNET_MUST_CHECK bool sg_crl_entry_parse(struct sg_der *list, struct sg_crl_entry *out);

/* An entry of a list that has been read before. */
struct sg_crl_place {
    struct signet_span serial;
    size_t next; /* the offset of the entry behind it */
};
struct sg_crl_place sg_crl_place_long(struct signet_span entries, size_t offset);
/* The entry at OFFSET in ENTRIES. Nearly all are short. */
static inline struct sg_crl_place sg_crl_place_at(struct signet_span entries, size_t offset)
{
    const uint8_t *entry = entries.ptr + offset;
    if ((entry[1] | entry[3]) >= 0x80)
        return sg_crl_place_long(entries, offset);
    return (struct sg_crl_place){sg_span(entry + 4, entry[3]), offset + 2 + entry[1]};
}

/* The order of a sorted list: shorter first, then by octets. Any total order does; this one is that
 * of ascending numbers. */
static inline int sg_crl_serial_compare(struct signet_span a, struct signet_span b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return memcmp(a.ptr, b.ptr, a.len);
}

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
