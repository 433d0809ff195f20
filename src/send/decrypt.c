/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/decrypt.h"

#include "agent/compressed.h"
#include "agent/context.h"
#include "agent/shown.h"
#include "bundle/cms_input.h"
#include "cms/enveloped_data_open.h"
#include "finding/finding.h"
#include "mime/smime.h"
#include "path/pool.h"
#include "send/decrypted_mail.h"
#include "signet/path.h"

#include <stdlib.h>

/* Encrypted inside of encrypted, compressed inside of compressed: nobody nests deeper in earnest.
 */
#define MAX_LAYERS 4
/* Certificates of senders' static keys that are judged for one message. */
#define MAX_ORIGINATORS 8

struct signet_decrypted {
    struct sg_arena received; /* the message as it came: of this alone a part may lie in a file */
    struct sg_arena arena;    /* nothing that was encrypted is in it but what is public */
    struct sg_findings findings;
    struct signet_findings view;
    enum signet_decrypt_outcome outcome;
    struct sg_secret mail; /* what came out last */
    bool has_news;         /* MAIL is another than the one that was looked at */
    bool was_beside;       /* what MAIL is the whole of stood beside other parts */
    bool any_opened;
    unsigned num_encrypted, num_compressed; /* layers so far */
    struct sg_uncompressing uncompressing;
    const struct signet_own_key *key;
    const struct sg_cipher_kind *cipher;
    bool authenticated;
};

/* One layer while it is opened. */
struct layer {
    struct signet_decrypted *decrypted;
    struct signet_context *context;
    const struct signet_own_keys *keys;
    const struct signet_pool *pool;
    const struct signet_policy *policy;
    struct sg_arena *arena;     /* for what is read of it */
    const struct sg_part *mail; /* NULL: a bare object */
    const struct sg_part *part; /* that is encrypted or compressed */
    const char *path;
    struct sg_enveloped_data data;
    size_t num_originators;
    struct signet_certificate *originators[MAX_ORIGINATORS];
    bool no_memory;
};

const char *signet_decrypt_outcome_name(enum signet_decrypt_outcome outcome)
{
    static const char *const names[] = {[SIGNET_DECRYPT_OPENED] = "opened",
                                        [SIGNET_DECRYPT_NONE] = "none",
                                        [SIGNET_DECRYPT_NO_KEY] = "no-key",
                                        [SIGNET_DECRYPT_FAILED] = "failed"};
    return names[outcome];
}

static void tell(struct layer *layer, enum sg_kind kind, struct signet_param param)
{
    sg_finding_add(&layer->decrypted->findings, kind, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("part", layer->path), param));
}

static struct signet_param no_param(void)
{
    return sg_string("cipher", "");
}

/* --- finding what is encrypted */

static bool is_encrypted(const struct sg_content_info *info)
{
    return info->type == SG_OID_CT_ENVELOPED_DATA || info->type == SG_OID_CT_AUTH_ENVELOPED_DATA;
}

/* False, INFO of no type: it is nothing that can be opened. */
static bool read_closed_object(struct signet_span cms, struct sg_content_info *info)
{
    struct signet_parse_error error;
    if (sg_content_info_parse(cms, info, &error) && info->has_content &&
        (is_encrypted(info) || info->type == SG_OID_CT_COMPRESSED_DATA))
        return true;
    *info = (struct sg_content_info){0};
    return false;
}

/* The next part in the order in which they stand; what is in an attached message is another
 * matter. */
static const struct sg_part *next_part(const struct sg_part *part)
{
    if (part->num_children > 0 && !sg_part_holds_message(part))
        return &part->children[0];
    while (part->parent != NULL) {
        const struct sg_part *parent = part->parent;
        size_t index = (size_t)(part - parent->children) + 1;
        if (index < parent->num_children)
            return &parent->children[index];
        part = parent;
    }
    return NULL;
}

/* False: memory is out. *INFO is the first encrypted object, else the first compressed one, and
 * LAYER has its part. */
