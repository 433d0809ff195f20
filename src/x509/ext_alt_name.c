/* SPDX-License-Identifier: Apache-2.0 */
/* subjectAltName, RFC 5280 4.2.1.6; issuerAltName, 4.2.1.7; certificateIssuer of a CRL
 * entry, 5.3.3. */
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/extension_values.h"
#include "x509/walk.h"

/* GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName */
bool sg_alt_name_parse(struct sg_der *value, struct signet_span *names)
{
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a GeneralNames"))
        return false;
    struct signet_span list = sg_span(content.ptr, (size_t)(content.end - content.ptr));
    if (!sg_general_names_parse(&content) || !sg_der_end(value))
        return false;
    *names = list;
    return true;
}

static bool check(struct sg_der *value)
{
    struct signet_span names;
    return sg_alt_name_parse(value, &names);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    sg_dump_general_names(dump, "names", sg_walk_into(value));
}

const struct sg_extension_type sg_ext_subject_alt_name = {
    .oid = SG_OID_CE_SUBJECT_ALT_NAME,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check,
    .dump = dump,
};

/* Not processed in path validation (RFC 5280 4.2.1.7), so a critical one cannot be honoured. In a
 * CRL it is another name of the issuer, for showing. */
const struct sg_extension_type sg_ext_issuer_alt_name = {
    .oid = SG_OID_CE_ISSUER_ALT_NAME,
    .places = SG_IN_CERTIFICATE | SG_IN_CRL,
    .check = check,
    .dump = dump,
};

const struct sg_extension_type sg_ext_certificate_issuer = {
    .oid = SG_OID_CE_CERTIFICATE_ISSUER,
    .places = SG_IN_CRL_ENTRY,
    .processed = SG_IN_CRL_ENTRY,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check,
    .dump = dump,
};
