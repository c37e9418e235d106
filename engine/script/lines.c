#include "script/lines.h"

#include <string.h>

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_NUMBER, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    struct text t; /* of a string: between the quotes, escapes as written */
    int line;
};

struct lexer {
    const char *at, *end;
    int line;
    struct token now, ahead;
};

enum { DEPTH_MAX = 64 };

struct walk {
    struct lexer lex;
    struct arena *arena;
    struct line_map *map;
    int order;
    bool failed;
};

/* --- tokens --- */

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* At "[": the level of a long bracket "[==[", or -1. */
static int long_level(const struct lexer *l)
{
    const char *s = l->at + 1;

    while (s < l->end && *s == '=')
        s++;
    return s < l->end && *s == '[' ? (int)(s - l->at - 1) : -1;
}

static struct text long_text(struct lexer *l, int level)
{
    const char *from = l->at + level + 2;

    for (l->at = from; l->at < l->end; l->at++) {
        if (*l->at == '\n')
            l->line++;
        if (*l->at != ']')
            continue;
        int n = 0;
        while (l->at + 1 + n < l->end && n < level && l->at[1 + n] == '=')
            n++;
        if (n == level && l->at + 1 + n < l->end && l->at[1 + n] == ']') {
            struct text t = {from, (int)(l->at - from)};
            l->at += level + 2;
            return t;
        }
    }
    return (struct text){from, (int)(l->end - from)};
}

static void skip_blanks(struct lexer *l)
{
    while (l->at < l->end) {
        if (*l->at == '\n')
            l->line++;
        if (*l->at == ' ' || (*l->at >= '\t' && *l->at <= '\r')) {
            l->at++;
        } else if (l->end - l->at >= 2 && l->at[0] == '-' && l->at[1] == '-') {
            l->at += 2;
            int level = l->at < l->end && *l->at == '[' ? long_level(l) : -1;
            if (level >= 0)
                (void)long_text(l, level);
            else
                while (l->at < l->end && *l->at != '\n')
                    l->at++;
        } else {
            return;
        }
    }
}

static struct text quoted(struct lexer *l)
{
    char quote = *l->at++;
    const char *from = l->at;
    struct text t;

    while (l->at < l->end && *l->at != quote) {
        if (*l->at == '\\' && l->at + 1 < l->end)
            l->at++;
        if (*l->at == '\n')
            l->line++;
        l->at++;
    }
    t = (struct text){from, (int)(l->at - from)};
    if (l->at < l->end)
        l->at++;
    return t;
}

static struct token read_token(struct lexer *l)
{
    struct token k = {TOKEN_END, {"", 0}, 0};
    const char *from;
    int level;

    skip_blanks(l);
    k.line = l->line;
    from = l->at;
    if (l->at >= l->end)
        return k;
    if (letter(*l->at)) {
        k.kind = TOKEN_NAME;
        while (l->at < l->end && (letter(*l->at) || digit(*l->at)))
            l->at++;
    } else if (digit(*l->at)) {
        k.kind = TOKEN_NUMBER;
        while (l->at < l->end && (letter(*l->at) || digit(*l->at) || *l->at == '.'))
            l->at++;
    } else if (*l->at == '"' || *l->at == '\'') {
        k.kind = TOKEN_STRING;
        k.t = quoted(l);
        return k;
    } else if (*l->at == '[' && (level = long_level(l)) >= 0) {
        k.kind = TOKEN_STRING;
        k.t = long_text(l, level);
        return k;
    } else {
        k.kind = TOKEN_SIGN;
        l->at++;
        /* == ~= <= >= must not look like an assignment */
        if (l->at < l->end && *l->at == '=' && strchr("=~<>", *from) != NULL)
            l->at++;
    }
    k.t = (struct text){from, (int)(l->at - from)};
    return k;
}

static void advance(struct lexer *l)
{
    l->now = l->ahead;
    l->ahead = read_token(l);
}

static bool is(const struct token *k, const char *what)
{
    return (k->kind == TOKEN_SIGN || k->kind == TOKEN_NAME) && text_is(k->t, what);
}

static bool keyword(const struct token *k)
{
    static const char *const words[] = {
        "and",   "break", "do",  "else", "elseif", "end",    "for",  "function",
        "goto",  "if",    "in",  "local", "not",   "or",     "repeat", "return",
        "then",  "until", "while",
    };

    for (int i = 0; i < COUNT_OF(words); i++)
        if (k->kind == TOKEN_NAME && text_is(k->t, words[i]))
            return true;
    return false;
}

