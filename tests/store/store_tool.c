/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store in a process that can be killed, limited and locked out:
 *
 *   store_tool write FILE DERS FIRST NUM BATCH   adds certificates from DERS (one after the other),
 *                                                BATCH in one transaction; prints the fingerprint
 * of each when its transaction is committed store_tool list FILE                         prints the
 * fingerprints of all store_tool check FILE [mend]                 prints flaws store_tool backup
 * FILE TARGET
 *
 * Exit 0, or 1 after "trouble NUMBER TEXT".
 */
#include "signet/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct signet_store *store;
static const struct signet_origin origin = {SIGNET_ORIGIN_IMPORT, "people.der", 1000};

static int fail(enum signet_status status)
{
    if (status == SIGNET_ERR_IO)
        printf("trouble %d %s\n", (int)signet_store_trouble(store),
               signet_store_trouble_text(store));
    else
        printf("trouble -1 %s\n", signet_status_name(status));
    signet_store_close(store);
    return 1;
}

static void print_fingerprint(struct signet_span sha256)
{
    for (size_t i = 0; i < sha256.len; i++)
        printf("%02x", sha256.ptr[i]);
    putchar('\n');
}

static uint8_t *people; /* all that is to be written */

/* All of the file NAME, in PEOPLE. */
static struct signet_span read_all(const char *name)
{
    FILE *file = fopen(name, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        exit(2);
    size_t len = (size_t)ftell(file);
    people = malloc(len + 1);
    rewind(file);
    if (people == NULL || fread(people, 1, len, file) != len)
        exit(2);
    fclose(file);
    return (struct signet_span){people, len};
}

/* The next certificate of REST, all of which have two octets of length. */
static struct signet_certificate *next(struct signet_span *rest)
{
    struct signet_certificate *certificate = NULL;
    if (rest->len < 4)
        return NULL;
    size_t len = 4 + ((size_t)rest->ptr[2] << 8 | rest->ptr[3]);
    const struct signet_span der = {rest->ptr, len};
    if (len > rest->len || signet_certificate_parse(der, &certificate, NULL) != SIGNET_OK)
        exit(2);
    *rest = (struct signet_span){rest->ptr + len, rest->len - len};
    return certificate;
}

static enum signet_status write_batch(struct signet_certificate *const *batch, size_t num)
{
    enum signet_status status = signet_store_begin(store);
    if (status != SIGNET_OK)
        return status;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++)
        status = signet_store_add_certificate(store, batch[i], &origin, NULL);
    if (status == SIGNET_OK)
        return signet_store_commit(store);
    signet_store_rollback(store);
    return status;
}

static int write_all(const char *ders, size_t first, size_t num, size_t batch)
{
    enum { MAX_BATCH = 1000 };
    struct signet_certificate *list[MAX_BATCH];
    struct signet_span rest = read_all(ders);
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < first; i++)
        signet_certificate_unref(next(&rest));
    while (num > 0 && status == SIGNET_OK) {
        size_t len = 0;
        while (len < batch && len < num && len < MAX_BATCH && (list[len] = next(&rest)) != NULL)
            len++;
        if (len == 0)
            break;
        status = write_batch(list, len);
        for (size_t i = 0; i < len; i++) {
            if (status == SIGNET_OK)
                print_fingerprint(signet_certificate_sha256(list[i]));
            signet_certificate_unref(list[i]);
        }
        fflush(stdout);
        num -= len;
    }
    return status == SIGNET_OK ? 0 : fail(status);
}

static enum signet_status print_record(void *context, const struct signet_record *record)
{
    (void)context;
    print_fingerprint(record->sha256);
    return SIGNET_OK;
}

static int list_all(void)
{
    const struct signet_store_query everything = {0};
    size_t bad = 0;
    enum signet_status status = signet_store_find(store, &everything, print_record, NULL, &bad);
    if (bad > 0)
        printf("bad %zu\n", bad);
    return status == SIGNET_OK ? 0 : fail(status);
}

static void print_flaw(void *context, const struct signet_store_flaw *flaw)
{
    (void)context;
    printf("flaw %d %s: %s\n", flaw->mended, flaw->object, flaw->text);
}

static int check(bool mend)
{
    size_t num;
    enum signet_status status = signet_store_check(store, mend, print_flaw, NULL, NULL, &num);
    return status == SIGNET_OK ? 0 : fail(status);
}

static int run(int argc, char **argv)
{
    if (strcmp(argv[1], "write") == 0 && argc == 7)
        return write_all(argv[3], strtoul(argv[4], NULL, 10), strtoul(argv[5], NULL, 10),
                         strtoul(argv[6], NULL, 10));
    if (strcmp(argv[1], "list") == 0)
        return list_all();
    if (strcmp(argv[1], "check") == 0)
        return check(argc > 3);
    if (strcmp(argv[1], "backup") == 0 && argc == 4) {
        enum signet_status status = signet_store_backup(store, argv[3], NULL);
        return status == SIGNET_OK ? 0 : fail(status);
    }
    return 2;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    /* A file that may not grow is then told as such, as a full disk is. */
    signal(SIGXFSZ, SIG_IGN);
    bool writes = strcmp(argv[1], "write") == 0 || (strcmp(argv[1], "check") == 0 && argc > 3);
    enum signet_store_mode mode = strcmp(argv[1], "write") == 0 ? SIGNET_STORE_CREATE
                                  : writes                      ? SIGNET_STORE_WRITE
                                                                : SIGNET_STORE_READ;
    enum signet_status status = signet_store_open(argv[2], mode, 20000, &store);
    if (status != SIGNET_OK)
        return fail(status);
    int result = run(argc, argv);
    if (result != 1) /* else FAIL has closed it */
        signet_store_close(store);
    free(people);
    return result;
}
