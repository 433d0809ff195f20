/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extensions: the generic form, and one table row for each that we know (extension_table.c). The check for unknown
 * critical extensions, the dump and the fuzzer read the table: there is no second list to forget.
 */
#ifndef SG_X509_EXTENSION_H
#define SG_X509_EXTENSION_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "x509/dump.h"

enum sg_extension_place {
    SG_IN_CERTIFICATE = 1,
    SG_IN_CRL = 2,
    SG_IN_CRL_ENTRY = 4,
    SG_IN_ATTRIBUTE_CERTIFICATE = 8
};

struct sg_extension {
    struct signet_span oid_octets;
    enum sg_oid oid;
    bool critical;
    struct signet_span value; /* content of extnValue */
    size_t offset;            /* of the value in the object, for errors */
};

/* A known extension. */
struct sg_extension_type {
    enum sg_oid oid;
    unsigned places;    /* where it belongs: sum of sg_extension_place */
    unsigned processed; /* where a critical one is acceptable because we process it, RFC 5280 4.2, 5.2, 5.3 */
    /* Checks the whole syntax of a value (an extension known but malformed is PARSE). */
    bool (*check)(struct sg_der *value);
    /* Writes the decoded value; never called for a malformed one. */
    void (*dump)(struct sg_dump *dump, struct signet_span value);
};

/* NULL when unknown. */
const struct sg_extension_type *sg_extension_type_find(enum sg_oid oid);

/* One Extension. */
SIGNET_MUST_CHECK bool sg_extension_parse(struct sg_der *der, struct sg_extension *out);

/* Walks the content octets of an Extensions SEQUENCE that has been parsed once without error. */
struct sg_extensions {
    struct signet_span rest;
    const uint8_t *origin;
};
bool sg_extensions_next(struct sg_extensions *extensions, struct sg_extension *out);

#endif
