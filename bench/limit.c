/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limit JOBS TIMES [fresh]: the arithmetic that no verifier can do without, by libcrypto alone.
 * JOBS is a file of records, each a letter and what belongs to it, as 4 octets of length,
 * big-endian, and so many octets: v  KEY SIGNED SIGNATURE  verify; the key is a
 * SubjectPublicKeyInfo, all is over SHA-256 h  FILE                  hash it b  FILE OFFSET decode
 * the base64 behind OFFSET (decimal), and hash what it holds d  FILE                  find the tag
 * and length of each DER element in it Keys are read once, or with "fresh" each time; the rest is
 * done TIMES times.
 */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct octets {
    const unsigned char *ptr;
    size_t len;
};

struct job {
    char kind;
    struct octets first, signed_octets, signature; /* FIRST: the key, or the file's content */
    size_t offset;
    EVP_PKEY *key;
};

static void fail(const char *what)
{
    fprintf(stderr, "limit: %s\n", what);
    exit(2);
}

static struct octets map(const char *file)
{
    struct octets octets = {(const unsigned char *)"", 0};
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct stat info;

    if (fd < 0 || fstat(fd, &info) != 0)
        fail(file);
    octets.len = (size_t)info.st_size;
    if (octets.len > 0)
        octets.ptr = mmap(NULL, octets.len, PROT_READ, MAP_PRIVATE, fd, 0);
    if (octets.ptr == MAP_FAILED)
        fail(file);
    close(fd);
    return octets;
}

static struct octets take(struct octets *rest)
{
    struct octets taken;

    if (rest->len < 4)
        fail("a record is cut short");
    taken.len = (size_t)rest->ptr[0] << 24 | (size_t)rest->ptr[1] << 16 |
                (size_t)rest->ptr[2] << 8 | rest->ptr[3];
    if (taken.len > rest->len - 4)
        fail("a record is cut short");
    taken.ptr = rest->ptr + 4;
    rest->ptr += 4 + taken.len;
    rest->len -= 4 + taken.len;
    return taken;
}

/* --- DER */

static size_t element_len(struct octets rest, size_t *head)
{
    size_t len = rest.len > 1 ? rest.ptr[1] : 0, num = len & 0x7F;

    *head = len < 0x80 ? 2 : 2 + num;
    if (len >= 0x80) {
        if (num > 4 || rest.len < *head)
            fail("DER");
        len = 0;
        for (size_t i = 0; i < num; i++)
            len = len << 8 | rest.ptr[2 + i];
    }
    if (rest.len < *head || len > rest.len - *head)
        fail("DER");
    return len;
}

/* What is in the element that REST begins with; REST goes on behind it. */
static struct octets enter(struct octets *rest)
{
    size_t head, len = element_len(*rest, &head);
    struct octets inside = {rest->ptr + head, len};

    rest->ptr += head + len;
    rest->len -= head + len;
    return inside;
}

/* --- keys, by what libcrypto has that is quicker than d2i_PUBKEY */

static EVP_PKEY *make_key(const char *type, OSSL_PARAM *params)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;

    if (context == NULL || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        fail("a key cannot be read");
    EVP_PKEY_CTX_free(context);
    return key;
}

/* As OSSL_PARAM wants a number: in the machine's order. */
static OSSL_PARAM number(const char *name, struct octets big_endian, unsigned char *room)
{
    for (size_t i = 0; i < big_endian.len; i++)
        room[i] = big_endian.ptr[big_endian.len - 1 - i];
    return OSSL_PARAM_construct_BN(name, room, big_endian.len);
}

static EVP_PKEY *read_rsa(struct octets octets)
{
    unsigned char modulus[1024], exponent[16];
    struct octets rest = enter(&octets), n = enter(&rest), e = enter(&rest);

    if (n.len > sizeof modulus || e.len > sizeof exponent)
        fail("a key cannot be read");
    OSSL_PARAM params[] = {number(OSSL_PKEY_PARAM_RSA_N, n, modulus),
                           number(OSSL_PKEY_PARAM_RSA_E, e, exponent), OSSL_PARAM_END};
    return make_key("RSA", params);
}

