/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages composed and read back.
 */
#ifndef SG_TESTS_UNIT_COMPOSE_COMPOSE_H
#define SG_TESTS_UNIT_COMPOSE_COMPOSE_H

#include "sink.h"

#include "compose/mail.h"
#include "compose/survey.h"

#define COMPOSE_ARENA ((size_t)1 << 26)

/* The entity that is to be signed. */
static inline struct signet_span entity_of(const struct sg_content *content)
{
    struct kept kept;
    sg_content_write(content, keep_begin(&kept));
    return keep_end(&kept);
}

static const struct sg_mime_limits compose_limits = {120, 12000};

/* The mail with a signature of three octets. */
static inline struct signet_span signed_mail_of(const struct sg_content *content)
{
    char separator[SG_SEPARATOR_SIZE];
    assert_int_equal(sg_separator_choose(content, text_bytes("seed"), separator), SIGNET_OK);
    struct kept kept;
    struct sg_compose_error error = {NULL, NULL};
    assert_int_equal(sg_mail_write_signed(content, false, "sha-256", separator, text_bytes("sig"),
                                          keep_begin(&kept), &error),
                     SIGNET_OK);
    return keep_end(&kept);
}

/* Composes MESSAGE as multipart/signed and reads it back: what the reader finds as the signed part
 * must be ENTITY to the octet. */
static inline struct sg_part *assert_read_back(const struct sg_content *content,
                                               struct signet_span entity, struct sg_arena *arena)
{
    struct sg_part *part;
    assert_true(sg_part_parse(signed_mail_of(content), &compose_limits, arena, &part));
    assert_true(sg_part_is(part, "multipart", "signed"));
    assert_false(part->ambiguous || part->unterminated || part->headers.malformed);
    assert_int_equal(part->num_children, 2);
    assert_span_equal(part->children[0].raw, entity);
    assert_true(sg_part_is(&part->children[1], "application", "pkcs7-signature"));
    struct signet_span signature;
    bool clean;
    assert_true(sg_part_decode(&part->children[1], arena, &signature, &clean));
    assert_true(clean);
    assert_span_text(signature, "sig");
    return part;
}

/* Nothing that a transport of 7 bits may change, and every line ends in CRLF. */
static inline void assert_canonical(struct signet_span entity)
{
    struct sg_survey survey = sg_survey_make(entity);
    if (!sg_survey_is_7bit(&survey))
        fail_msg("not 7 bit: %s", as_text(entity));
    for (size_t i = 0; i < entity.len; i++) {
        if (entity.ptr[i] == '\n' && (i == 0 || entity.ptr[i - 1] != '\r'))
            fail_msg("a bare LF at %zu: %s", i, as_text(entity));
    }
}

#endif
