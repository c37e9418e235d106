/* panel_words.c -- the panel's words, and reading what people write as a mark or a judgement. */
#include "eval/panel.h"

static const double NO_VALUE = 0.0 / 0.0;

struct entry_row {
    const char *name;
    struct title title;
};

static const struct entry_row kinds[PANEL_KINDS] = {
    {"expert", {TEXT_INIT("专家组"), TEXT_INIT("expert panel")}},
    {"self", {TEXT_INIT("自评"), TEXT_INIT("self-evaluation")}},
    {"survey", {TEXT_INIT("参演人员问卷"), TEXT_INIT("participants' survey")}},
};

int panel_kind_find(struct text word)
{
    if (word.len == 0)
        return PANEL_EXPERT;
    for (int i = 0; i < PANEL_KINDS; i++) {
        if (text_is(word, kinds[i].name) || text_eq(word, kinds[i].title.zh))
            return i;
    }
    return -1;
}

const char *panel_kind_name(int32_t kind)
{
    return kinds[kind].name;
}

struct title panel_kind_title(int32_t kind)
{
    return kinds[kind].title;
}

struct title panel_phase_title(int32_t phase)
{
    static const struct title titles[] = {{TEXT_INIT("未启用"), TEXT_INIT("not opened")},
                                          {TEXT_INIT("独立评分中"), TEXT_INIT("marking independently")},
                                          {TEXT_INIT("合议中"), TEXT_INIT("reconciling")},
                                          {TEXT_INIT("组长已签认"), TEXT_INIT("signed off")}};
    return titles[phase];
}

struct title mark_state_title(int32_t state)
{
    static const struct title titles[] = {{TEXT_INIT("未评"), TEXT_INIT("not marked")},
                                          {TEXT_INIT("已评"), TEXT_INIT("marked")},
                                          {TEXT_INIT("不适用"), TEXT_INIT("not applicable")},
                                          {TEXT_INIT("未观察"), TEXT_INIT("not observed")}};
    return titles[state];
}

/* Full-width ASCII (U+FF01..U+FF5E) to ASCII, as input methods and WPS leave it; into a fixed buffer. */
static struct text narrow(struct text t, char *at, int cap)
{
    int n = 0;
    t = text_trim(t);
    for (int i = 0; i < t.len && n < cap; i++) {
        const unsigned char *c = (const unsigned char *)t.at + i;
        if (i + 2 < t.len && c[0] == 0xEF && ((c[1] == 0xBC && c[2] >= 0x81) || (c[1] == 0xBD && c[2] <= 0x9E))) {
            at[n++] = (char)(c[1] == 0xBC ? c[2] - 0x81 + 0x21 : c[2] - 0x80 + 0x60);
            i += 2;
        } else {
            at[n++] = (char)*c;
        }
    }
    return (struct text){at, n};
}

static bool one_of(struct text word, const char *const *list, int count)
{
    for (int i = 0; i < count; i++) {
        if (text_is(word, list[i]))
            return true;
    }
    return false;
}

bool panel_read_value(const struct rubric *r, const struct rubric_item *it, struct text word, int32_t *state, double *raw)
{
    static const char *const na[] = {"不适用", "na", "NA", "N/A", "n/a", "not applicable", "-", "/", "—"};
    static const char *const unseen[] = {"未观察", "未观察到", "no", "NO", "N/O", "n/o", "not_observed", "not observed"};
    char room[128];
    *raw = NO_VALUE;
    word = narrow(word, room, (int)sizeof(room));
    if (word.len == 0) {
        *state = MARK_NONE;
        return true;
    }
    *state = MARK_RATED;
    if (rubric_parse(r, it, word, raw)) /* first, so that a scale may have a level "no" */
        return true;
    if (one_of(word, na, COUNT_OF(na)))
        *state = MARK_NOT_APPLICABLE;
    else if (one_of(word, unseen, COUNT_OF(unseen)))
        *state = MARK_NOT_OBSERVED;
    return *state != MARK_RATED;
}

/* Entries of judgement matrices: blanks between, ; after a row, | after a judge; 1/3 and * as in tables. */
bool panel_read_judges(struct text t, int n, double *out, int max, int *judges)
{
    int count = 0;
    while (t.len > 0) {
        char c = *t.at;
        if (c == ' ' || c == ';' || c == '|' || c == ',' || c == '\n' || c == '\r' || c == '\t') {
            t = (struct text){t.at + 1, t.len - 1};
            continue;
        }
        int len = 0, slash = -1;
        while (len < t.len && t.at[len] != ' ' && t.at[len] != ';' && t.at[len] != '|' && t.at[len] != ',' &&
               t.at[len] != '\n' && t.at[len] != '\r' && t.at[len] != '\t') {
            slash = t.at[len] == '/' ? len : slash;
            len++;
        }
        double top, bottom = 1.0;
        struct text word = {t.at, len};
        bool good = text_is(word, "*") || (slash < 0 ? text_to_f64(word, &top)
                                                     : text_to_f64((struct text){t.at, slash}, &top) &&
                                                           text_to_f64((struct text){t.at + slash + 1, len - slash - 1}, &bottom));
        if (!good || count == max)
            return false;
        out[count++] = text_is(word, "*") ? NO_VALUE : top / bottom;
        t = (struct text){t.at + len, t.len - len};
    }
    *judges = n > 0 ? count / (n * n) : 0;
    return *judges > 0 && count == *judges * n * n;
}
