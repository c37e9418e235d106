/* library.h -- what a script finds when it starts: the whitelist. */
#ifndef TUIYAN_SCRIPT_LIBRARY_H
#define TUIYAN_SCRIPT_LIBRARY_H

#include <lua.h>

/* Builds the globals. Called in protected mode, once. */
void library_open(lua_State *L);
/* Pushes the string library and makes it the one behind ("x"):name(). */
void library_push_string(lua_State *L);
/* Pushes the table library. */
void library_push_table(lua_State *L);
/* Sets __index of the table on top to an error that names what is missing; prefix is "" or "string.". */
void library_strict(lua_State *L, const char *prefix);
/* pairs(t): numbers ascending, then texts by bytes, then false, true. */
int library_pairs(lua_State *L);
/* Pushes the list of the keys of the table at index, in that order. Raises for other kinds of key. */
void library_push_keys(lua_State *L, int index);
/* A readable text for any value, never an address; pushes it. */
void library_push_tostring(lua_State *L, int index);

#endif
