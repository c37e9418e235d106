/* pattern.h -- Lua's patterns, matched with a bound on work.
 *
 * The same language as the reference manual, section 6.4.1. Lua's own matcher can run for hours inside one
 * instruction; this one counts its steps. A pattern is compiled first: every single-character class is a set of
 * 256 bits, so recursion goes no deeper than the number of items. */
#ifndef TUIYAN_SCRIPT_PATTERN_H
#define TUIYAN_SCRIPT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PATTERN_ITEMS = 128, PATTERN_CAPTURES = 32 };

enum { CAPTURE_POSITION = -2, CAPTURE_OPEN = -1 };

struct pattern_item {
    unsigned char kind;
    char quantifier; /* 0 * + - ? */
    unsigned char a, b; /* of %b; of a back reference a is the capture */
    uint32_t set[8];
};

struct pattern {
    struct pattern_item item[PATTERN_ITEMS];
    int count;
    bool anchored;
};

struct pattern_capture {
    const char *at;
    ptrdiff_t len; /* or CAPTURE_POSITION */
};

struct pattern_match {
    const char *subject, *subject_end;
    const char *end; /* of the match */
    struct pattern_capture capture[PATTERN_CAPTURES];
    int count;
    int64_t steps; /* left; below 0 the match was given up */
};

/* Returns NULL, or what is wrong in English (a fixed text). */
const char *pattern_compile(struct pattern *p, const char *at, size_t len);
/* Matches at exactly `from`. False also when m->steps ran out. */
bool pattern_match_at(const struct pattern *p, struct pattern_match *m, const char *from);

#endif
