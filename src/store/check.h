/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A check of the whole store while it runs. Within src/store only.
 */
#ifndef SG_STORE_CHECK_H
#define SG_STORE_CHECK_H

#include "store/keys.h"

struct sg_store_checker {
    struct signet_store *store;
    bool mend;
    void (*flaw)(void *context, const struct signet_store_flaw *flaw);
    void *context;
    size_t num_flaws;
    struct sg_arena *arena;
    struct sg_store_ids ids; /* of all objects that can be listed */
    /* The file itself is damaged, so that nothing must be written to it any more. */
    bool file_damaged;
    bool derived_wrong; /* prints, keys and addresses are to be made again */
    size_t *num_keys;   /* so many should lead to each of IDS */
};

/* Tells a flaw of OBJECT ("" for none). MENDED: it will have been put right. */
void sg_store_checker_tell(struct sg_store_checker *checker, const char *object, const char *text,
                           bool mended);

/* STATUS says that the file itself is damaged. */
bool sg_store_checker_is_damage(const struct sg_store_checker *checker, enum signet_status status);

/* "certificate 3f…", for a flaw. */
#define SG_STORE_OBJECT_NAME_SIZE 100
void sg_store_object_name(const struct sg_store_object *object, const uint8_t *sha256,
                          char name[SG_STORE_OBJECT_NAME_SIZE]);

/* check_object.c: looks at object ID and what belongs to it. *NUM_KEYS: so many keys should lead to
 * it; SIZE_MAX when that is not known. */
SIGNET_MUST_CHECK enum signet_status sg_store_check_object(struct sg_store_checker *checker,
                                                           int64_t id, size_t *num_keys);
/* The addresses bound to OBJECT as they are compared, those that it has itself left out; in the
 * arena. */
struct sg_store_bound {
    struct sg_store_checker *checker;
    const struct sg_store_derived *derived; /* what the object itself has */
    const char **addresses;
    size_t num, cap;
    size_t num_wrong; /* bindings filed under another address than their own */
};
SIGNET_MUST_CHECK enum signet_status sg_store_bound_list(struct sg_store_bound *bound,
                                                         int64_t object, struct sg_arena *arena);

/* check_row.c: rows that cannot be read, or belong to nothing. */
SIGNET_MUST_CHECK enum signet_status sg_store_check_rows(struct sg_store_checker *checker);
/* Keys that lead to what does not have them. */
SIGNET_MUST_CHECK enum signet_status sg_store_check_surplus(struct sg_store_checker *checker);

/* salvage.c: copies all that can still be read into a new file, and tells which. */
SIGNET_MUST_CHECK enum signet_status sg_store_salvage(struct sg_store_checker *checker);

#endif
