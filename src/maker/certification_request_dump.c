/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/certification_request.h"

#include "asn1/oid.h"
#include "x509/dump_object.h"

/* The next attribute. False at the end. */
static bool next_attribute(struct sg_der *attributes, struct signet_span *type,
                           struct signet_span *values)
{
    struct sg_der attribute;
    return !sg_der_done(attributes) &&
           sg_der_enter(attributes, SG_TAG_SEQUENCE, &attribute, "an attribute") &&
           sg_der_oid(&attribute, type, "the attribute's type") &&
           sg_der_value(&attribute, SG_TAG_SET, values, "the attribute's values");
}

/* All but the extensionRequest, which is shown decoded. */
static void dump_attributes(struct sg_dump *dump, struct signet_span octets)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der attributes = sg_der_begin(octets, &error);
    struct signet_span type, values;
    sg_dump_list(dump, "attributes");
    while (next_attribute(&attributes, &type, &values)) {
        if (sg_oid_find(type) == SG_OID_EXTENSION_REQUEST)
            continue;
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "type", type);
        sg_dump_hex(dump, "values", values);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

void sg_certification_request_dump(const struct sg_certification_request *request,
                                   struct sg_dump *dump)
{
    sg_dump_name(dump, "subject", &request->subject);
    sg_dump_public_key(dump, "public_key", &request->spki);
    sg_dump_extensions(dump, "extensions", request->extensions, SG_IN_CERTIFICATE);
    dump_attributes(dump, request->attributes);
    sg_dump_signature_algorithm(dump, "signature_algorithm", &request->signature_algorithm);
    sg_dump_hex(dump, "signature", request->signature);
    sg_dump_fingerprints(dump, request->der);
}