/* +1 for a word that opens a block, -1 for one that closes it. for and while open at their do. */
static int block_change(const struct token *k)
{
    if (k->kind != TOKEN_NAME)
        return 0;
    if (text_is(k->t, "function") || text_is(k->t, "do") || text_is(k->t, "if") ||
        text_is(k->t, "repeat"))
        return 1;
    return text_is(k->t, "end") || text_is(k->t, "until") ? -1 : 0;
}

/* --- nodes --- */

static struct line_node *add(struct walk *w, struct line_node *table, struct text key, int index,
                             int line)
{
    struct line_node *n = ARENA_NEW(w->arena, struct line_node, 1);

    if (n == NULL) {
        w->failed = true;
        return NULL;
    }
    n->key = key;
    n->index = index;
    n->line = line;
    n->order = ++w->order;
    n->file = w->map->file;
    if (table == NULL)
        return n;
    if (table->last != NULL)
        table->last->next = n;
    else
        table->child = n;
    table->last = n;
    table->count++;
    return n;
}

static struct line_node *find(const struct line_node *table, struct text key)
{
    struct line_node *found = NULL;

    if (table != NULL)
        for (struct line_node *n = table->child; n != NULL; n = n->next)
            if (n->index == 0 && text_eq(n->key, key))
                found = n; /* the last one written counts */
    return found;
}

static int next_index(const struct line_node *table)
{
    int index = 0;

    for (const struct line_node *n = table->child; n != NULL; n = n->next)
        if (n->index > index)
            index = n->index;
    return index + 1;
}

/* --- values --- */

static void read_table(struct walk *w, struct line_node *table, int depth);

static bool ends_value(const struct token *k)
{
    return k->kind == TOKEN_END || is(k, ",") || is(k, ";") || is(k, "}") || is(k, ")");
}

/* Skips the rest of an expression inside a constructor, up to its comma or brace. */
static void skip_expression(struct lexer *l)
{
    int brackets = 0;
    int blocks = 0;

    for (; l->now.kind != TOKEN_END; advance(l)) {
        if (brackets == 0 && blocks == 0 && ends_value(&l->now))
            return;
        if (is(&l->now, "(") || is(&l->now, "{") || is(&l->now, "["))
            brackets++;
        if (is(&l->now, ")") || is(&l->now, "}") || is(&l->now, "]"))
            brackets--;
        blocks += block_change(&l->now);
        if (brackets < 0)
            return;
    }
}

/* After include: "file", ("file"). */
static void read_include(struct walk *w, struct line_node *node)
{
    struct lexer *l = &w->lex;
    bool bracket;

    advance(l);
    bracket = is(&l->now, "(");
    if (bracket)
        advance(l);
    if (l->now.kind == TOKEN_STRING) {
        node->name = l->now.t;
        node->is_file = true;
        advance(l);
    }
    if (bracket && is(&l->now, ")"))
        advance(l);
}

/* Reads the value that begins at the current token into node, as far as it is of a known form. */
static void read_value(struct walk *w, struct line_node *node, int depth)
{
    struct lexer *l = &w->lex;

    if (is(&l->now, "{")) {
        read_table(w, node, depth + 1);
    } else if (is(&l->now, "include") && !is(&l->ahead, ",")) {
        read_include(w, node);
    } else if (l->now.kind == TOKEN_NAME && !keyword(&l->now)) {
        if (is(&l->ahead, "{")) {
            advance(l);
            read_table(w, node, depth + 1);
        } else if (ends_value(&l->ahead) || l->ahead.line > l->now.line) {
            node->name = l->now.t;
            advance(l);
        }
    }
}

/* At "{"; leaves the token after "}". */
static void read_table(struct walk *w, struct line_node *table, int depth)
{
    struct lexer *l = &w->lex;
    int index = 0;

    advance(l);
    while (l->now.kind != TOKEN_END && !is(&l->now, "}") && !w->failed) {
        struct text key = {"", 0};
        int line = l->now.line;
        bool known = true;
        if (l->now.kind == TOKEN_NAME && is(&l->ahead, "=")) {
            key = l->now.t;
            advance(l);
            advance(l);
        } else if (is(&l->now, "[")) {
            advance(l);
            known = l->now.kind == TOKEN_STRING && is(&l->ahead, "]");
            key = l->now.t;
            skip_expression(l); /* ends at "]", which closes more than was opened */
            advance(l);
            if (is(&l->now, "="))
                advance(l);
        } else {
            index++;
        }
        struct line_node *node = add(w, known ? table : NULL, key, key.len > 0 ? 0 : index, line);
        if (node == NULL)
            return;
        if (depth < DEPTH_MAX)
            read_value(w, node, depth);
        skip_expression(l);
        if (!is(&l->now, "}"))
            advance(l);
    }
    advance(l);
}