static bool find_part(struct layer *layer, struct sg_content_info *info)
{
    const struct sg_part *part = layer->mail;
    struct sg_content_info here;
    struct signet_span octets;
    bool clean;
    *info = (struct sg_content_info){0};
    for (; part != NULL && !is_encrypted(info); part = next_part(part)) {
        if (part->num_children > 0 || sg_part_smime(part) != SG_SMIME_CMS)
            continue;
        if (!sg_part_decode(part, layer->arena, &octets, &clean))
            return false;
        if (!read_closed_object(octets, &here) || (info->has_content && !is_encrypted(&here)))
            continue;
        layer->part = part;
        layer->path = part->path;
        *info = here;
    }
    return true;
}

/* Nothing to be opened: INFO has no content. */
static bool find(struct layer *layer, struct signet_span message, struct sg_content_info *info)
{
    struct sg_mime_limits limits = {layer->policy->limits.max_mime_depth,
                                    layer->policy->limits.max_mime_parts};
    struct sg_arena *arena = layer->arena;
    struct signet_span cms;
    struct sg_part *root;
    if (!sg_cms_input_find(message, arena, &cms))
        return false;
    if (cms.ptr != NULL) {
        layer->path = "1";
        (void)read_closed_object(cms, info);
        return true;
    }
    if (!sg_part_parse(message, &limits, arena, &root))
        return false;
    layer->mail = root;
    return find_part(layer, info);
}

/* --- the sender's static key (A-4.2-3) */

static bool is_valid(struct layer *layer, const struct signet_certificate *certificate,
                     const struct signet_pool *pool)
{
    struct signet_policy policy = *layer->policy;
    struct signet_path_result *result;
    policy.purpose = SIGNET_PURPOSE_DECRYPT;
    policy.email = NULL;
    enum signet_status status =
        signet_path_verify(layer->context, certificate, pool, &policy, &result);
    layer->no_memory |= status == SIGNET_ERR_MEMORY;
    if (status != SIGNET_OK)
        return false;
    bool valid = signet_path_result_verdict(result) == SIGNET_VERDICT_GOOD ||
                 signet_path_result_verdict(result) == SIGNET_VERDICT_WARN;
    signet_path_result_free(result);
    return valid;
}

/* What the message brings is as good as what is at hand: its path decides. */
static struct signet_pool *pool_of(struct layer *layer)
{
    struct signet_pool *pool = signet_pool_new(layer->pool);
    struct sg_cms_objects certificates = layer->data.certificates, crls = layer->data.crls;
    struct sg_cms_object object;
    while (pool != NULL && sg_cms_objects_next(&certificates, &object)) {
        struct signet_certificate *certificate;
        if (signet_certificate_parse(object.full, &certificate, NULL) != SIGNET_OK)
            continue;
        layer->no_memory |= signet_pool_add_certificate(pool, certificate) == SIGNET_ERR_MEMORY;
        signet_certificate_unref(certificate);
    }
    while (pool != NULL && sg_cms_objects_next(&crls, &object)) {
        struct signet_crl *crl;
        if (signet_crl_parse(object.full, &crl, NULL) != SIGNET_OK)
            continue;
        layer->no_memory |= signet_pool_add_crl(pool, crl) == SIGNET_ERR_MEMORY;
        signet_crl_unref(crl);
    }
    layer->no_memory |= pool == NULL;
    return pool;
}

static const struct signet_certificate *keep_valid(struct layer *layer,
                                                   const struct signet_certificate *certificate,
                                                   const struct signet_pool *pool)
{
    if (layer->num_originators == MAX_ORIGINATORS || !is_valid(layer, certificate, pool))
        return NULL;
    struct signet_certificate *kept = signet_certificate_ref(certificate);
    layer->originators[layer->num_originators++] = kept;
    tell(layer, SG_KIND_DECRYPT_ORIGINATOR,
         sg_string("subject", sg_shown_name(&kept->subject, &layer->decrypted->arena)));
    return kept;
}

static const struct signet_certificate *
find_originator(void *context, const struct sg_certificate_reference *reference)
{
    struct layer *layer = context;
    struct signet_pool *pool = pool_of(layer);
    const struct signet_certificate *found = NULL;
    unsigned num_judged = 0;
    for (size_t i = 0; pool != NULL && found == NULL && num_judged < MAX_ORIGINATORS; i++) {
        const struct signet_certificate *certificate = sg_pool_certificate(pool, i);
        layer->no_memory |= certificate == NULL && i < signet_pool_num_certificates(pool);
        if (certificate == NULL)
            break;
        if (!sg_reference_matches(layer->context->crypto, reference, certificate))
            continue;
        num_judged++;
        found = keep_valid(layer, certificate, pool);
    }
    signet_pool_free(pool);
    return found;
}

