/* bridge.h -- the Lua side of a session: conditions, handlers and the bot, shown the world through views. */
#ifndef TUIYAN_SESSION_BRIDGE_H
#define TUIYAN_SESSION_BRIDGE_H

#include "script/script.h"
#include "session/inner.h"

enum { BOT_STEPS = 2000000, WHEN_STEPS = 200000, HANDLER_STEPS = 500000 };

struct bridge {
    struct session *s;
    struct play *p;
    struct script *script;
    struct arena arena;
    struct order *out; /* where order() puts what it is given, during bridge_step */
    int max, count;
    int32_t origin;
    int bot;           /* handle, -1 */
    bool sealed;
    int32_t handler[EVENT_KINDS]; /* handle by event kind, -1 */
};

/* The two roots: the truth (for the author's conditions and handlers), and what the room knows (for bots). */
struct script_value view_truth(struct bridge *b);
struct script_value view_known(struct bridge *b);
extern const struct script_view_ops *const bridge_views[];
extern const int bridge_view_count;
extern const struct script_fn bridge_functions[];
extern const int bridge_function_count;
/* The author's manual of the views. */
void view_manual(enum lang lang, struct buf *out);
void view_stubs(struct buf *out);

#endif