/* --- statements --- */

/* NAME, NAME.key.key or NAME[#NAME + 1] before "=": the node to fill, or NULL when it is something else. */
static struct line_node *read_target(struct walk *w)
{
    struct lexer *l = &w->lex;
    struct line_node *table = w->map->variables;
    struct text key = l->now.t;
    int line = l->now.line;

    advance(l);
    for (;;) {
        if (is(&l->now, "=")) {
            advance(l);
            return add(w, table, key, 0, line);
        }
        table = find(table, key);
        if (table == NULL)
            return NULL;
        if (is(&l->now, ".") && l->ahead.kind == TOKEN_NAME) {
            advance(l);
            key = l->now.t;
            advance(l);
        } else if (is(&l->now, "[") && is(&l->ahead, "#")) {
            while (l->now.kind != TOKEN_END && !is(&l->now, "]"))
                advance(l);
            advance(l);
            if (!is(&l->now, "="))
                return NULL;
            advance(l);
            return add(w, table, (struct text){"", 0}, next_index(table), line);
        } else {
            return NULL;
        }
    }
}

/* After table.insert( */
static void read_insert(struct walk *w)
{
    struct lexer *l = &w->lex;
    struct line_node *table;
    struct line_node *node;

    if (!is(&l->now, ".") || !is(&l->ahead, "insert"))
        return;
    advance(l);
    advance(l);
    if (!is(&l->now, "("))
        return;
    advance(l);
    table = find(w->map->variables, l->now.t);
    if (table == NULL || !is(&l->ahead, ","))
        return;
    advance(l);
    advance(l);
    node = add(w, table, (struct text){"", 0}, next_index(table), l->now.line);
    if (node != NULL)
        read_value(w, node, 0);
}

static void read_statements(struct walk *w)
{
    struct lexer *l = &w->lex;
    int blocks = 0;
    int brackets = 0;

    while (l->now.kind != TOKEN_END && !w->failed) {
        struct line_node *node = NULL;
        bool outer = blocks == 0 && brackets == 0;
        if (outer && is(&l->now, "return")) {
            node = w->map->returned = add(w, NULL, (struct text){"", 0}, 0, l->ahead.line);
            advance(l);
        } else if (outer && is(&l->now, "table") && is(&l->ahead, ".")) {
            advance(l);
            read_insert(w);
            continue;
        } else if (outer && l->now.kind == TOKEN_NAME && !keyword(&l->now)) {
            node = read_target(w);
        } else {
            blocks += block_change(&l->now);
            if (is(&l->now, "(") || is(&l->now, "{") || is(&l->now, "["))
                brackets++;
            if ((is(&l->now, ")") || is(&l->now, "}") || is(&l->now, "]")) && brackets > 0)
                brackets--;
            advance(l);
        }
        if (node != NULL)
            read_value(w, node, 0);
    }
}

bool lines_read(struct arena *a, struct text file, struct text source, struct line_map *out)
{
    struct walk w = {.arena = a, .map = out};

    *out = (struct line_map){file, NULL, NULL};
    w.lex.at = source.at;
    w.lex.end = source.at + source.len;
    w.lex.line = 1;
    out->variables = add(&w, NULL, (struct text){"", 0}, 0, 1);
    if (out->variables == NULL)
        return false;
    advance(&w.lex);
    advance(&w.lex);
    read_statements(&w);
    return !w.failed;
}

static const struct line_map *map_of(const struct line_map *maps, int count, struct text file)
{
    for (int i = 0; i < count; i++)
        if (text_eq(maps[i].file, file))
            return &maps[i];
    return NULL;
}

const struct line_node *lines_resolve(const struct line_map *maps, int count,
                                      const struct line_node *node)
{
    /* a = b, b = a would go round for ever */
    for (int hops = 0; node != NULL && node->name.len > 0 && hops < 16; hops++) {
        const struct line_map *map = map_of(maps, count, node->is_file ? node->name : node->file);
        const struct line_node *to = NULL;
        if (map != NULL && node->is_file)
            to = map->returned;
        else if (map != NULL)
            to = find(map->variables, node->name);
        /* a global of another file */
        for (int i = 0; i < count && to == NULL && !node->is_file; i++)
            to = find(maps[i].variables, node->name);
        if (to == NULL)
            break;
        node = to;
    }
    return node;
}