static EVP_PKEY *read_p256(struct octets point)
{
    char group[] = "prime256v1";
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
                           OSSL_PARAM_construct_octet_string(
                               OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)point.ptr, point.len),
                           OSSL_PARAM_END};

    return make_key("EC", params);
}

static EVP_PKEY *read_key(struct octets spki)
{
    enum { P256_POINT = 65 };
    struct octets rest = enter(&spki), octets;

    (void)enter(&rest);
    octets = enter(&rest);
    if (octets.len < 2)
        fail("a key cannot be read");
    octets.ptr++; /* no unused bits */
    octets.len--;
    return octets.len == P256_POINT ? read_p256(octets) : read_rsa(octets);
}

/* The key of a job before, where it is the same. */
static EVP_PKEY *find_key(const struct job *jobs, size_t num, struct octets spki)
{
    for (size_t i = num; i-- > 0;)
        if (jobs[i].kind == 'v' && jobs[i].first.len == spki.len &&
            memcmp(jobs[i].first.ptr, spki.ptr, spki.len) == 0)
            return jobs[i].key;
    return read_key(spki);
}

static struct octets take_file(struct octets *rest)
{
    struct octets taken = take(rest);
    char name[4096];

    snprintf(name, sizeof name, "%.*s", (int)taken.len, (const char *)taken.ptr);
    return map(name);
}

static struct job read_job(struct octets *rest, const struct job *jobs, size_t num)
{
    struct job job = {.kind = (char)*rest->ptr};

    rest->ptr++;
    rest->len--;
    if (job.kind == 'v') {
        job.first = take(rest);
        job.signed_octets = take(rest);
        job.signature = take(rest);
        job.key = find_key(jobs, num, job.first);
    } else {
        job.first = take_file(rest);
    }
    if (job.kind == 'b') {
        struct octets offset = take(rest);
        char digits[24];

        snprintf(digits, sizeof digits, "%.*s", (int)offset.len, (const char *)offset.ptr);
        job.offset = strtoul(digits, NULL, 10);
        if (job.offset > job.first.len)
            fail("an offset is behind the end");
    }
    return job;
}

static void verify(const struct job *job, bool fresh, const EVP_MD *digest, EVP_MD_CTX *context)
{
    EVP_PKEY *key = fresh ? read_key(job->first) : job->key;

    EVP_MD_CTX_reset(context);
    if (EVP_DigestVerifyInit(context, NULL, digest, NULL, key) != 1 ||
        EVP_DigestVerify(context, job->signature.ptr, job->signature.len, job->signed_octets.ptr,
                         job->signed_octets.len) != 1)
        fail("a signature does not verify");
    if (fresh)
        EVP_PKEY_free(key);
}

static void hash(const struct job *job, const EVP_MD *digest, EVP_MD_CTX *context)
{
    unsigned char value[EVP_MAX_MD_SIZE];

    EVP_MD_CTX_reset(context);
    if (EVP_DigestInit_ex(context, digest, NULL) != 1 ||
        EVP_DigestUpdate(context, job->first.ptr, job->first.len) != 1 ||
        EVP_DigestFinal_ex(context, value, NULL) != 1)
        fail("hashing");
}

/* --- base64: a table for each of four places, so that four letters are three octets by "or". */

enum { NO_LETTER = 0x1000000, PIECE = 48 * 1024 };

static void make_places(uint32_t places[4][256])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (int place = 0; place < 4; place++) {
        for (int octet = 0; octet < 256; octet++)
            places[place][octet] = NO_LETTER;
        for (uint32_t value = 0; value < 64; value++)
            places[place][(unsigned char)letters[value]] = value << (18 - 6 * place);
    }
}

static size_t put(unsigned char *out, uint32_t value, size_t num)
{
    for (size_t i = 0; i < num; i++)
        out[i] = (unsigned char)(value >> (16 - 8 * i));
    return num;
}

