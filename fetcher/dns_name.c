/* SPDX-License-Identifier: Apache-2.0 */
#include "dns_name.h"

#include "address/mailbox.h"
#include "base/buffer.h"
#include "base/text.h"
#include "crypto/digest.h"

#include <stdio.h>

enum { MAX_ARENA = 65536, SMIMEA_LABEL_LEN = 28, MAX_LABEL = 63 };

typedef const char *add_label(struct sg_buffer *out, struct signet_span local);

static const char *add_smimea(struct sg_buffer *out, struct signet_span local)
{
    uint8_t digest[32];
    if (!sg_sha256(local, digest))
        return "memory is out";
    sg_text_add_hex(out, sg_span(digest, SMIMEA_LABEL_LEN), 0);
    sg_buffer_add_text(out, "._smimecert.");
    return NULL;
}

static const char *add_cert(struct sg_buffer *out, struct signet_span local)
{
    if (local.len > MAX_LABEL)
        return "the local part is longer than a label of the DNS can be";
    for (size_t i = 0; i < local.len; i++) {
        uint8_t c = local.ptr[i];
        if (sg_host_is_label_octet(c))
            sg_buffer_add_byte(out, c);
        else
            sg_buffer_printf(out, "\\%03u", c);
    }
    sg_buffer_add_byte(out, '.');
    return NULL;
}

static const char *compose(const char *address, add_label *add, struct sg_arena *arena,
                           struct sg_buffer *out)
{
    struct sg_mailbox mailbox;
    if (!sg_mailbox_parse(sg_span_text(address), arena, &mailbox))
        return arena->failed ? "memory is out" : "not a mail address";
    if (mailbox.literal || !sg_host_valid_ascii(mailbox.host))
        return "the domain of the address is no name of the DNS";
    const char *problem = add(out, mailbox.local);
    if (problem != NULL)
        return problem;
    sg_buffer_add(out, mailbox.host);
    sg_buffer_add_text(out, ".");
    sg_buffer_add_byte(out, 0);
    return out->status == SIGNET_OK ? NULL : "the name would be too long";
}

static const char *write_name(const char *address, add_label *add, char name[SG_DNS_MAX_NAME])
{
    struct sg_arena arena;
    struct sg_buffer out;
    sg_arena_init(&arena, MAX_ARENA);
    sg_buffer_init(&out, SG_DNS_MAX_NAME);
    const char *problem = compose(address, add, &arena, &out);
    if (problem == NULL)
        memcpy(name, out.ptr, out.len);
    sg_buffer_free(&out);
    sg_arena_clear(&arena);
    return problem;
}

const char *sg_dns_name_smimea(const char *address, char name[SG_DNS_MAX_NAME])
{
    return write_name(address, add_smimea, name);
}

const char *sg_dns_name_cert(const char *address, char name[SG_DNS_MAX_NAME])
{
    return write_name(address, add_cert, name);
}
