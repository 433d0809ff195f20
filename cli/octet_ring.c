/* SPDX-License-Identifier: Apache-2.0 */
#include "octet_ring.h"

#include <errno.h>
#include <semaphore.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

/* What each side writes has a cache line of its own. */
struct octet_ring_memory {
    alignas(64) _Atomic uint64_t put;
    alignas(64) _Atomic uint64_t taken;
    alignas(64) _Atomic bool is_awaited; /* somebody sleeps until there is room, or is about to */
    sem_t room;
    alignas(64) uint8_t octets[OCTET_RING_SIZE];
};

bool octet_ring_make(struct octet_ring *ring)
{
    void *memory =
        mmap(NULL, sizeof *ring->memory, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    *ring = (struct octet_ring){NULL, 0};
    if (memory == MAP_FAILED)
        return false;
    ring->memory = memory;
    return sem_init(&ring->memory->room, 1, 0) == 0;
}

void octet_ring_unmap(struct octet_ring *ring)
{
    if (ring->memory != NULL)
        munmap(ring->memory, sizeof *ring->memory);
    ring->memory = NULL;
}

static size_t smaller(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

/* --- who puts */

size_t octet_ring_waiting(const struct octet_ring *ring)
{
    return smaller(ring->at - atomic_load(&ring->memory->taken), OCTET_RING_SIZE);
}

size_t octet_ring_put(struct octet_ring *ring, const void *octets, size_t len)
{
    size_t num = smaller(OCTET_RING_SIZE - octet_ring_waiting(ring), len);
    size_t start = ring->at % OCTET_RING_SIZE;
    size_t before_end = smaller(OCTET_RING_SIZE - start, num);

    if (num == 0)
        return 0;
    memcpy(ring->memory->octets + start, octets, before_end);
    memcpy(ring->memory->octets, (const uint8_t *)octets + before_end, num - before_end);
    ring->at += num;
    atomic_store(&ring->memory->put, ring->at);
    return num;
}

/* One token more than sleepers is harmless: whoever calls this looks again. */
void octet_ring_await_room(struct octet_ring *ring)
{
    atomic_store(&ring->memory->is_awaited, true);
    if (octet_ring_waiting(ring) < OCTET_RING_SIZE)
        return;
    while (sem_wait(&ring->memory->room) != 0 && errno == EINTR)
        continue;
}

/* --- who takes */

static uint64_t num_ready(const struct octet_ring *ring)
{
    return atomic_load(&ring->memory->put) - ring->at;
}

bool octet_ring_has(const struct octet_ring *ring)
{
    return num_ready(ring) > 0;
}

size_t octet_ring_take(struct octet_ring *ring, void *octets, size_t len)
{
    size_t num = smaller(smaller(num_ready(ring), OCTET_RING_SIZE), len);
    size_t start = ring->at % OCTET_RING_SIZE;
    size_t before_end = smaller(OCTET_RING_SIZE - start, num);

    if (num == 0)
        return 0;
    memcpy(octets, ring->memory->octets + start, before_end);
    memcpy((uint8_t *)octets + before_end, ring->memory->octets, num - before_end);
    ring->at += num;
    atomic_store(&ring->memory->taken, ring->at);
    if (atomic_load(&ring->memory->is_awaited) && atomic_exchange(&ring->memory->is_awaited, false))
        sem_post(&ring->memory->room);
    return num;
}
