/* tests/scratch.h: a corridor with changed rows, made beside the real one without touching it.
 *
 * scratch_open makes a folder whose files are links to those of a corridor; scratch_overlay writes
 * a file of its scenario `scratch`; scratch_read reads it. Runs in the test's own folder. */
#ifndef ZHOL_TESTS_SCRATCH_H
#define ZHOL_TESTS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "base/file.h"

struct scratch {
    struct buffer dir;
    struct buffer scenario; /* DIR/scenarios/scratch */
};

static void scratch_link(const struct scratch *scratch, const char *folder, const char *name)
{
    struct buffer from = {0}, to = {0};
    file_join(&from, folder, name);
    file_join(&to, buffer_get(&scratch->dir), name);
    unlink(buffer_get(&to));
    if (symlink(buffer_get(&from), buffer_get(&to)) != 0) {
        perror(buffer_get(&to));
        exit(1);
    }
    buffer_clear(&from);
    buffer_clear(&to);
}

/* Writes a file of the scenario. */
static void scratch_overlay(const struct scratch *scratch, const char *name, const char *text)
{
    struct buffer path = {0};
    file_join(&path, buffer_get(&scratch->scenario), name);
    if (file_write(buffer_get(&path), text, strlen(text), NULL) != ZHOL_ERROR_OK) {
        perror(buffer_get(&path));
        exit(1);
    }
    buffer_clear(&path);
}

/* Takes all files out of the scenario but its scenario.csv. */
static void scratch_reset(const struct scratch *scratch)
{
    struct file_list list = {0};
    file_list_read(buffer_get(&scratch->scenario), &list, NULL);
    for (uint32_t i = 0; i < list.count; i++) {
        struct buffer path = {0};
        file_join(&path, buffer_get(&scratch->scenario), list.entries[i].name);
        unlink(buffer_get(&path));
        buffer_clear(&path);
    }
    file_list_clear(&list);
}

/* `source`: an identifier of the corridor's table source, for the row of scenario.csv. */
static void scratch_scenario(const struct scratch *scratch, const char *source)
{
    struct buffer text = {0};
    buffer_printf(&text,
                  "scenario_id,name,text,source_id,confidence\nscratch,scratch,scratch,%s,low\n",
                  source);
    scratch_overlay(scratch, "scenario.csv", buffer_get(&text));
    buffer_clear(&text);
}

/* Links the corridor root/folder into the scratch folder `name`. `root` must be absolute. */
static inline void scratch_open(struct scratch *scratch, const char *root, const char *folder,
                                const char *name, const char *source)
{
    struct buffer from = {0};
    struct file_list list = {0};
    memset(scratch, 0, sizeof *scratch);
    file_join(&from, root, folder);
    buffer_string(&scratch->dir, name);
    buffer_printf(&scratch->scenario, "%s/scenarios/scratch", name);
    if (file_make_folder(buffer_get(&scratch->scenario), NULL) != ZHOL_ERROR_OK ||
        file_list_read(buffer_get(&from), &list, NULL) != ZHOL_ERROR_OK) {
        perror(buffer_get(&from));
        exit(1);
    }
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.entries[i].kind == FILE_REGULAR) {
            scratch_link(scratch, buffer_get(&from), list.entries[i].name);
        }
    }
    scratch_reset(scratch);
    scratch_scenario(scratch, source);
    file_list_clear(&list);
    buffer_clear(&from);
}

/* Reads it with the scenario, or as it is; findings are printed where it has faults. */
static inline struct zhol_corridor *scratch_read(const struct scratch *scratch, bool overlay)
{
    struct zhol_corridor_options options = {.scenario = overlay ? "scratch" : NULL};
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    if (zhol_corridor_read(buffer_get(&scratch->dir), &options, &report, &corridor)) {
        for (uint32_t i = 0; i < report.count; i++) {
            char text[1024];
            zhol_finding_text(&report.findings[i], text, sizeof text);
            if (report.findings[i].severity == ZHOL_FAULT) {
                fprintf(stderr, "%s\n", text);
            }
        }
    }
    zhol_report_clear(&report);
    return corridor;
}

static inline void scratch_close(struct scratch *scratch)
{
    buffer_clear(&scratch->dir);
    buffer_clear(&scratch->scenario);
}

#endif
