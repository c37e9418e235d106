/* value.h -- plain values and views across the border to Lua. All of these may raise: protected mode only. */
#ifndef TUIYAN_SCRIPT_VALUE_H
#define TUIYAN_SCRIPT_VALUE_H

#include <lua.h>

#include "script/script.h"

/* Makes the metatable of views. */
void value_open(lua_State *L);
/* The view at index, or NULL when it is something else. */
const struct script_view *value_view(lua_State *L, int index);
void value_push(lua_State *L, const struct script_value *v);
void value_push_view(lua_State *L, const struct script_view *v);
/* Reads the value at index; tables go to arena. what names the reader in messages. */
void value_read(lua_State *L, int index, struct arena *a, const char *what,
                struct script_value *out);
/* Pushes a closure that checks arguments by the row and calls it. */
void value_push_row(lua_State *L, const struct script_fn *row);

#endif
