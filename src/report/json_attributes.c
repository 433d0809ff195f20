/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_attributes.h"

#include "report/json_parts.h"

static void write_attribute(struct sg_json *json, const struct signet_attribute *attribute)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "type", attribute->type);
    sg_json_string(json, "name", attribute->name);
    sg_json_list(json, "values");
    for (size_t i = 0; i < attribute->num_values; i++)
        sg_json_string(json, NULL, attribute->values[i]);
    sg_json_end(json);
    sg_json_boolean(json, "permitted", attribute->permitted);
    sg_json_end(json);
}

static void write_one(struct sg_json *json, const struct signet_attributes *attributes)
{
    const struct signet_attribute_certificate *certificate = attributes->certificate;

    sg_json_object(json, NULL);
    sg_json_string(json, "verdict", signet_verdict_name(attributes->verdict));
    sg_json_string(json, "holder", attributes->holder);
    sg_json_string(json, "issuer", attributes->issuer);
    sg_json_string(json, "serial", attributes->serial);
    sg_json_hex(json, "sha256", signet_attribute_certificate_sha256(certificate));
    sg_json_time(json, "not_before", signet_attribute_certificate_not_before(certificate));
    sg_json_time(json, "not_after", signet_attribute_certificate_not_after(certificate));
    sg_json_list(json, "attributes");
    for (size_t i = 0; i < attributes->num; i++)
        write_attribute(json, &attributes->items[i]);
    sg_json_end(json);
    sg_json_revocation(json, &attributes->revocation);
    if (attributes->issuer_paths != NULL) {
        sg_json_candidates(json, attributes->issuer_paths, false);
    } else {
        sg_json_list(json, "path");
        sg_json_end(json);
    }
    sg_json_findings(json, "findings", attributes->findings);
    sg_json_end(json);
}

void sg_json_attributes(struct sg_json *json, const struct signet_signer *signer)
{
    if (signer->num_attributes == 0)
        return;
    sg_json_list(json, "attributes");
    for (size_t i = 0; i < signer->num_attributes; i++)
        write_one(json, &signer->attributes[i]);
    sg_json_end(json);
}
