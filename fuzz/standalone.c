/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target without a fuzzer: over every seed file, and over a fixed number of mutations
 * of them, the same ones each time. One line of TAP. Usage: fuzz_NAME-standalone NAME RUNS SEEDS…
 *
 * When the target dies, the input that killed it is left in crash-NAME, and can be given as a seed.
 */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_INPUT ((size_t)1 << 18)
#define MAX_SEEDS 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

struct input {
    uint8_t *data;
    size_t size;
};

struct corpus {
    struct input seeds[MAX_SEEDS];
    size_t num;
};

/* What is running now, for the moment the target dies. */
static struct input current;
static char crash_name[128];

static void save_current(void)
{
    int fd = open(crash_name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd < 0)
        return;
    ssize_t written = write(fd, current.data, current.size);
    close(fd);
    const char note[] = "# the input is in ";
    if (written == (ssize_t)current.size && write(STDERR_FILENO, note, sizeof note - 1) > 0 &&
        write(STDERR_FILENO, crash_name, strlen(crash_name)) > 0)
        (void)!write(STDERR_FILENO, "\n", 1);
}

static void on_signal(int number)
{
    save_current();
    signal(number, SIG_DFL);
    raise(number);
}

static void watch(const char *name)
{
    snprintf(crash_name, sizeof crash_name, "crash-%s", name);
    if (__sanitizer_set_death_callback != NULL) {
        __sanitizer_set_death_callback(save_current);
        return;
    }
    const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
        signal(fatal[i], on_signal);
}

/* SplitMix64: small, and the same everywhere. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static size_t below(uint64_t *state, size_t bound)
{
    return bound == 0 ? 0 : (size_t)(next_random(state) % bound);
}

/* Each mutation changes INPUT in place; there is room for MAX_INPUT octets. */
typedef void (*mutation)(struct input *input, const struct corpus *corpus, uint64_t *state);

static void flip_bit(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    (void)corpus;
    if (input->size > 0)
        input->data[below(state, input->size)] ^= (uint8_t)(1u << below(state, 8));
}

static void set_octet(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    (void)corpus;
    /* Tags, lengths and characters at which parsers turn. */
    static const uint8_t turns[] = {0x00, 0x01, 0x02, 0x30, 0x31, 0x24, 0x7f, 0x80, 0x81, 0x82,
                                    0x84, 0x88, 0xa0, 0xff, '\r', '\n', '"',  '\\', '=',  '-'};
    if (input->size > 0)
        input->data[below(state, input->size)] = turns[below(state, sizeof turns)];
}

static void remove_range(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    (void)corpus;
    size_t start = below(state, input->size);
    size_t len = below(state, input->size - start + 1);
    memmove(input->data + start, input->data + start + len, input->size - start - len);
    input->size -= len;
}

static void truncate_input(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    (void)corpus;
    input->size = below(state, input->size + 1);
}

static void insert_octets(struct input *input, size_t at, const uint8_t *from, size_t len)
{
    if (len > MAX_INPUT - input->size)
        return;
    memmove(input->data + at + len, input->data + at, input->size - at);
    memcpy(input->data + at, from, len);
    input->size += len;
}

static void repeat_range(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    (void)corpus;
    uint8_t copy[512];
    size_t start = below(state, input->size);
    size_t len = below(state, input->size - start + 1);
    len = len < sizeof copy ? len : sizeof copy;
    memcpy(copy, input->data + start, len);
    insert_octets(input, below(state, input->size + 1), copy, len);
}

static void splice(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    const struct input *other = &corpus->seeds[below(state, corpus->num)];
    size_t start = below(state, other->size);
    size_t len = below(state, other->size - start + 1);
    insert_octets(input, below(state, input->size + 1), other->data + start, len);
}

static const mutation mutations[] = {flip_bit,     flip_bit,       set_octet,    set_octet,
                                     remove_range, truncate_input, repeat_range, splice};

/* The target sees a block of exactly SIZE octets, so that reading one more is found. */
static bool run(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL)
        return false;
    if (size > 0)
        memcpy(exact, data, size);
    current = (struct input){exact, size};
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return true;
}

static bool run_mutations(const struct corpus *corpus, unsigned long runs)
{
    struct input input = {malloc(MAX_INPUT), 0};
    if (input.data == NULL)
        return false;
    uint64_t state = 3850;
    bool ok = true;
    for (unsigned long i = 0; ok && i < runs; i++) {
        const struct input *seed = &corpus->seeds[below(&state, corpus->num)];
        input.size = seed->size;
        memcpy(input.data, seed->data, seed->size);
        for (size_t left = 1 + below(&state, 6); left > 0; left--)
            mutations[below(&state, sizeof mutations / sizeof mutations[0])](&input, corpus,
                                                                             &state);
        ok = run(input.data, input.size);
    }
    free(input.data);
    return ok;
}

static bool add_file(struct corpus *corpus, const char *path)
{
    if (corpus->num == MAX_SEEDS)
        return true;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    struct input seed = {malloc(MAX_INPUT), 0};
    if (seed.data != NULL) {
        seed.size = fread(seed.data, 1, MAX_INPUT, file);
        uint8_t *exact = realloc(seed.data, seed.size > 0 ? seed.size : 1);
        seed.data = exact != NULL ? exact : seed.data;
        corpus->seeds[corpus->num++] = seed;
    }
    fclose(file);
    return seed.data != NULL;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* In the order of the names, so that every run is the same. */
static bool add_directory(struct corpus *corpus, const char *path)
{
    struct dirent **entries;
    int num = scandir(path, &entries, is_visible, alphasort);
    if (num < 0)
        return false;
    bool ok = true;
    for (int i = 0; i < num; i++) {
        char name[4096];
        int len = snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        ok = ok && len > 0 && (size_t)len < sizeof name && add_file(corpus, name);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool add_seeds(struct corpus *corpus, char **paths)
{
    bool ok = true;
    for (; *paths != NULL; paths++) {
        struct stat status;
        ok = ok && stat(*paths, &status) == 0 &&
             (S_ISDIR(status.st_mode) ? add_directory : add_file)(corpus, *paths);
    }
    return ok;
}

static void free_corpus(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->num; i++)
        free(corpus->seeds[i].data);
}

int main(int argc, char **argv)
{
    static struct corpus corpus;

    if (argc < 4) {
        fprintf(stderr, "usage: %s NAME RUNS SEEDS…\n", argv[0]);
        return 2;
    }
    const char *name = argv[1];
    unsigned long runs = strtoul(argv[2], NULL, 10);
    watch(name);
    puts("1..1");
    fflush(stdout);
    bool ok = add_seeds(&corpus, argv + 3) && corpus.num > 0;
    for (size_t i = 0; ok && i < corpus.num; i++)
        ok = run(corpus.seeds[i].data, corpus.seeds[i].size);
    ok = ok && run_mutations(&corpus, runs);
    printf("%s 1 - %s: %zu seeds and %lu mutations of them\n", ok ? "ok" : "not ok", name,
           corpus.num, runs);
    free_corpus(&corpus);
    return ok ? 0 : 1;
}
