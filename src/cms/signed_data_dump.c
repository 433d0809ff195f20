/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/dump.h"

void sg_algorithm_dump(struct sg_dump *dump, const char *key, const struct sg_algorithm *algorithm)
{
    sg_dump_map(dump, key);
    sg_dump_oid(dump, "algorithm", algorithm->oid_octets);
    if (algorithm->parameters.ptr != NULL)
        sg_dump_hex(dump, "parameters", algorithm->parameters);
    sg_dump_end(dump);
}

void sg_reference_dump(const struct sg_certificate_reference *reference, struct sg_dump *dump)
{
    if (reference->by_key_id) {
        sg_dump_hex(dump, "key_id", reference->key_id);
        return;
    }
    sg_dump_name(dump, "issuer", &reference->issuer);
    sg_dump_integer(dump, "serial", reference->serial);
}

void sg_error_dump(struct sg_dump *dump, const char *key, const struct signet_parse_error *error)
{
    sg_dump_map(dump, key);
    sg_dump_string(dump, "expected", error->expected);
    sg_dump_number(dump, "offset", (int64_t)error->offset);
    sg_dump_end(dump);
}

void sg_signer_info_dump(struct sg_dump *dump, const char *key, const struct sg_signer_info *signer,
                         struct sg_arena *arena, unsigned depth)
{
    sg_dump_map(dump, key);
    if (signer->malformed) {
        sg_error_dump(dump, "malformed", &signer->error);
        sg_dump_end(dump);
        return;
    }
    sg_dump_number(dump, "version", signer->version);
    sg_reference_dump(&signer->sid, dump);
    sg_algorithm_dump(dump, "digest_algorithm", &signer->digest_algorithm);
    if (signer->has_signed_attributes)
        sg_cms_attributes_dump(dump, "signed_attributes", &signer->signed_attributes, arena, depth);
    sg_algorithm_dump(dump, "signature_algorithm", &signer->signature_algorithm);
    sg_dump_hex(dump, "signature", signer->signature);
    if (signer->unsigned_attributes.num > 0)
        sg_cms_attributes_dump(dump, "unsigned_attributes", &signer->unsigned_attributes, arena,
                               depth);
    sg_dump_end(dump);
}

void sg_signed_data_dump(const struct sg_signed_data *signed_data, struct sg_dump *dump)
{
    struct sg_arena arena;
    sg_arena_init(&arena, SG_CMS_DUMP_ARENA_LEN);
    sg_dump_number(dump, "version", signed_data->version);
    sg_dump_list(dump, "digest_algorithms");
    for (size_t i = 0; i < signed_data->num_digest_algorithms; i++)
        sg_algorithm_dump(dump, NULL, &signed_data->digest_algorithms[i]);
    sg_dump_end(dump);
    sg_encapsulated_content_dump(&signed_data->content, dump);
    sg_cms_objects_dump(dump, "certificates", &signed_data->certificates);
    sg_cms_objects_dump(dump, "crls", &signed_data->crls);
    sg_dump_list(dump, "signers");
    for (size_t i = 0; i < signed_data->num_signers; i++)
        sg_signer_info_dump(dump, NULL, &signed_data->signers[i], &arena, SG_CMS_DUMP_DEPTH);
    sg_dump_end(dump);
    sg_arena_clear(&arena);
}
