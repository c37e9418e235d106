/* lines.h -- where in a Lua file each value of a table constructor was written.
 *
 * A Lua table does not remember lines. This reads the source text once more with a small lexer and keeps, for
 * the constructors that make documents, the keys in the order written and their lines. It is a help, not a parser:
 * what it does not understand it skips, and the value then gets the line of what encloses it. Known forms at the
 * outer level: return { .. }, return NAME, local NAME = { .. }, NAME = { .. }, NAME.key = .., NAME[#NAME + 1] = ..,
 * table.insert(NAME, ..); as values: { .. }, f { .. }, NAME, include "file.lua". */
#ifndef TUIYAN_SCRIPT_LINES_H
#define TUIYAN_SCRIPT_LINES_H

#include "base/arena.h"
#include "base/text.h"

struct line_node {
    struct text key; /* empty for a list item */
    int index;       /* 1-based, 0 for a named one */
    int line;
    int order;        /* place in the file */
    int count;        /* children */
    struct text name; /* the value was taken from this variable .. */
    bool is_file;     /* .. or from this included file */
    struct text file;
    struct line_node *child, *last, *next;
};

struct line_map {
    struct text file;
    struct line_node *variables; /* children: one a variable, the key is its name */
    struct line_node *returned;  /* NULL when there is no return of a known form */
};

/* False when memory ran out. Bad source gives a poorer map, never an error. */
bool lines_read(struct arena *a, struct text file, struct text source, struct line_map *out);
/* Follows variables and included files to the constructor itself; NULL stays NULL. maps are all files read. */
const struct line_node *lines_resolve(const struct line_map *maps, int count,
                                      const struct line_node *node);

#endif