static const struct signet_key *unlock(void *context, size_t index)
{
    const struct layer *layer = context;
    return layer->keys->unlock(layer->keys->context, index);
}

/* --- opening */

static const char *shown_recipient_algorithm(struct layer *layer)
{
    for (size_t i = 0; i < layer->data.num_recipients; i++) {
        if (layer->data.recipients[i].key_encryption.oid_octets.ptr != NULL)
            return sg_shown_algorithm(&layer->data.recipients[i].key_encryption,
                                      &layer->decrypted->arena);
    }
    return "none";
}

static void tell_failure(struct layer *layer, enum sg_open_result result)
{
    static const struct {
        enum sg_kind kind;
        enum signet_decrypt_outcome outcome;
    } rows[] = {
        [SG_OPEN_NOT_FOR_US] = {SG_KIND_DECRYPT_NOT_FOR_US, SIGNET_DECRYPT_NO_KEY},
        [SG_OPEN_KEY_UNSUPPORTED] = {SG_KIND_DECRYPT_KEY_UNSUPPORTED, SIGNET_DECRYPT_FAILED},
        [SG_OPEN_CONTENT_UNSUPPORTED] = {SG_KIND_DECRYPT_CONTENT_UNSUPPORTED,
                                         SIGNET_DECRYPT_FAILED},
        [SG_OPEN_NO_CONTENT] = {SG_KIND_DECRYPT_NO_CONTENT, SIGNET_DECRYPT_FAILED},
        [SG_OPEN_NO_ORIGINATOR] = {SG_KIND_DECRYPT_NO_ORIGINATOR, SIGNET_DECRYPT_FAILED},
        [SG_OPEN_KEY_DENIED] = {SG_KIND_DECRYPT_KEY_DENIED, SIGNET_DECRYPT_NO_KEY},
        [SG_OPEN_FAILED] = {SG_KIND_DECRYPT_FAILED, SIGNET_DECRYPT_FAILED},
    };
    const char *algorithm =
        result == SG_OPEN_KEY_UNSUPPORTED
            ? shown_recipient_algorithm(layer)
            : sg_shown_algorithm(&layer->data.content_encryption, &layer->decrypted->arena);
    if (algorithm != NULL)
        tell(layer, rows[result].kind, sg_string("algorithm", algorithm));
    layer->decrypted->outcome = rows[result].outcome;
}

/* A sibling part, or a multipart around it, stands beside what was encrypted as anybody likes: as
 * its context in a mail of HTML it could carry the text away (EFAIL). */
static bool stands_alone(const struct layer *layer)
{
    return !layer->decrypted->was_beside && (layer->mail == NULL || layer->part == layer->mail);
}

static void tell_success(struct layer *layer, const struct sg_opened *opened)
{
    const char *name = opened->cipher.kind->name;
    if (!opened->cipher.kind->authenticated)
        tell(layer, SG_KIND_DECRYPT_MALLEABLE, sg_string("cipher", name));
    if (opened->cipher.kind->weak)
        tell(layer, SG_KIND_DECRYPT_WEAK_CIPHER, sg_string("cipher", name));
    if (!stands_alone(layer))
        tell(layer, SG_KIND_DECRYPT_ALONE, no_param());
}

static void remember(struct signet_decrypted *decrypted, const struct layer *layer,
                     const struct sg_opened *opened, const struct sg_opener_key *keys)
{
    if (decrypted->key == NULL && opened->key != NULL)
        decrypted->key = &layer->keys->items[opened->key - keys];
    if (decrypted->cipher == NULL)
        decrypted->cipher = opened->cipher.kind;
}

/* INNER is looked at next, in the place of what it was in. */
static bool take_inner(struct layer *layer, struct signet_span inner)
{
    struct signet_decrypted *decrypted = layer->decrypted;
    struct sg_secret mail;
    if (!sg_decrypted_mail_make(layer->mail == NULL ? NULL : &layer->mail->headers, inner,
                                &decrypted->arena, &mail))
        return false;
    sg_secret_free(&decrypted->mail);
    decrypted->mail = mail;
    decrypted->has_news = true;
    return true;
}

