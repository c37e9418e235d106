/* widget.h -- buttons, fields, lists and the rest, in immediate mode: a view calls them each frame, they write draw commands and answer
 * what the user did. Knows nothing of drills.
 *
 * A widget's id is a text unique on the screen. Keyboard: Tab and Shift-Tab move the focus, Enter or Space press, arrows move in lists.
 * One struct ui lives as long as the window; input is filled before a frame and cleared by ui_end. */
#ifndef TUIYAN_UI_WIDGET_H
#define TUIYAN_UI_WIDGET_H

#include "ui/paint.h"

enum ui_key {
    KEY_NONE, KEY_TAB, KEY_ENTER, KEY_SPACE, KEY_ESCAPE, KEY_BACKSPACE, KEY_DELETE, KEY_LEFT, KEY_RIGHT, KEY_UP, KEY_DOWN, KEY_HOME,
    KEY_END, KEY_PAGE_UP, KEY_PAGE_DOWN,
    KEY_F1, KEY_F2, KEY_F3, KEY_F4, KEY_F5, KEY_F6, KEY_F7, KEY_F8, KEY_F9, KEY_F10, KEY_F11, KEY_F12,
    KEY_PLUS, KEY_MINUS, KEY_A, KEY_V, KEY_C,
    KEY_E, KEY_N, KEY_O, KEY_S, KEY_Y, KEY_0, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8, KEY_9,
    UI_KEY_COUNT
};

enum { UI_TEXT = 512, UI_KEYS = 16, UI_SCROLLS = 64, UI_FOCUSABLE = 512 };

struct ui_input {
    double x, y;             /* of the mouse, units */
    bool down, pressed, released, right_pressed;
    double wheel;            /* lines, positive: up */
    struct { enum ui_key key; bool shift, ctrl; } key[UI_KEYS];
    int keys;
    char text[UI_TEXT];      /* typed or committed by the input method */
    char preedit[UI_TEXT];   /* still being composed */
    const char *paste;       /* text of the clipboard when Ctrl-V was pressed; NULL */
};

struct ui_edit { /* the text of a field */
    char text[UI_TEXT];
    int caret; /* byte */
    bool changed;
};

struct ui {
    struct draw_list *list;
    struct painter *painter; /* for measuring clicks in fields; NULL in tests without one */
    const struct theme *theme;
    struct ui_input in;
    uint64_t hot, active, focus; /* under the mouse, pressed, for the keyboard */
    uint64_t focusable[UI_FOCUSABLE];
    int focusables;
    bool focus_typed;        /* the focus is in a field: text goes there */
    struct rect field;       /* of the focused field, for the input method */
    struct { uint64_t id; double at; } scroll[UI_SCROLLS];
    const char *tip;         /* tooltip of what is under the mouse; kept in the list */
    double drag_x, drag_y;
    bool blocked;            /* behind an open panel */
    bool used;               /* this frame's click was taken */
};

void ui_begin(struct ui *ui, struct draw_list *list, const struct theme *th);
/* Draws the tooltip, moves the focus, forgets the input. */
void ui_end(struct ui *ui, double width, double height);
bool ui_pressed(const struct ui *ui, enum ui_key key, bool ctrl); /* this frame */
/* The key alone, and nobody after sees it: a Tab that was taken does not move the focus. */
bool ui_take(struct ui *ui, enum ui_key key);
bool ui_over(const struct ui *ui, struct rect r);
uint64_t ui_id(const char *text);

/* Plain shapes and text. */
void ui_box(struct ui *ui, struct rect r, double radius, uint32_t colour);
void ui_edge(struct ui *ui, struct rect r, double radius, uint32_t colour);
void ui_text(struct ui *ui, struct rect r, const char *text, const struct label *how);
/* The same, and what is cut is read whole under the mouse; about, since nothing is measured. */
void ui_text_tip(struct ui *ui, struct rect r, const char *text, const struct label *how);
/* A panel with its heading; returns what is left inside. */
struct rect ui_panel(struct ui *ui, struct rect r, const char *title);
/* A rounded tag: a state in one or two words. */
void ui_tag(struct ui *ui, struct rect r, const char *text, uint32_t colour);
void ui_bar(struct ui *ui, struct rect r, double share, uint32_t colour);

enum { BUTTON_PLAIN = 0, BUTTON_ACCENT = 1, BUTTON_ON = 2, BUTTON_OFF = 4, BUTTON_FLAT = 8 };
bool ui_button(struct ui *ui, const char *id, struct rect r, const char *text, int flags, const char *tip);
/* Returns the chosen one. */
int ui_tabs(struct ui *ui, const char *id, struct rect r, const char *const *names, int count, int now);
/* Returns the chosen one; *open is the caller's. Draws its list over what comes after, so call it last in its area. */
int ui_dropdown(struct ui *ui, const char *id, struct rect r, const char *const *names, int count, int now, bool *open);
/* True when Enter was pressed in it. A field of two lines' height or more wraps. */
bool ui_field(struct ui *ui, const char *id, struct rect r, struct ui_edit *edit, const char *hint);
/* How high a field of that width is to be to show the text, in least .. most lines; about, since nothing is measured. */
double ui_field_height(const char *text, double width, int least, int most);
void ui_edit_set(struct ui_edit *edit, const char *text);
/* Moves the focus there. */
void ui_focus(struct ui *ui, const char *id);

struct ui_cell {
    const char *text;
    uint32_t colour; /* 0: ink */
    bool tag, bold;
};
enum { UI_COLUMNS = 5 };
struct ui_row {
    struct ui_cell cell[UI_COLUMNS];
    uint32_t back; /* 0: none */
    const char *below; /* a dim line under the cells, from the second column on; NULL: none */
};
struct ui_table {
    int rows, columns;
    double width[UI_COLUMNS]; /* shares; they are made to fill */
    double row_height;        /* 0: one line */
    void *ctx;
    void (*row)(void *ctx, int i, struct ui_row *out);
    bool show;                /* bring the selected row into sight */
    bool to_end;              /* keep the last row in sight unless scrolled up */
};
/* Rows with scroll. Returns the row clicked or chosen with Enter; else -1. `selected` is shown as such. */
int ui_table(struct ui *ui, const char *id, struct rect r, const struct ui_table *t, int selected);
/* A part that scrolls when its content is higher than r: what is drawn between goes into the returned rectangle, which moves; what lies
 * outside r is neither seen nor pressed. content: its height in the last frame. */
struct ui_pane {
    struct rect r;
    double content, at, x, y;
};
struct rect ui_scroll_begin(struct ui *ui, const char *id, struct rect r, double content, struct ui_pane *pane);
void ui_scroll_end(struct ui *ui, const struct ui_pane *pane);
/* A splitter of width 6 at x (or y): returns its new place after dragging. */
double ui_split(struct ui *ui, const char *id, struct rect r, double at, bool upright);

#endif
