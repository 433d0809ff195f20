/* SPDX-License-Identifier: Apache-2.0 */
#include "address/idna.h"

#include "address/host.h"

#include <idn2.h>

/* More octets of UTF-8 than any name has whose A-labels fit into 253. */
enum { MAX_LEN = 1023 };

/* Not IDN2_USE_STD3_ASCII_RULES: libidn2 2.3 drops what these rules forbid instead of refusing it,
 * so that "a_b" beside a U-label would become "ab", another host. sg_host_valid_ascii looks at the
 * result instead, which also stops "/" and "@" that came in by mapping (UTS 46 section 4.1). */
enum { LOOKUP_FLAGS = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL };

/* As a C string, which is what libidn2 reads. */
static bool copy_text(struct signet_span text, char buffer[MAX_LEN + 1])
{
    if (text.len == 0 || text.len > MAX_LEN || memchr(text.ptr, '\0', text.len) != NULL)
        return false;
    memcpy(buffer, text.ptr, text.len);
    buffer[text.len] = '\0';
    return true;
}

/* Moves what libidn2 allocated, TEXT, into the arena, and reads its return code RC. */
static enum sg_idna take_result(int rc, char *text, struct sg_arena *arena, struct signet_span *out)
{
    if (rc == IDN2_MALLOC) {
        arena->failed = true;
        return SG_IDNA_MEMORY;
    }
    if (rc != IDN2_OK)
        return SG_IDNA_REFUSED;

    struct signet_span copy = sg_arena_copy(arena, sg_span_text(text));
    idn2_free(text);
    if (copy.ptr == NULL)
        return SG_IDNA_MEMORY;
    *out = copy;
    return SG_IDNA_OK;
}

enum sg_idna sg_idna_to_ascii(struct signet_span host, struct sg_arena *arena,
                              struct signet_span *out)
{
    char text[MAX_LEN + 1];
    if (!copy_text(host, text))
        return SG_IDNA_REFUSED;

    uint8_t *ascii = NULL;
    int rc = idn2_lookup_u8((const uint8_t *)text, &ascii, LOOKUP_FLAGS);
    struct signet_span name;
    enum sg_idna result = take_result(rc, (char *)ascii, arena, &name);
    if (result != SG_IDNA_OK)
        return result;
    if (!sg_host_valid_ascii(name))
        return SG_IDNA_REFUSED;
    *out = name;
    return SG_IDNA_OK;
}

enum sg_idna sg_idna_to_unicode(struct signet_span label, struct sg_arena *arena,
                                struct signet_span *out)
{
    char text[MAX_LEN + 1];
    if (!copy_text(label, text))
        return SG_IDNA_REFUSED;

    char *unicode = NULL;
    int rc = idn2_to_unicode_8z8z(text, &unicode, IDN2_NONTRANSITIONAL);
    struct signet_span u_label;
    struct signet_span back;
    enum sg_idna result = take_result(rc, unicode, arena, &u_label);
    if (result == SG_IDNA_OK)
        result = sg_idna_to_ascii(u_label, arena, &back);
    if (result != SG_IDNA_OK)
        return result;
    if (!sg_span_equal_ascii_case(back, label))
        return SG_IDNA_REFUSED;
    *out = u_label;
    return SG_IDNA_OK;
}