static enum signet_status take_plain(struct layer *layer, const struct sg_opened *opened)
{
    struct signet_decrypted *decrypted = layer->decrypted;
    bool is_outermost = !decrypted->any_opened;
    tell_success(layer, opened);
    if (!take_inner(layer, sg_secret_span(&opened->plain)))
        return SIGNET_ERR_MEMORY;
    decrypted->was_beside = false;
    decrypted->any_opened = true;
    decrypted->outcome = SIGNET_DECRYPT_OPENED;
    decrypted->authenticated =
        opened->cipher.kind->authenticated && (is_outermost || decrypted->authenticated);
    return SIGNET_OK;
}

static enum signet_status open_data(struct layer *layer, const struct sg_opener_key *keys)
{
    struct sg_opening_keys opening = {keys, layer->keys->num,
                                      layer->keys->unlock == NULL ? NULL : unlock, find_originator,
                                      layer};
    struct sg_opened opened;
    enum sg_open_result result;
    enum signet_status status =
        sg_enveloped_data_open(layer->context->crypto, &layer->data, &opening, &opened, &result);
    if (status == SIGNET_OK && layer->no_memory)
        status = SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK)
        remember(layer->decrypted, layer, &opened, keys);
    if (status == SIGNET_OK && result == SG_OPEN_DONE)
        status = take_plain(layer, &opened);
    else if (status == SIGNET_OK)
        tell_failure(layer, result);
    sg_secret_free(&opened.plain);
    for (size_t i = 0; i < layer->num_originators; i++)
        signet_certificate_unref(layer->originators[i]);
    return status;
}

static enum signet_status open_encrypted(struct layer *layer, const struct sg_content_info *info)
{
    struct signet_parse_error error;
    struct sg_arena *arena = &layer->decrypted->arena;
    if (layer->decrypted->num_encrypted++ == MAX_LAYERS) {
        tell(layer, SG_KIND_DECRYPT_TOO_DEEP, no_param());
        return SIGNET_OK;
    }
    struct sg_opener_key *keys = sg_arena_array(arena, layer->keys->num, sizeof(*keys));
    if (keys == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < layer->keys->num; i++)
        keys[i] =
            (struct sg_opener_key){layer->keys->items[i].certificate, layer->keys->items[i].key};
    if (sg_enveloped_data_parse(info->content, info->type == SG_OID_CT_AUTH_ENVELOPED_DATA, arena,
                                &layer->data, &error))
        return open_data(layer, keys);
    if (arena->failed)
        return sg_arena_status(arena);
    tell(layer, SG_KIND_DECRYPT_MALFORMED, no_param());
    layer->decrypted->outcome = SIGNET_DECRYPT_FAILED;
    return SIGNET_OK;
}

/* --- what is compressed */

static bool begin_in_secret(void *context, size_t len, struct sg_spool *out)
{
    struct sg_secret *secret = context;
    bool made = sg_secret_new(len, secret);
    sg_spool_begin_at(out, secret->ptr, secret->len);
    return made;
}

/* *INFO, compressed data, is replaced by what is inside, which lies in *PLAIN; without content when
 * it could not be opened. */
static enum signet_status uncompress(struct layer *layer, struct sg_content_info *info,
                                     struct sg_secret *plain)
{
    struct signet_decrypted *decrypted = layer->decrypted;
    struct sg_content_info inside = {0};
    struct sg_secret room = {NULL, 0, 0};
    enum signet_status status = SIGNET_OK;
    decrypted->uncompressing.context = &room;
    if (decrypted->num_compressed++ == MAX_LAYERS)
        tell(layer, SG_KIND_DECRYPT_TOO_DEEP, no_param());
    else
        status = sg_compressed_open(info, layer->path, &decrypted->arena, &decrypted->uncompressing,
                                    &decrypted->findings, &inside);
    sg_secret_free(plain); /* INFO may have been in it */
    *plain = room;
    *info = inside;
    return status;
}

/*
 * Compressed data may hold what is encrypted, and a reader wants to read what was compressed and
 * then encrypted. What was decrypted and has it in but one of its parts is left as it is.
 */
