/* model.h -- the number of the models: it stands in every drill file, and a file with another number is shown, never replayed.
 *
 * One number for all modules, because a drill uses them all: raise it with any change after which the orders of a released
 * program would lead to other events or another state (a formula, a rate, the order of two steps, a field of a slice), and not
 * for words, drawing or speed. Files of formats before 4 say nothing and count as 0. */
#ifndef TUIYAN_SESSION_MODEL_H
#define TUIYAN_SESSION_MODEL_H

enum { MODEL_NUMBER = 1 };

#endif
