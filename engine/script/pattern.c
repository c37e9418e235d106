#include "script/pattern.h"

#include <string.h>

enum { ITEM_SET, ITEM_OPEN, ITEM_CLOSE, ITEM_POSITION, ITEM_BACK, ITEM_BALANCE, ITEM_FRONTIER,
       ITEM_TAIL };

static bool has(const uint32_t *set, unsigned char c)
{
    return (set[c >> 5] >> (c & 31) & 1u) != 0;
}

static void put(uint32_t *set, unsigned char c)
{
    set[c >> 5] |= 1u << (c & 31);
}

/* --- classes, as in the "C" locale --- */

static bool between(unsigned char c, char low, char high)
{
    return c >= (unsigned char)low && c <= (unsigned char)high;
}

static bool is_alpha(unsigned char c)
{
    return between(c, 'a', 'z') || between(c, 'A', 'Z');
}

static bool in_class(char class, unsigned char c, bool *known)
{
    bool graph = c > 32 && c < 127;

    *known = true;
    switch (class) {
    case 'a': return is_alpha(c);
    case 'c': return c < 32 || c == 127;
    case 'd': return between(c, '0', '9');
    case 'g': return graph;
    case 'l': return between(c, 'a', 'z');
    case 'p': return graph && !is_alpha(c) && !between(c, '0', '9');
    case 's': return c == ' ' || (c >= 9 && c <= 13);
    case 'u': return between(c, 'A', 'Z');
    case 'w': return is_alpha(c) || between(c, '0', '9');
    case 'x': return between(c, '0', '9') || between(c, 'a', 'f') || between(c, 'A', 'F');
    default: *known = false; return false;
    }
}

/* %a, %A, %. and the like into set. */
static void put_escape(uint32_t *set, char letter)
{
    bool upper = between((unsigned char)letter, 'A', 'Z');
    char lower = upper ? (char)(letter - 'A' + 'a') : letter;
    bool known = false;

    for (int c = 0; c < 256; c++)
        if (in_class(lower, (unsigned char)c, &known) != upper && known)
            put(set, (unsigned char)c);
    if (!known)
        put(set, (unsigned char)letter);
}

/* --- compiling --- */

struct reader {
    const char *at, *end;
};

/* After "[": up to and with the closing "]". */
static const char *read_set(struct reader *r, uint32_t *set)
{
    bool negative = r->at < r->end && *r->at == '^';
    bool first = true;

    if (negative)
        r->at++;
    for (;; first = false) {
        unsigned char c;
        if (r->at >= r->end)
            return "missing ']'";
        c = (unsigned char)*r->at++;
        if (c == ']' && !first)
            break;
        if (c == '%') {
            if (r->at >= r->end)
                return "missing ']'";
            put_escape(set, *r->at++);
        } else if (r->end - r->at >= 2 && r->at[0] == '-' && r->at[1] != ']') {
            for (int i = c; i <= (unsigned char)r->at[1]; i++)
                put(set, (unsigned char)i);
            r->at += 2;
        } else {
            put(set, c);
        }
    }
    for (int i = 0; i < 8 && negative; i++)
        set[i] = ~set[i];
    return NULL;
}

/* After "%". */
static const char *read_escape(struct reader *r, struct pattern_item *item)
{
    char c;

    if (r->at >= r->end)
        return "ends with '%'";
    c = *r->at++;
    if (c == 'b') {
        if (r->end - r->at < 2)
            return "%b needs two characters";
        item->kind = ITEM_BALANCE;
        item->a = (unsigned char)r->at[0];
        item->b = (unsigned char)r->at[1];
        r->at += 2;
        return NULL;
    }
    if (c == 'f') {
        if (r->at >= r->end || *r->at != '[')
            return "%f needs a set [..]";
        r->at++;
        item->kind = ITEM_FRONTIER;
        return read_set(r, item->set);
    }
    if (between((unsigned char)c, '0', '9')) {
        if (c == '0')
            return "there is no capture %0 here";
        item->kind = ITEM_BACK;
        item->a = (unsigned char)(c - '1');
        return NULL;
    }
    put_escape(item->set, c);
    return NULL;
}

static const char *read_item(struct reader *r, struct pattern_item *item)
{
    const char *wrong = NULL;
    char c = *r->at++;

    item->kind = ITEM_SET;
    if (c == '(') {
        item->kind = ITEM_OPEN;
        if (r->at < r->end && *r->at == ')') {
            item->kind = ITEM_POSITION;
            r->at++;
        }
    } else if (c == ')') {
        item->kind = ITEM_CLOSE;
    } else if (c == '$' && r->at == r->end) {
        item->kind = ITEM_TAIL;
    } else if (c == '%') {
        wrong = read_escape(r, item);
    } else if (c == '[') {
        wrong = read_set(r, item->set);
    } else if (c == '.') {
        memset(item->set, 0xff, sizeof item->set);
    } else {
        put(item->set, (unsigned char)c);
    }
    if (wrong == NULL && item->kind == ITEM_SET && r->at < r->end && *r->at != '\0' &&
        strchr("*+-?", *r->at) != NULL)
        item->quantifier = *r->at++;
    return wrong;
}