static enum signet_status open_compressed(struct layer *layer, struct sg_content_info *info)
{
    struct signet_decrypted *decrypted = layer->decrypted;
    struct sg_secret plain = {NULL, 0, 0};
    enum signet_status status = SIGNET_OK;
    if (decrypted->any_opened && !stands_alone(layer))
        return SIGNET_OK;
    decrypted->was_beside = !stands_alone(layer);
    while (status == SIGNET_OK && info->type == SG_OID_CT_COMPRESSED_DATA)
        status = uncompress(layer, info, &plain);
    if (status == SIGNET_OK && !info->has_content && !decrypted->any_opened)
        decrypted->outcome = SIGNET_DECRYPT_FAILED; /* nobody knows what is inside */
    else if (status == SIGNET_OK && info->type == SG_OID_CT_DATA)
        status = take_inner(layer, info->content) ? SIGNET_OK : SIGNET_ERR_MEMORY;
    else if (status == SIGNET_OK && is_encrypted(info))
        status = open_encrypted(layer, info);
    sg_secret_free(&plain);
    return status;
}

/* Opens the layers one after the other. What an inner one needs of an outer one's octets is read
 * before these go. */
static enum signet_status open_all(const struct layer *start, struct signet_span message)
{
    struct signet_decrypted *decrypted = start->decrypted;
    enum signet_status status;
    bool received = true;
    do {
        struct layer layer = *start;
        struct sg_content_info info;
        decrypted->has_news = false;
        layer.arena = received ? &decrypted->received : &decrypted->arena;
        received = false;
        if (!find(&layer, message, &info))
            return sg_arena_status(layer.arena);
        if (!info.has_content)
            return SIGNET_OK;
        status =
            is_encrypted(&info) ? open_encrypted(&layer, &info) : open_compressed(&layer, &info);
        message = sg_secret_span(&decrypted->mail);
    } while (status == SIGNET_OK && decrypted->has_news);
    return status;
}

enum signet_status signet_decrypt(struct signet_context *context, struct signet_span message,
                                  const struct signet_own_keys *keys,
                                  const struct signet_pool *pool,
                                  const struct signet_policy *policy,
                                  const struct signet_scratch *scratch,
                                  struct signet_decrypted **decrypted)
{
    *decrypted = NULL;
    struct signet_decrypted *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->received, policy->limits.max_memory);
    made->received.scratch = scratch;
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_findings_init(&made->findings, &made->arena);
    made->outcome = SIGNET_DECRYPT_NONE;
    /* Held twice for a moment: as it came out, and as a mail. */
    size_t max = policy->limits.max_memory / 2;
    made->uncompressing =
        (struct sg_uncompressing){.max = max, .left = max, .begin = begin_in_secret};
    struct layer start = {.decrypted = made,
                          .context = context,
                          .keys = keys,
                          .pool = pool,
                          .policy = policy,
                          .path = "1"};
    enum signet_status status = open_all(&start, message);
    if (!made->any_opened)
        sg_secret_free(&made->mail); /* uncompressed, but nothing in it was encrypted */
    sg_findings_conclude(&made->findings, policy);
    made->view = sg_findings_view(&made->findings);
    if (status == SIGNET_OK && made->findings.failed)
        status = SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK)
        *decrypted = made;
    else
        signet_decrypted_free(made);
    return status;
}

void signet_decrypted_free(struct signet_decrypted *decrypted)
{
    if (decrypted == NULL)
        return;
    sg_secret_free(&decrypted->mail);
    sg_arena_clear(&decrypted->arena);
    sg_arena_clear(&decrypted->received);
    free(decrypted);
}

enum signet_decrypt_outcome signet_decrypted_outcome(const struct signet_decrypted *decrypted)
{
    return decrypted->outcome;
}

struct signet_span signet_decrypted_message(const struct signet_decrypted *decrypted)
{
    return sg_secret_span(&decrypted->mail);
}

const struct signet_own_key *signet_decrypted_key(const struct signet_decrypted *decrypted)
{
    return decrypted->key;
}

const char *signet_decrypted_cipher(const struct signet_decrypted *decrypted)
{
    return decrypted->cipher == NULL ? NULL : decrypted->cipher->name;
}

bool signet_decrypted_authenticated(const struct signet_decrypted *decrypted)
{
    return decrypted->authenticated;
}

struct signet_findings signet_decrypted_findings(const struct signet_decrypted *decrypted)
{
    return decrypted->view;
}