/* Up to the next four letters, whatever stands between them; what is left at the end in NUM. */
static uint32_t gather(struct octets *text, uint32_t places[4][256], size_t *num)
{
    uint32_t value = 0;

    for (*num = 0; *num < 4 && text->len > 0; text->ptr++, text->len--)
        if (places[0][*text->ptr] != NO_LETTER)
            value |= places[(*num)++][*text->ptr];
    return value;
}

/* Decodes the beginning of TEXT into OUT, which has room for PIECE octets and three more. */
static size_t decode_piece(struct octets *text, uint32_t places[4][256], unsigned char *out)
{
    size_t len = 0, num;

    while (len < PIECE && text->len > 0) {
        uint32_t value = NO_LETTER;

        if (text->len >= 4)
            value = places[0][text->ptr[0]] | places[1][text->ptr[1]] | places[2][text->ptr[2]] |
                    places[3][text->ptr[3]];
        if (value < NO_LETTER) {
            text->ptr += 4;
            text->len -= 4;
            len += put(out + len, value, 3);
        } else {
            value = gather(text, places, &num);
            len += put(out + len, value, num == 0 ? 0 : num - 1);
        }
    }
    return len;
}

static void decode_and_hash(const struct job *job, const EVP_MD *digest, EVP_MD_CTX *context)
{
    struct octets text = {job->first.ptr + job->offset, job->first.len - job->offset};
    unsigned char piece[PIECE + 3], value[EVP_MAX_MD_SIZE];
    uint32_t places[4][256];

    make_places(places);
    EVP_MD_CTX_reset(context);
    if (EVP_DigestInit_ex(context, digest, NULL) != 1)
        fail("hashing");
    while (text.len > 0)
        if (EVP_DigestUpdate(context, piece, decode_piece(&text, places, piece)) != 1)
            fail("hashing");
    if (EVP_DigestFinal_ex(context, value, NULL) != 1)
        fail("hashing");
}

/* Elements in a row; what is inside of constructed ones, and of OCTET STRINGs with an element in
 * them, comes next in the file. */
static size_t walk(struct octets rest)
{
    size_t num = 0;

    for (; rest.len > 0; num++) {
        size_t head, len = element_len(rest, &head), step;
        bool wraps = rest.ptr[0] == 0x04 && len > 2 && rest.ptr[head] == 0x30;

        step = (rest.ptr[0] & 0x20) != 0 || wraps ? head : head + len;
        rest.ptr += step;
        rest.len -= step;
    }
    return num;
}

static void do_job(const struct job *job, bool fresh, const EVP_MD *digest, EVP_MD_CTX *context)
{
    if (job->kind == 'v')
        verify(job, fresh, digest, context);
    else if (job->kind == 'b')
        decode_and_hash(job, digest, context);
    else if (job->kind == 'd' && walk(job->first) == 0)
        fail("there is no element");
    else if (job->kind == 'h')
        hash(job, digest, context);
}

int main(int argc, char **argv)
{
    struct job *jobs = NULL;
    size_t num = 0, cap = 0;
    struct octets rest;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_MD *digest = EVP_MD_fetch(NULL, "SHA256", NULL);

    bool fresh = argc == 4 && strcmp(argv[3], "fresh") == 0;

    if ((argc != 3 && !fresh) || context == NULL || digest == NULL)
        fail("usage: limit JOBS TIMES [fresh]");
    for (rest = map(argv[1]); rest.len > 0; num++) {
        if (num == cap) {
            cap = cap == 0 ? 64 : cap * 2;
            jobs = realloc(jobs, cap * sizeof *jobs);
            if (jobs == NULL)
                fail("memory");
        }
        jobs[num] = read_job(&rest, jobs, num);
    }
    for (long times = strtol(argv[2], NULL, 10); times > 0; times--)
        for (size_t i = 0; i < num; i++)
            do_job(&jobs[i], fresh, digest, context);
    return 0;
}
