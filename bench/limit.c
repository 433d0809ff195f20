/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limit JOBS TIMES: the arithmetic that no verifier can do without, by libcrypto alone. JOBS is a
 * file of records: a letter ('v': verify, 'h': hash), then for 'v' the key (SubjectPublicKeyInfo),
 * the octets signed and the signature, for 'h' the name of a file; each as 4 octets of length,
 * big-endian, and so many octets. All signatures are over SHA-256. Keys are set up once, the rest
 * is done TIMES times.
 */
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <fcntl.h>
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

static struct job read_job(struct octets *rest)
{
    struct job job = {.kind = (char)*rest->ptr};

    rest->ptr++;
    rest->len--;
    job.first = take(rest);
    if (job.kind == 'v') {
        const unsigned char *at = job.first.ptr;

        job.signed_octets = take(rest);
        job.signature = take(rest);
        job.key = d2i_PUBKEY(NULL, &at, (long)job.first.len);
        if (job.key == NULL)
            fail("a key cannot be read");
    } else {
        char name[4096];

        snprintf(name, sizeof name, "%.*s", (int)job.first.len, (const char *)job.first.ptr);
        job.first = map(name);
    }
    return job;
}

static void verify(const struct job *job, const EVP_MD *digest, EVP_MD_CTX *context)
{
    EVP_MD_CTX_reset(context);
    if (EVP_DigestVerifyInit(context, NULL, digest, NULL, job->key) != 1 ||
        EVP_DigestVerify(context, job->signature.ptr, job->signature.len, job->signed_octets.ptr,
                         job->signed_octets.len) != 1)
        fail("a signature does not verify");
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

int main(int argc, char **argv)
{
    struct job *jobs = NULL;
    size_t num = 0, cap = 0;
    struct octets rest;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_MD *digest = EVP_MD_fetch(NULL, "SHA256", NULL);

    if (argc != 3 || context == NULL || digest == NULL)
        fail("usage: limit JOBS TIMES");
    for (rest = map(argv[1]); rest.len > 0; num++) {
        if (num == cap) {
            cap = cap == 0 ? 64 : cap * 2;
            jobs = realloc(jobs, cap * sizeof *jobs);
            if (jobs == NULL)
                fail("memory");
        }
        jobs[num] = read_job(&rest);
    }
    for (long times = strtol(argv[2], NULL, 10); times > 0; times--)
        for (size_t i = 0; i < num; i++) {
            if (jobs[i].kind == 'v')
                verify(&jobs[i], digest, context);
            else
                hash(&jobs[i], digest, context);
        }
    return 0;
}
