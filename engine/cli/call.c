/* call.c -- what every subcommand needs of its call: options, numbers, moments, complaints, printing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

const char *call_option(const struct call *c, const char *name)
{
    for (int i = 0; i < OPTIONS_MAX && c->command->option[i].name; i++) {
        if (strcmp(c->command->option[i].name, name) == 0)
            return c->option[i];
    }
    return NULL;
}

void call_complain(enum lang lang, enum msg id, const struct arg *args, int count)
{
    char text[1024];
    struct buf b = BUF_ON(text);
    msg_format(&b, lang, id, args, count);
    fprintf(stderr, "tuiyan: %s\n", text);
}
bool call_number(const struct call *c, const char *name, int64_t low, int64_t high, int64_t *out)
{
    const char *text = call_option(c, name);
    if (!text)
        return true;
    if (text_to_i64(text_of(text), out) && *out >= low && *out <= high)
        return true;
    COMPLAIN(c->lang, MSG_CLI_BAD_NUMBER, arg_s(name), arg_s(text), arg_i(low), arg_i(high));
    return false;
}

bool call_moment(const char *text, int64_t start_clock_ms, int64_t *out, enum lang lang)
{
    (void)start_clock_ms;
    if (text && (offset_parse(text_of(text), out) || duration_parse(text_of(text), out)))
        return true;
    COMPLAIN(lang, MSG_CLI_BAD_MOMENT, arg_s(text ? text : ""));
    return false;
}

void call_notice(const struct call *c, const struct session *s)
{
    struct err notice;
    if (session_archived(s, &notice))
        fprintf(stderr, "tuiyan: %s\n", err_text(&notice, c->lang));
    if (session_archive_odd(s, &notice))
        fprintf(stderr, "tuiyan: %s\n", err_text(&notice, c->lang));
}

enum rc call_load(const struct call *c, const char *file, bool writable, struct session **out, struct err *e)
{
    enum rc rc = session_load(file, writable, out, e);
    if (rc == RC_OK && !writable)
        call_notice(c, *out);
    return rc;
}

int call_failed(const struct call *c, const struct err *e)
{
    fprintf(stderr, "tuiyan: %s\n", err_text(e, c->lang));
    switch (e->rc) {
    case RC_OK:
        return EXIT_GOOD;
    case RC_NO:
        return EXIT_NO;
    case RC_INTERNAL:
    case RC_MEMORY:
        return EXIT_INTERNAL;
    default:
        return EXIT_INPUT;
    }
}

void say(const struct call *c, enum msg id, const struct arg *args, int count)
{
    char text[2048];
    struct buf b = BUF_ON(text);
    msg_format(&b, c->lang, id, args, count);
    puts(text);
}

void say_course(const struct call *c, const struct session *s)
{
    char course[256];
    struct buf b = BUF_ON(course);
    if (!c->json && session_course_say(s, c->lang, &b))
        SAY(c, MSG_CLI_COURSE, arg_s(course));
}

struct arg title_arg(struct title t)
{
    struct arg a = arg_zh_en("", "");
    a.zh = t.zh;
    a.en = t.en.len > 0 ? t.en : t.zh;
    return a;
}

int say_json(json_t *all)
{
    char *text = all ? json_dumps(all, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) : NULL;
    if (text)
        puts(text);
    free(text);
    json_decref(all);
    return text ? EXIT_GOOD : EXIT_INTERNAL;
}

json_t *text_json(struct text t)
{
    return json_stringn(t.at ? t.at : "", (size_t)t.len);
}

const char *in_lang(const struct call *c, struct title t, char *buf, int cap)
{
    struct text use = c->lang == LANG_ZH || t.en.len == 0 ? t.zh : t.en;
    (void)text_copy(buf, cap, use);
    return buf;
}