/* Captures must nest, and a back reference must name a closed one. */
static const char *check_captures(const struct pattern *p)
{
    int open[PATTERN_CAPTURES];
    bool closed[PATTERN_CAPTURES] = {false};
    int depth = 0;
    int count = 0;

    for (int i = 0; i < p->count; i++) {
        const struct pattern_item *item = &p->item[i];
        if (item->kind == ITEM_OPEN || item->kind == ITEM_POSITION) {
            if (count == PATTERN_CAPTURES)
                return "too many captures";
            if (item->kind == ITEM_OPEN)
                open[depth++] = count;
            count++;
        } else if (item->kind == ITEM_CLOSE) {
            if (depth == 0)
                return "')' without '('";
            closed[open[--depth]] = true;
        } else if (item->kind == ITEM_BACK && (item->a >= count || !closed[item->a])) {
            return "a back reference to a capture that is not there";
        }
    }
    return depth > 0 ? "'(' without ')'" : NULL;
}

const char *pattern_compile(struct pattern *p, const char *at, size_t len)
{
    struct reader r = {at, at + len};

    p->count = 0;
    p->anchored = len > 0 && at[0] == '^';
    if (p->anchored)
        r.at++;
    while (r.at < r.end) {
        const char *wrong;
        if (p->count == PATTERN_ITEMS)
            return "too long";
        memset(&p->item[p->count], 0, sizeof p->item[0]);
        wrong = read_item(&r, &p->item[p->count]);
        if (wrong != NULL)
            return wrong;
        p->count++;
    }
    return check_captures(p);
}

/* --- matching --- */

static bool run(const struct pattern *p, struct pattern_match *m, int i, const char *s);

static bool run_set(const struct pattern *p, struct pattern_match *m, int i, const char *s)
{
    const struct pattern_item *item = &p->item[i];
    ptrdiff_t n = 0;

    if (item->quantifier == '-') {
        for (;;) {
            if (run(p, m, i + 1, s))
                return true;
            if (m->steps < 0 || s >= m->subject_end || !has(item->set, (unsigned char)*s))
                return false;
            s++;
        }
    }
    while (s + n < m->subject_end && has(item->set, (unsigned char)s[n])) {
        n++;
        m->steps--;
        if (item->quantifier == '?')
            break;
    }
    for (ptrdiff_t least = item->quantifier == '+' ? 1 : 0; n >= least && m->steps >= 0; n--)
        if (run(p, m, i + 1, s + n))
            return true;
    return false;
}

static const char *balance(const struct pattern_item *item, struct pattern_match *m, const char *s)
{
    int64_t depth = 1;

    if (s >= m->subject_end || (unsigned char)*s != item->a)
        return NULL;
    for (s++; s < m->subject_end && m->steps >= 0; s++, m->steps--) {
        unsigned char c = (unsigned char)*s;
        if (c == item->b) {
            if (--depth == 0)
                return s + 1;
        } else if (c == item->a) {
            depth++;
        }
    }
    return NULL;
}

static bool at_frontier(const struct pattern_item *item, const struct pattern_match *m,
                        const char *s)
{
    unsigned char before = s > m->subject ? (unsigned char)s[-1] : 0;
    unsigned char here = s < m->subject_end ? (unsigned char)*s : 0;

    return !has(item->set, before) && has(item->set, here);
}

static bool run_open(const struct pattern *p, struct pattern_match *m, int i, const char *s)
{
    int n = m->count++;

    m->capture[n].at = s;
    m->capture[n].len = p->item[i].kind == ITEM_POSITION ? CAPTURE_POSITION : CAPTURE_OPEN;
    if (run(p, m, i + 1, s))
        return true;
    m->count = n;
    return false;
}

static bool run_close(const struct pattern *p, struct pattern_match *m, int i, const char *s)
{
    int n = m->count - 1;

    while (m->capture[n].len != CAPTURE_OPEN) /* compiling made sure that one is open */
        n--;
    m->capture[n].len = s - m->capture[n].at;
    if (run(p, m, i + 1, s))
        return true;
    m->capture[n].len = CAPTURE_OPEN;
    return false;
}

static bool run(const struct pattern *p, struct pattern_match *m, int i, const char *s)
{
    for (; i < p->count; i++) {
        const struct pattern_item *item = &p->item[i];
        if (--m->steps < 0)
            return false;
        switch (item->kind) {
        case ITEM_OPEN:
        case ITEM_POSITION:
            return run_open(p, m, i, s);
        case ITEM_CLOSE:
            return run_close(p, m, i, s);
        case ITEM_TAIL:
            if (s != m->subject_end)
                return false;
            break;
        case ITEM_BACK: {
            const struct pattern_capture *c = &m->capture[item->a];
            if (c->len < 0 || m->subject_end - s < c->len ||
                memcmp(s, c->at, (size_t)c->len) != 0)
                return false;
            m->steps -= c->len / 16;
            s += c->len;
            break;
        }
        case ITEM_BALANCE:
            s = balance(item, m, s);
            if (s == NULL)
                return false;
            break;
        case ITEM_FRONTIER:
            if (!at_frontier(item, m, s))
                return false;
            break;
        default:
            if (item->quantifier != 0)
                return run_set(p, m, i, s);
            if (s >= m->subject_end || !has(item->set, (unsigned char)*s))
                return false;
            s++;
            break;
        }
    }
    m->end = s;
    return true;
}

bool pattern_match_at(const struct pattern *p, struct pattern_match *m, const char *from)
{
    m->count = 0;
    m->end = NULL;
    return run(p, m, 0, from);
}
