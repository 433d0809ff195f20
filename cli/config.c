/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "config_value.h"
#include "message.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum value_type { TEXT, LIST, FLAG, NUMBER, SIZE, DURATION, REVOCATION, PROFILE, FIRST, ORDER };

static bool accept_any(const char *text, const char *words)
{
    (void)text;
    (void)words;
    return true;
}

static bool accept_number(const char *text, const char *words)
{
    int64_t number;

    (void)words;
    return value_number(text, &number);
}

static bool accept_size(const char *text, const char *words)
{
    int64_t octets;

    (void)words;
    return value_size(text, &octets);
}

static bool accept_duration(const char *text, const char *words)
{
    int64_t milliseconds;

    (void)words;
    return value_duration(text, &milliseconds);
}

/* How a value is checked, and what is said of one that is wrong. */
static const struct {
    bool (*accept)(const char *text, const char *words);
    const char *words; /* where only these may stand */
    const char *expects;
} types[] = {
    [TEXT] = {accept_any, NULL, "a text"},
    [LIST] = {accept_any, NULL, "a text"},
    [FLAG] = {value_word, "yes|no|on|off|true|false", "yes or no"},
    [NUMBER] = {accept_number, NULL, "a number"},
    [SIZE] = {accept_size, NULL, "a number of octets, as 500K or 16M"},
    [DURATION] = {accept_duration, NULL, "a duration, as 500ms, 10s, 5m, 12h or 30d"},
    [REVOCATION] = {value_word, "require|prefer|off", "require, prefer or off"},
    [PROFILE] = {value_word, "default|strict|legacy", "default, strict or legacy"},
    [FIRST] = {value_word, "http|ldap", "http or ldap"},
    [ORDER] = {value_order, "database|ldap|dns|http", "words of database, ldap, dns and http"},
};

static const struct {
    const char *section, *name;
    enum value_type type;
    const char *normal;
} keys[] = {
#define KEY(id, section, name, type, normal, help) {section, name, type, normal},
#include "config_keys.def"
#undef KEY
};

/* One file on its way through inih, which tells no lines: the reader counts them. */
struct reading {
    struct config *config;
    FILE *file;
    const char *name;
    unsigned line;
    bool failed; /* told */
};

#define MAX_LINE 4096

const char *config_section(enum config_key key)
{
    return keys[key].section;
}

const char *config_name(enum config_key key)
{
    return keys[key].name;
}

void config_init(struct config *config)
{
    *config = (struct config){.layer = 0};
    for (size_t i = 0; i < NUM_CONFIG_KEYS; i++)
        config->values[i] = (struct config_value){.text = keys[i].normal, .from = "default"};
}

void config_free(struct config *config)
{
    for (size_t i = 0; i < NUM_CONFIG_KEYS; i++)
        free(config->values[i].list.items);
    for (size_t i = 0; i < NUM_CONFIG_KEYS; i++)
        free(config->values[i].froms.items);
    for (size_t i = 0; i < config->owned.num; i++)
        free((void *)(uintptr_t)config->owned.items[i]);
    free(config->owned.items);
    free(config->places);
}

/* A copy that lives as long as CONFIG; NULL: memory is out. */
static const char *own(struct config *config, const char *text)
{
    char *copy = strdup(text);

    if (copy != NULL && !strings_add(&config->owned, copy)) {
        free(copy);
        copy = NULL;
    }
    return copy;
}

static bool is_acceptable(enum value_type type, const char *text)
{
    return types[type].accept(text, types[type].words);
}

/* The texts are owned already. */
static bool put(struct config *config, enum config_key key, const char *text, const char *from)
{
    struct config_value *value = &config->values[key];

    if (value->layer != config->layer)
        value->list.num = value->froms.num = 0;
    value->layer = config->layer;
    value->text = text;
    value->from = from;
    if (keys[key].type != LIST || *text == '\0')
        return true;
    return strings_add(&value->list, text) && strings_add(&value->froms, from);
}

bool config_set(struct config *config, enum config_key key, const char *value, const char *from)
{
    const char *text, *origin;

    if (!is_acceptable(keys[key].type, value))
        return false;
    text = own(config, value);
    origin = own(config, from);
    return text != NULL && origin != NULL && put(config, key, text, origin);
}

