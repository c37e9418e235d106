/* loader.h -- what a script owns, and what the other files here need of it. */
#ifndef TUIYAN_SCRIPT_LOADER_H
#define TUIYAN_SCRIPT_LOADER_H

#include <lua.h>

#include "script/fence.h"
#include "script/lines.h"
#include "script/script.h"

/* One variable that functions share or hide: upvalue `up` of function number `func` is it. */
struct script_cell {
    int func, up;
};

struct script {
    struct fence fence;
    struct script_options options;
    struct arena sources; /* texts and line maps of all files */
    struct arena scratch; /* values of one call */
    struct source_file file[SCRIPT_FILES_MAX];
    struct line_map map[SCRIPT_FILES_MAX];
    bool running[SCRIPT_FILES_MAX]; /* being run: including it again would be a circle */
    int file_count;
    int kept;  /* functions kept so far; handles are 1..kept */
    bool busy; /* inside Lua */
    struct script_cell *cell; /* after script_seal: all of them, each once */
    int cells, cell_cap;
    int sealed_files;
    int things; /* numbered functions, and tables that are the library's */
    bool sealed;
};

/* include "file.lua": runs a file once and gives what it returned. */
int loader_include(lua_State *L);
void loader_print(const struct script *s, struct text line);
/* Pushes the list of what the files gave, by file. */
void loader_push_included(lua_State *L);
/* Pushes the list of functions kept, by handle. */
void loader_push_all_kept(lua_State *L);
/* Keeps the function at index; returns its handle. Raises when there are too many. */
int loader_keep(lua_State *L, int index);
/* Pushes a kept function; false (and nothing pushed) for a bad handle. */
bool loader_push_kept(lua_State *L, int handle);
struct arena *loader_scratch(lua_State *L);
void *loader_context(lua_State *L);
/* a/b.lua: parts of letters, digits, _ - and dots inside, none beginning with a dot. */
bool loader_name_ok(struct text name);

/* Turns the value on top of the stack, returned by map `file`, into a document. Raises nothing but for memory;
 * other errors come back in e. */
MUST_USE enum rc convert_value(lua_State *L, struct script *s, int file, struct arena *a,
                               const struct doc **out, struct err *e);

#endif
