/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signet.conf: the system's file, then the user's, then --config's, then options. One table of keys
 * (config_keys.def) describes all; what is not in it is an error with its file and line.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "string_list.h"

#include <stdint.h>

enum config_key {
#define KEY(id, section, name, type, normal, help) KEY_##id,
#include "config_keys.def"
#undef KEY
    NUM_CONFIG_KEYS
};

/* The value of one key: its text, and for lists all of them. */
struct config_value {
    const char *text;
    struct strings list, froms; /* of a list: where each was said */
    const char *from;           /* "default", "/etc/signet/signet.conf:12", "--deadline" */
    unsigned layer;             /* a list begins anew with each file */
};

/* [ldap "NAME"], [http "NAME"]: a directory to look certificates up in. */
struct config_place {
    const char *kind; /* "ldap", "http" */
    const char *name;
    const char *url; /* http: with "{address}" where the address goes */
    const char *from;
};

struct config {
    struct config_value values[NUM_CONFIG_KEYS];
    struct config_place *places; /* in the order of the files */
    size_t num_places, cap_places;
    struct strings owned; /* every text above */
    unsigned layer;
};

/* Defaults only. */
void config_init(struct config *config);
/* Reads the files, FILE (NULL: none) last. False: something in them is wrong (told). */
bool config_load(struct config *config, const char *file);
void config_free(struct config *config);

/* Sets KEY, or adds to it where it is a list, as option FROM. False: VALUE is not acceptable. */
bool config_set(struct config *config, enum config_key key, const char *value, const char *from);

/* Never NULL. */
const char *config_text(const struct config *config, enum config_key key);
bool config_flag(const struct config *config, enum config_key key);
/* NUMBER as it is, SIZE in octets, DURATION in milliseconds. */
int64_t config_number(const struct config *config, enum config_key key);

/* What the key is called. */
const char *config_section(enum config_key key);
const char *config_name(enum config_key key);

#endif