const char *config_text(const struct config *config, enum config_key key)
{
    return config->values[key].text;
}

bool config_flag(const struct config *config, enum config_key key)
{
    bool flag = false;

    (void)value_flag(config->values[key].text, &flag);
    return flag;
}

int64_t config_number(const struct config *config, enum config_key key)
{
    const char *text = config->values[key].text;
    int64_t number = 0;

    if (keys[key].type == SIZE)
        (void)value_size(text, &number);
    else if (keys[key].type == DURATION)
        (void)value_duration(text, &number);
    else
        (void)value_number(text, &number);
    return number;
}

/* False, and told once for each file. */
static bool refuse(struct reading *reading, const char *why, const char *what)
{
    if (!reading->failed)
        message_error("%s:%u: %s%s%s%s", reading->name, reading->line, why,
                      what == NULL ? "" : " \"", what == NULL ? "" : what,
                      what == NULL ? "" : "\"");
    reading->failed = true;
    return false;
}

static const char *own_origin(struct reading *reading)
{
    char text[MAX_LINE + 32];

    snprintf(text, sizeof text, "%s:%u", reading->name, reading->line);
    return own(reading->config, text);
}

/* The place that SECTION, such as [ldap "NAME"], is of; NULL: memory is out. */
static struct config_place *find_place(struct reading *reading, const char *kind, const char *name)
{
    struct config *config = reading->config;
    struct config_place *grown;
    size_t num = config->num_places;

    for (size_t i = 0; i < num; i++)
        if (strcmp(config->places[i].kind, kind) == 0 && strcmp(config->places[i].name, name) == 0)
            return &config->places[i];
    if (num == config->cap_places) {
        size_t cap = num == 0 ? 4 : num * 2;

        grown = realloc(config->places, cap * sizeof *grown);
        if (grown == NULL)
            return NULL;
        config->places = grown;
        config->cap_places = cap;
    }
    config->places[num] = (struct config_place){kind, own(config, name), "", ""};
    if (config->places[num].name == NULL)
        return NULL;
    config->num_places++;
    return &config->places[num];
}

/* Reads [KIND "NAME"] into KIND and NAME. */
static bool split_section(const char *section, const char **kind, char name[MAX_LINE])
{
    static const char *const kinds[] = {"ldap", "http"};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t len = strlen(kinds[i]), rest;

        if (strncmp(section, kinds[i], len) != 0 || section[len] != ' ')
            continue;
        section += len + strspn(section + len, " ");
        rest = strlen(section);
        if (rest < 3 || rest >= MAX_LINE || section[0] != '"' || section[rest - 1] != '"')
            return false;
        memcpy(name, section + 1, rest - 2);
        name[rest - 2] = '\0';
        *kind = kinds[i];
        return strchr(name, '"') == NULL;
    }
    return false;
}

/* What kind of URL a place of KIND needs; NULL: VALUE will do. */
static const char *wrong_url(const char *kind, const char *value)
{
    if (strcmp(kind, "ldap") == 0)
        return strncmp(value, "ldap://", 7) == 0 || strncmp(value, "ldaps://", 8) == 0
                   ? NULL
                   : "expected an ldap:// or ldaps:// URL, not";
    if (strncmp(value, "http://", 7) != 0 && strncmp(value, "https://", 8) != 0)
        return "expected an http:// or https:// URL, not";
    return strstr(value, "{address}") != NULL ? NULL : "expected {address} in the URL, not";
}

static bool take_place(struct reading *reading, const char *section, const char *name,
                       const char *value)
{
    char label[MAX_LINE];
    const char *kind, *why;
    struct config_place *place;

    if (!split_section(section, &kind, label))
        return refuse(reading, "there is no section", section);
    if (strcmp(name, "url") != 0)
        return refuse(reading, "only url can be said of a directory, not", name);
    why = wrong_url(kind, value);
    if (why != NULL)
        return refuse(reading, why, value);
    place = find_place(reading, kind, label);
    if (place != NULL) {
        place->url = own(reading->config, value);
        place->from = own_origin(reading);
    }
    if (place == NULL || place->url == NULL || place->from == NULL)
        return refuse(reading, "out of memory", NULL);
    return true;
}

