/* script.h -- Lua as a maker of documents and a guest that reacts, behind a fence.
 *
 * A script is one sandboxed Lua 5.4 state. Loading a file runs it and turns the table it returns into a
 * core document; the functions in it become handles that script_call runs later. Scripts see only what
 * the caller hands them: rows of functions, and views, which are objects read through callbacks. There
 * is no way to the clock, files, the system or other randomness, and steps, bytes, text lengths and
 * pattern cost are bounded, so a bad script ends in one clear line with file and line.
 *
 * This header knows no word of the drill, and nothing of Lua's own headers. */
#ifndef TUIYAN_SCRIPT_SCRIPT_H
#define TUIYAN_SCRIPT_SCRIPT_H

#include "base/arena.h"
#include "base/err.h"
#include "core/scenario/doc.h"

struct script;
struct script_fn;
struct script_value;
struct script_view;

enum {
    SCRIPT_ARGS_MAX = 12,          /* arguments of one call in either direction */
    SCRIPT_TEXT_MAX = 256 * 1024,  /* one Lua string; comparing two must stay cheap */
    SCRIPT_FILE_MAX = 1024 * 1024, /* one source file */
    SCRIPT_FILES_MAX = 64,         /* files one script may include */
    SCRIPT_NODES_MAX = 200000,     /* values of one document */
    SCRIPT_DEPTH_MAX = 32,         /* nesting of one document */
    SCRIPT_HANDLES_MAX = 8192,     /* functions kept */
};

/* --- values --- */

enum script_kind {
    SCRIPT_NIL,
    SCRIPT_BOOL,
    SCRIPT_INT,
    SCRIPT_NUM,
    SCRIPT_TEXT,
    SCRIPT_LIST, /* item[0..count) */
    SCRIPT_MAP,  /* key[0..count) and item[0..count), keys in byte order when they come from Lua */
    SCRIPT_VIEW,
    SCRIPT_FUNC, /* a Lua function: func is its handle */
    SCRIPT_ROW,  /* one of the caller's functions, to be called by the script; only towards Lua */
};

/* An object scripts read through callbacks. Copied by value; what ctx points to must live as long as the
 * script. kind, id and extra say which object it is, as the caller likes. Two views are equal (==) when all
 * members are. */
struct script_view {
    const struct script_view_ops *ops;
    void *ctx;
    int32_t kind;
    int32_t id;
    int64_t extra;
};

struct script_value {
    enum script_kind kind;
    bool b;
    int64_t i;
    double n; /* also set for SCRIPT_INT that comes from Lua */
    struct text t;
    int func;
    int count;
    const struct script_value *item;
    const struct text *key;
    struct script_view view;
    const struct script_fn *row;
};

struct script_view_ops {
    const char *name; /* for messages: "team" */
    /* view.key or view[key]; key is SCRIPT_TEXT or SCRIPT_INT. An unknown name is an error, best with "did
     * you mean"; an integer past the end gives SCRIPT_NIL. file:line is added by the caller. Texts in *out
     * are copied at once. */
    enum rc (*get)(const struct script_view *v, const struct script_value *key,
                   struct script_value *out, struct err *e);
    /* #view and pairs(view); NULL: the view has neither. */
    int (*count)(const struct script_view *v);
    /* The i-th key (0-based) for pairs, in a fixed order; NULL: the keys are 1..count. */
    void (*key)(const struct script_view *v, int i, struct script_value *out);
};

struct script_value script_nil(void);
struct script_value script_bool(bool b);
struct script_value script_int(int64_t i);
struct script_value script_num(double n);
struct script_value script_text(struct text t);
struct script_value script_list(const struct script_value *item, int count);
struct script_value script_map(const struct text *key, const struct script_value *item, int count);
struct script_value script_object(struct script_view v);
/* The value under key of a map, or NULL. */
const struct script_value *script_get(const struct script_value *map, const char *key);

/* --- functions scripts may call --- */

/* One row: the binding, its argument checks, the stub and the manual all come from it.
 * args is words "name:type", "name?:type" when it may be left out, and "-> type" at the end when something
 * is returned. Types: any bool int num text list map table func view. Example: "text:text seat?:text -> bool".
 * "..." at the end takes any further values. */
struct script_fn {
    const char *name;
    const char *args;
    const char *zh, *en; /* help, one line */
    /* arg[0..count) as far as given; left out optional ones in the middle are SCRIPT_NIL. Texts and lists live until
     * the call returns. *result begins as SCRIPT_NIL. On failure e holds one line; file:line is added. */
    enum rc (*call)(void *ctx, const struct script_value *arg, int count,
                    struct script_value *result, struct err *e);
};

