/* SPDX-License-Identifier: Apache-2.0 */
/* `signet config`: what holds, and where it was said. */
#include "message.h"
#include "output.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

/* TEXT as a JSON string. It is from files of the user, so that only what JSON forbids is changed.
 */
static void print_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void print_json_row(const char *section, const char *key, const char *value,
                           const char *from)
{
    const char *const members[][2] = {
        {"section", section}, {"key", key}, {"value", value}, {"from", from}};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        printf("%s\"%s\":", i == 0 ? "{" : ",", members[i][0]);
        print_string(members[i][1]);
    }
    fputs("}\n", stdout);
}

/* Can be read again as a signet.conf. */
static void print_text_row(const char *section, const char *key, const char *value,
                           const char *from)
{
    static char last[256];

    if (strcmp(last, section) != 0)
        printf("%s[%s]\n", last[0] == '\0' ? "" : "\n", section);
    snprintf(last, sizeof last, "%s", section);
    printf("%s = %s ; %s\n", key, value, from);
}

static enum exit_status run(struct options *options)
{
    void (*print)(const char *, const char *, const char *, const char *) =
        options->json ? print_json_row : print_text_row;
    const struct config *config = &options->config;

    for (enum config_key key = 0; key < NUM_CONFIG_KEYS; key++) {
        const struct config_value *value = &config->values[key];

        for (size_t i = 0; i < value->list.num; i++)
            print(config_section(key), config_name(key), value->list.items[i],
                  value->froms.items[i]);
        if (value->list.num == 0)
            print(config_section(key), config_name(key), value->text, value->from);
    }
    for (size_t i = 0; i < config->num_places; i++) {
        const struct config_place *place = &config->places[i];
        char section[256];

        snprintf(section, sizeof section, "%s \"%s\"", place->kind, place->name);
        print(section, "url", place->url, place->from);
    }
    return EXIT_GOOD;
}

const struct verb verb_config = {"config", VERB_CONFIG, run, "[options]",
                                 "print the settings, and where each comes from"};
