/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept beside objects, row by row: trust, bindings, keys, facts, where they came from. */
#include "store/check.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

/* Of what stands in the file so much is shown. */
enum { MAX_NAME_LEN = 200, MAX_SENTENCE_LEN = 2000 };

static const struct {
    const char *before, *after; /* the row's name, where it is shown at all: AFTER not NULL */
    const char *orphan;         /* what is there without its object */
    bool of_object;             /* it is told of an object */
    bool stays;                 /* somebody may make more of it than we can */
} sentences[SG_STORE_NUM_ROW_KINDS] = {
    [SG_STORE_ROW_STRANGE] = {"there is a row of a kind that signet never writes, \"", "\"", NULL,
                              false, true},
    [SG_STORE_ROW_ORIGIN] = {"where some objects came from cannot be read", NULL, NULL, false,
                             false},
    [SG_STORE_ROW_NO_ORIGIN] = {"where it came from is not there", NULL, NULL, true, false},
    [SG_STORE_ROW_KEY_SET] = {"keys that verified signatures cannot be read", NULL, NULL, false,
                              false},
    [SG_STORE_ROW_KEY_SET_NUMBER] = {"the way to keys that verified signatures cannot be read",
                                     NULL, NULL, false, false},
    [SG_STORE_ROW_ANCHOR] = {"its terms of trust cannot be read, so it is not trusted: trust or "
                             "distrust it again",
                             NULL, "there are terms of trust", true, false},
    [SG_STORE_ROW_BINDING] = {"what binds it to ",
                              " cannot be read, so it is not bound: bind it "
                              "again",
                              "there is a binding", true, false},
    [SG_STORE_ROW_CAPABILITIES] = {"what ",
                                   " can decrypt cannot be read: the next signed message tells it "
                                   "again",
                                   NULL, false, false},
    [SG_STORE_ROW_OWN_KEY] = {"the private key of the own certificate ",
                              " cannot be read: bring back a backup, or import it again", NULL,
                              false, true},
    [SG_STORE_ROW_SOURCE] = {"what is known of ", " cannot be read: it will be asked again", NULL,
                             false, false},
    [SG_STORE_ROW_FACT] = {"which key verified its signature cannot be read: it will be verified "
                           "again",
                           NULL, "there is a verified signature", true, false},
    [SG_STORE_ROW_CRL] = {"", NULL, "there are octets of a CRL", false, false},
};

static void write_sentence(const struct sg_store_row *row, struct sg_buffer *text)
{
    const struct signet_span name = sg_text_cut(sg_span_text(row->name), MAX_NAME_LEN);
    sg_buffer_init(text, MAX_SENTENCE_LEN);
    if (row->orphan) {
        sg_buffer_printf(text, "%s for object %" PRId64 ", which is not there",
                         sentences[row->kind].orphan, row->object);
    } else {
        sg_buffer_add_text(text, sentences[row->kind].before);
        if (sentences[row->kind].after != NULL) {
            sg_text_add_safe(text, name);
            sg_buffer_add_text(text, sentences[row->kind].after);
        }
    }
    sg_buffer_add_byte(text, 0);
}

/* "" where there is none, or it cannot be read at all. */
static enum signet_status name_object(struct sg_store_checker *checker, int64_t id,
                                      char name[SG_STORE_OBJECT_NAME_SIZE])
{
    struct sg_store_loaded loaded;
    *name = '\0';
    enum signet_status status = sg_store_load(checker->store, id, &loaded);
    if ((status == SIGNET_OK || status == SIGNET_ERR_PARSE) && loaded.object.id != 0)
        sg_store_object_name(&loaded.object, loaded.sha256, name);
    sg_store_unload(&loaded);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

static enum signet_status tell_row(struct sg_store_checker *checker, const struct sg_store_row *row)
{
    char name[SG_STORE_OBJECT_NAME_SIZE] = "";
    struct sg_buffer text;
    bool mends = checker->mend && !checker->file_damaged && !sentences[row->kind].stays;
    enum signet_status status = SIGNET_OK;
    if (sentences[row->kind].of_object && !row->orphan)
        status = name_object(checker, row->object, name);
    if (status != SIGNET_OK)
        return status;
    write_sentence(row, &text);
    status = text.status;
    if (status == SIGNET_OK)
        sg_store_checker_tell(checker, name, (const char *)text.ptr, mends);
    sg_buffer_free(&text);
    return status == SIGNET_OK && mends ? checker->store->backend->row_mend(checker->store->db, row)
                                        : status;
}

enum signet_status sg_store_check_rows(struct sg_store_checker *checker)
{
    const struct sg_store_backend *backend = checker->store->backend;
    struct sg_store_db *db = checker->store->db;
    struct sg_store_rows rows = {0};
    enum signet_status status = backend->row_check(db, checker->arena, &rows);
    for (size_t i = 0; i < rows.num && status == SIGNET_OK; i++)
        status = tell_row(checker, &rows.items[i]);
    if (status == SIGNET_OK && checker->mend && !checker->file_damaged)
        status = backend->row_sweep(db);
    return status;
}

/* --- the index */

static enum signet_status tell_surplus(struct sg_store_checker *checker, int64_t object, bool known)
{
    char name[SG_STORE_OBJECT_NAME_SIZE] = "", text[100];
    bool mends = checker->mend && !checker->file_damaged;
    enum signet_status status = known ? name_object(checker, object, name) : SIGNET_OK;
    if (status != SIGNET_OK)
        return status;
    checker->derived_wrong = true;
    snprintf(text, sizeof(text), "the index has entries for object %" PRId64 ", which is not there",
             object);
    sg_store_checker_tell(checker, name, known ? "it is found by what it does not hold" : text,
                          mends);
    return SIGNET_OK;
}

enum signet_status sg_store_check_surplus(struct sg_store_checker *checker)
{
    const struct sg_store_backend *backend = checker->store->backend;
    const struct sg_store_ids *ids = &checker->ids;
    struct sg_store_key_counts counts = {0};
    enum signet_status status = backend->key_counts(checker->store->db, checker->arena, &counts);
    for (size_t i = 0, at = 0; i < counts.num && status == SIGNET_OK; i++) {
        const struct sg_store_key_count *count = &counts.items[i];
        while (at < ids->num && ids->items[at] < count->object)
            at++;
        bool known = at < ids->num && ids->items[at] == count->object;
        if (!known || count->num > checker->num_keys[at])
            status = tell_surplus(checker, count->object, known);
    }
    return status;
}