static bool knows_section(const char *section)
{
    for (size_t i = 0; i < NUM_CONFIG_KEYS; i++)
        if (strcmp(keys[i].section, section) == 0)
            return true;
    return false;
}

static bool take(struct reading *reading, const char *section, const char *name, const char *value)
{
    const char *from;

    /* Values are printed and become parts of messages. */
    if (!message_is_safe(value) || !message_is_safe(section))
        return refuse(reading, "there are control characters beside", name);
    for (size_t i = 0; i < NUM_CONFIG_KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
            continue;
        if (!is_acceptable(keys[i].type, value)) {
            char why[128];

            snprintf(why, sizeof why, "%s: expected %s, not", name, types[keys[i].type].expects);
            return refuse(reading, why, value);
        }
        from = own_origin(reading);
        value = own(reading->config, value);
        if (from == NULL || value == NULL || !put(reading->config, (enum config_key)i, value, from))
            return refuse(reading, "out of memory", NULL);
        return true;
    }
    if (section[0] == '\0')
        return refuse(reading, "stands before the first [section]:", name);
    if (knows_section(section))
        return refuse(reading, "there is no key", name);
    return take_place(reading, section, name, value);
}

static int take_line(void *context, const char *section, const char *name, const char *value)
{
    return take(context, section, name, value) ? 1 : 0;
}

static char *read_line(char *text, int size, void *context)
{
    struct reading *reading = context;
    char *line = reading->failed ? NULL : fgets(text, size, reading->file);

    if (line == NULL)
        return NULL;
    reading->line++;
    if (strchr(line, '\n') == NULL && !feof(reading->file)) {
        refuse(reading,
               strlen(line) + 1 < (size_t)size ? "there is a NUL octet in the line"
                                               : "the line is too long",
               NULL);
        return NULL;
    }
    return line;
}

/* MUST: a file that is not there is an error. */
static bool load(struct config *config, const char *name, bool must)
{
    struct reading reading = {.config = config, .name = name, .file = fopen(name, "re")};
    int wrong;

    if (reading.file == NULL) {
        if (!must && (errno == ENOENT || errno == ENOTDIR))
            return true;
        message_error("%s: %s", name, strerror(errno));
        return false;
    }
    config->layer++;
    ini_use_stack = ini_allow_multiline = false;
    ini_max_line = ini_initial_alloc = MAX_LINE;
    wrong = ini_parse_stream(read_line, &reading, take_line, &reading);
    if (wrong == 0 && ferror(reading.file)) {
        message_error("%s: %s", name, strerror(errno));
        reading.failed = true;
    } else if (wrong != 0) {
        reading.line = wrong > 0 ? (unsigned)wrong : reading.line;
        refuse(&reading,
               wrong > 0 ? "neither a [section] nor a key with its value" : "out of memory", NULL);
    }
    fclose(reading.file);
    return !reading.failed;
}

/* $XDG_CONFIG_HOME/signet/signet.conf, by default in ~/.config. */
static bool load_users(struct config *config)
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    char name[MAX_LINE];
    int len;

    if (folder != NULL && folder[0] == '/')
        len = snprintf(name, sizeof name, "%s/signet/signet.conf", folder);
    else if (home != NULL && home[0] == '/')
        len = snprintf(name, sizeof name, "%s/.config/signet/signet.conf", home);
    else
        return true;
    return len < 0 || (size_t)len >= sizeof name || load(config, name, false);
}

/* SIGNET_CONFIG stands in for the system's file and the user's; empty: for none of them. */
bool config_load(struct config *config, const char *file)
{
    const char *instead = getenv("SIGNET_CONFIG");
    bool good = instead == NULL ? load(config, SIGNET_SYSCONFDIR "/signet/signet.conf", false) &&
                                      load_users(config)
                : *instead == '\0' ? true
                                   : load(config, instead, true);

    good = good && (file == NULL || load(config, file, true));
    config->layer++; /* options are the last layer */
    return good;
}
