/* SPDX-License-Identifier: Apache-2.0 */
#include "send/addressee_index.h"
#include "test.h"

static struct sg_mailbox mailbox(const char *text, struct sg_arena *arena)
{
    struct sg_mailbox out;
    assert_true(sg_mailbox_parse(text_bytes(text), arena, &out));
    return out;
}

/* The first of those that are equal, as sg_mailbox_equal has it. */
static void finds_whom_comparing_finds(void **state)
{
    static const char *const known[] = {"alice@example.com",
                                        "Bob@Example.COM",
                                        "\"bob\"@example.org",
                                        "carol@b\xc3\xbc"
                                        "cher.example",
                                        "dave@[192.0.2.1]",
                                        "j\xc3\xb6rg@example.com",
                                        "bob@example.net",
                                        "BOB@example.net"};
    static const char *const sought[] = {"alice@example.com",
                                         "ALICE@EXAMPLE.com",
                                         "bob@example.com",
                                         "bob@example.org",
                                         "carol@xn--bcher-kva.example",
                                         "carol@B\xc3\x9c"
                                         "CHER.example",
                                         "dave@[192.0.2.1]",
                                         "dave@[192.0.2.2]",
                                         "j\xc3\xb6rg@example.com",
                                         "J\xc3\x96RG@example.com",
                                         "BOB@example.net",
                                         "erin@example.com"};
    (void)state;
    for (int exact = 0; exact < 2; exact++) {
        struct sg_addressee_index index;
        struct sg_mailbox boxes[SG_NUM(known)];
        struct sg_arena arena;
        sg_arena_init(&arena, 1 << 20);
        sg_addressee_index_init(&index, exact, &arena);
        for (size_t i = 0; i < SG_NUM(known); i++) {
            boxes[i] = mailbox(known[i], &arena);
            assert_true(sg_addressee_index_add(&index, &boxes[i], i));
        }
        for (size_t i = 0; i < SG_NUM(sought); i++) {
            struct sg_mailbox wanted = mailbox(sought[i], &arena);
            size_t plain = 0, number = SIZE_MAX;
            while (plain < SG_NUM(known) && !sg_mailbox_equal(&boxes[plain], &wanted, exact))
                plain++;
            bool found = sg_addressee_index_find(&index, &wanted, &number);
            if (found != (plain < SG_NUM(known)) || (found && number != plain))
                fail_msg("%s: %d, %zu in place of %zu", sought[i], found, number, plain);
        }
        sg_arena_clear(&arena);
    }
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_addressee_index index;
    struct sg_arena none, enough;
    (void)state;
    sg_arena_init(&none, 0);
    sg_arena_init(&enough, 4096);
    sg_addressee_index_init(&index, false, &none);
    struct sg_mailbox alice = mailbox("alice@example.com", &enough);
    size_t number;
    assert_false(sg_addressee_index_find(&index, &alice, &number));
    assert_false(sg_addressee_index_add(&index, &alice, 0));
    assert_true(none.failed);
    sg_arena_clear(&enough);
}

SG_TEST_MAIN(SG_TEST("C-ENV-5 E-12", finds_whom_comparing_finds),
             SG_TEST("", tells_when_memory_is_out))
