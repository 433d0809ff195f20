/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate_parts.h"

#include "x509/dump_names.h"
#include "x509/dump_object.h"
#include "x509/privilege.h"

void sg_issuer_serial_dump(struct sg_dump *dump, const char *key,
                           const struct sg_issuer_serial *certificate)
{
    if (!certificate->present)
        return;
    sg_dump_map(dump, key);
    sg_dump_general_names(dump, "issuer", certificate->names);
    sg_dump_integer(dump, "serial", certificate->serial);
    if (certificate->issuer_unique_id.ptr != NULL)
        sg_dump_hex(dump, "issuer_unique_id", certificate->issuer_unique_id);
    sg_dump_end(dump);
}

void sg_object_digest_dump(struct sg_dump *dump, const char *key,
                           const struct sg_object_digest *digest)
{
    static const char *const objects[] = {
        [SG_DIGESTED_PUBLIC_KEY] = "public key",
        [SG_DIGESTED_CERTIFICATE] = "certificate",
        [SG_DIGESTED_OTHER] = "other",
    };
    if (!digest->present)
        return;
    sg_dump_map(dump, key);
    if (digest->object <= SG_DIGESTED_OTHER)
        sg_dump_string(dump, "object", objects[digest->object]);
    else
        sg_dump_number(dump, "object", digest->object);
    if (digest->other_type.ptr != NULL)
        sg_dump_oid(dump, "object_type", digest->other_type);
    sg_dump_oid(dump, "algorithm", digest->algorithm.oid_octets);
    sg_dump_hex(dump, "digest", digest->value);
    sg_dump_end(dump);
}

static void dump_holder(struct sg_dump *dump, const struct sg_holder *holder)
{
    sg_dump_map(dump, "holder");
    sg_issuer_serial_dump(dump, "base_certificate", &holder->base);
    sg_dump_general_names(dump, "entity_names", holder->names);
    sg_object_digest_dump(dump, "object_digest", &holder->digest);
    sg_dump_end(dump);
}

static void dump_issuer(struct sg_dump *dump, const struct sg_attribute_issuer *issuer)
{
    sg_dump_map(dump, "issuer");
    sg_dump_string(dump, "form", issuer->v1_form ? "v1" : "v2");
    sg_dump_general_names(dump, "names", issuer->names);
    sg_issuer_serial_dump(dump, "base_certificate", &issuer->base);
    sg_object_digest_dump(dump, "object_digest", &issuer->digest);
    sg_dump_end(dump);
}

void sg_attribute_certificate_dump(const struct signet_attribute_certificate *certificate,
                                   struct sg_dump *dump)
{
    sg_dump_number(dump, "version", certificate->version);
    dump_holder(dump, &certificate->holder);
    dump_issuer(dump, &certificate->issuer);
    sg_dump_integer(dump, "serial", certificate->serial);
    sg_dump_time(dump, "not_before", certificate->not_before);
    sg_dump_time(dump, "not_after", certificate->not_after);
    sg_privileges_dump(dump, "attributes", certificate->attributes);
    if (certificate->issuer_unique_id.ptr != NULL)
        sg_dump_hex(dump, "issuer_unique_id", certificate->issuer_unique_id);
    sg_dump_extensions(dump, "extensions", certificate->extensions, SG_IN_ATTRIBUTE_CERTIFICATE);
    sg_dump_signature_algorithm(dump, "signature_algorithm", &certificate->signature_algorithm);
    sg_dump_hex(dump, "signature", certificate->signature);
    sg_dump_fingerprints(dump, certificate->der);
}
