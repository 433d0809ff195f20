/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets from one process to another through memory that both have: one puts, the other takes, and
 * neither calls the kernel unless the ring is full. Made before the fork.
 */
#ifndef CLI_OCTET_RING_H
#define CLI_OCTET_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct octet_ring_memory;

struct octet_ring {
    struct octet_ring_memory *memory; /* of both; NULL: none */
    uint64_t at; /* octets put, or taken, by this process: nobody else is believed about it */
};

/* What waits in it at most. In bytes. */
#define OCTET_RING_SIZE ((size_t)256 << 10)

/* False: errno says why. */
bool octet_ring_make(struct octet_ring *ring);
/* For this process; the memory is there until nobody has it. A zeroed one is legal. */
void octet_ring_unmap(struct octet_ring *ring);

/* --- who puts */

/* As many of the LEN OCTETS as there is room for; how many. */
size_t octet_ring_put(struct octet_ring *ring, const void *octets, size_t len);
/* Octets that were not taken yet. */
size_t octet_ring_waiting(const struct octet_ring *ring);
/* Sleeps until there is room. */
void octet_ring_await_room(struct octet_ring *ring);

/* --- who takes */

/* At most LEN octets; how many. */
size_t octet_ring_take(struct octet_ring *ring, void *octets, size_t len);
/* There is something to be taken. */
bool octet_ring_has(const struct octet_ring *ring);

#endif