/* --- sources --- */

/* Where files come from. name is a checked relative path such as "bots/late.lua". *out must stay valid until
 * the next read. RC_IO or RC_INPUT with a line in e when there is no such file. */
struct source_reader {
    void *ctx;
    enum rc (*read)(void *ctx, const char *name, struct text *out, struct err *e);
};

/* Reads files under a folder. Begin with folder_reader_init, end with folder_reader_free. */
struct folder_reader {
    char folder[1024];
    char *bytes;
};
MUST_USE enum rc folder_reader_init(struct folder_reader *r, const char *folder, struct err *e);
struct source_reader folder_reader_source(struct folder_reader *r);
void folder_reader_free(struct folder_reader *r);

/* Reads from memory: a drill file's stored sources, or a test's. */
struct source_file {
    const char *name;
    struct text text;
};
struct source_list {
    const struct source_file *file;
    int count;
};
struct source_reader source_list_reader(struct source_list *list);

/* --- a script --- */

struct script_options {
    struct source_reader reader;
    const struct script_fn *fn; /* must outlive the script */
    int fn_count;
    void *ctx; /* given to fn->call and print */
    void (*print)(void *ctx, struct text line); /* print(..) of the script; NULL drops it */
    const struct script_view_ops *const *view_ops; /* every kind of view a script may keep between calls .. */
    int views;                                     /* .. made anew by script_restore, with ctx as theirs */
    size_t bytes_max;   /* Lua memory; 0: 64 MiB */
    int64_t load_steps; /* instructions to run one file; 0: 50 million */
};

/* Makes an empty sandbox. On RC_OK the caller owns *out and ends it with script_close. */
MUST_USE enum rc script_open(const struct script_options *options, struct script **out,
                             struct err *e);
void script_close(struct script *s);

/* Runs a file and makes what it returns (a table, or a function) into a document in a. Function handles in it stay
 * valid until script_close. A missing return, a cycle, a depth over SCRIPT_DEPTH_MAX, keys that are neither texts
 * nor 1..n, NaN or bytes that are not UTF-8 are errors that name the place. */
MUST_USE enum rc script_load(struct script *s, const char *name, struct arena *a,
                             const struct doc **out, struct err *e);

/* Runs a kept function with at most steps instructions. *result (may be NULL) lives until the next script_call or
 * script_load. On failure nothing of the call remains but what its calls did. */
MUST_USE enum rc script_call(struct script *s, int handle, const struct script_value *args,
                             int count, struct script_value *result, int64_t steps,
                             struct err *e);

/* Where a kept function was written, "scenario.lua:12"; the empty text for a bad handle. */
struct text script_func_where(struct script *s, int handle);
/* Every file read so far, in order, to be stored with the drill. */
int script_source_count(const struct script *s);
struct source_file script_source(const struct script *s, int index);
/* Bytes Lua holds now, and instructions the last call took (rounded to the hook's interval). */
size_t script_bytes(const struct script *s);
int64_t script_steps(const struct script *s);

/* --- what a script remembers --- */

/* The memory of a script between two calls: globals, the values its functions share and hide (upvalues), tables with
 * identity and cycles, views. Functions themselves come from the sources: a second script that loaded the same files
 * in the same order has the same ones, and takes the rest over with script_restore.
 *
 * script_seal numbers the functions there are. It is called once, after the last script_load and before the first
 * script_call; what is loaded later cannot be kept. */
MUST_USE enum rc script_seal(struct script *s, struct err *e);
struct script_memory { /* ends with script_memory_free, also after a failure */
    uint8_t *at;
    size_t size, cap;
};
/* The same memory gives the same bytes, however it came about: their hash is a digest. RC_INPUT when something cannot
 * be kept, and e names it: a function made after script_seal, a list with holes (its # would not be certain), a key
 * that is no number, text or boolean. The script stays as it was. */
MUST_USE enum rc script_save(struct script *s, struct script_memory *out, struct err *e);
void script_memory_free(struct script_memory *m);
/* Takes over what script_save gave, from a sealed script with the same sources. On failure (RC_CORRUPT: the bytes are
 * not such a memory) the script is in no known state and is to be closed. */
MUST_USE enum rc script_restore(struct script *s, const void *at, size_t size, struct err *e);

/* --- for authors --- */

/* The manual of the rows, Markdown. */
void script_manual(const struct script_fn *fn, int count, enum lang lang, struct buf *out);
/* Typed stubs (api.lua) that an editor's Lua language server reads. */
void script_stubs(const struct script_fn *fn, int count, struct buf *out);

#endif
