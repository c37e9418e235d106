/* scan.h -- reading a line as people type it, Chinese or English.
 *
 * Nothing is rewritten: every reader folds while it compares, so that full-width letters, digits and
 * punctuation, capitals and Chinese quotes are the same as the plain ones, and positions in messages
 * are positions in what was typed. The text must be valid UTF-8. Positions are byte offsets. */
#ifndef TUIYAN_CORE_ORDER_SCAN_H
#define TUIYAN_CORE_ORDER_SCAN_H

#include "base/text.h"

/* The folded character at pos, 0 at the end; *next is the position after it. */
uint32_t scan_char(struct text t, int pos, int *next);
uint32_t scan_raw(struct text t, int pos, int *next); /* not folded */
bool scan_is_blank(uint32_t c); /* blanks, commas, full stops: what may stand between words */
bool scan_is_quote(uint32_t c);
int scan_skip(struct text t, int pos); /* over blanks */
/* The position after word when it stands at pos and ends there (a Latin word does not end inside a
 * longer one; between Han characters no blank is needed), else -1. The empty word is nowhere. */
int scan_match(struct text t, int pos, struct text word);
/* Like scan_match for a word that need not be complete: true when what stands from pos to the end of t
 * begins word. */
bool scan_begins(struct text t, int pos, struct text word);
/* The word at pos for a message: up to a blank, "=", ":" or a quote, at most 60 bytes. */
struct text scan_word(struct text t, int pos);
/* The run of characters at pos up to a blank or a quote, folded, into to; the position after it. */
int scan_chunk(struct text t, int pos, struct buf *to);
/* A whole number of at most 10 digits; false and *pos unchanged when there is none. */
bool scan_whole(struct text t, int *pos, int64_t *out);
/* A decimal number, sign allowed. */
bool scan_decimal(struct text t, int *pos, double *out);
int scan_column(struct text t, int pos); /* 1-based, in characters */

#endif
