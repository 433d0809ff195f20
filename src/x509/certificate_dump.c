/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/certificate.h"

#include "x509/dump_object.h"

static void dump_unique_id(struct sg_dump *dump, const char *key, struct signet_span id)
{
    if (id.ptr != NULL)
        sg_dump_hex(dump, key, id);
}

static const char *source_name(enum sg_mail_address_source source)
{
    static const char *const names[] = {
        [SG_ADDRESS_RFC822] = "rfc822Name",
        [SG_ADDRESS_SMTP_UTF8] = "SmtpUTF8Mailbox",
        [SG_ADDRESS_SUBJECT] = "subject",
    };
    return names[source];
}

/* What the sender of mail is compared with, and what stands in such a place without being an
 * address. */
static void dump_addresses(struct sg_dump *dump, const struct signet_certificate *certificate)
{
    struct sg_arena arena;
    struct sg_mail_addresses addresses;
    sg_arena_init(&arena, certificate->der.len * 64 + 4096);
    bool listed = sg_certificate_addresses(certificate, &arena, &addresses);
    if (listed && addresses.num > 0) {
        sg_dump_list(dump, "mail_addresses");
        for (size_t i = 0; i < addresses.num; i++) {
            sg_dump_map(dump, NULL);
            sg_dump_text(dump, "address", addresses.items[i].text);
            sg_dump_string(dump, "source", source_name(addresses.items[i].source));
            sg_dump_boolean(dump, "usable", addresses.items[i].usable);
            sg_dump_end(dump);
        }
        sg_dump_end(dump);
    }
    sg_arena_clear(&arena);
}

void sg_certificate_dump(const struct signet_certificate *certificate, struct sg_dump *dump)
{
    sg_dump_number(dump, "version", certificate->version);
    sg_dump_integer(dump, "serial", certificate->serial);
    sg_dump_name(dump, "subject", &certificate->subject);
    sg_dump_name(dump, "issuer", &certificate->issuer);
    sg_dump_time(dump, "not_before", certificate->not_before);
    sg_dump_time(dump, "not_after", certificate->not_after);
    dump_addresses(dump, certificate);
    sg_dump_public_key(dump, "public_key", &certificate->spki);
    dump_unique_id(dump, "issuer_unique_id", certificate->issuer_unique_id);
    dump_unique_id(dump, "subject_unique_id", certificate->subject_unique_id);
    sg_dump_extensions(dump, "extensions", certificate->extensions, SG_IN_CERTIFICATE);
    sg_dump_signature_algorithm(dump, "signature_algorithm", &certificate->signature_algorithm);
    sg_dump_hex(dump, "signature", certificate->signature);
    sg_dump_fingerprints(dump, certificate->der);
}
