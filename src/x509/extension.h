/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extensions: the generic form, and one row for each that we know (extension_table.c). The check
 * for unknown critical extensions, the dump and the fuzzer read the table: there is no second list
 * to forget.
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
    bool default_spelled;     /* "critical FALSE" is written out, against X.690 11.5: tolerated */
    struct signet_span value; /* content of extnValue */
    size_t offset;            /* of the value in the object, for errors */
};

/* What the standard says of the critical flag. Another value is NONCONFORMING, and changes nothing.
 */
enum sg_criticality { SG_CRITICAL_EITHER = 0, SG_CRITICAL_ALWAYS, SG_CRITICAL_NEVER };

/* A known extension. */
struct sg_extension_type {
    enum sg_oid oid;
    unsigned places;    /* where it belongs: sum of sg_extension_place */
    unsigned processed; /* where a critical one is acceptable because we process it, RFC
                           5280 4.2, 5.2, 5.3 */
    enum sg_criticality criticality;
    /* Known for showing only: no standard that binds us defines it, so a malformed one is shown as
     * octets and no fault. */
    bool shown_only;
    /* Checks the whole syntax of a value (an extension known but malformed is PARSE). */
    bool (*check)(struct sg_der *value);
    /* Writes the decoded value as members of the map that is open; never called for a malformed
     * one. */
    void (*dump)(struct sg_dump *dump, struct signet_span value);
};

/* NULL when unknown. */
const struct sg_extension_type *sg_extension_type_find(enum sg_oid oid);

/* One Extension. */
SIGNET_MUST_CHECK bool sg_extension_parse(struct sg_der *der, struct sg_extension *out);

/* The same without looking for what its OID means. */
SIGNET_MUST_CHECK bool sg_extension_skim(struct sg_der *der, struct sg_extension *out);

/* A critical EXTENSION in an object of PLACE that we do not process: the object must not be used.
 */
bool sg_extension_is_unknown_critical(const struct sg_extension *extension,
                                      enum sg_extension_place place);

/* The syntax of a known EXTENSION in PLACE is wrong: says where, counted from the value's
 * beginning. Unknown ones, misplaced ones and those known for showing only are never malformed. */
bool sg_extension_is_malformed(const struct sg_extension *extension, enum sg_extension_place place,
                               struct signet_parse_error *error);

/* The OIDs that one list of extensions has had. More of them than any list has in earnest make the
 * list unreadable, which bounds the search for repetitions. */
#define SG_MAX_EXTENSIONS 128
struct sg_extension_set {
    size_t num;
    struct signet_span oids[SG_MAX_EXTENSIONS];
};
bool sg_extension_set_has(const struct sg_extension_set *set, struct signet_span oid);
/* False: full. */
SIGNET_MUST_CHECK bool sg_extension_set_add(struct sg_extension_set *set, struct signet_span oid);

/* Walks the content octets of an Extensions SEQUENCE that has been parsed once without error. */
struct sg_extensions {
    struct signet_span rest;
    const uint8_t *origin; /* the object, from which offsets count */
};
bool sg_extensions_next(struct sg_extensions *extensions, struct sg_extension *out);

#endif
