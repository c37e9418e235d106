/* text.h -- strings with a length, and a bounded buffer to build them in.
 *
 * A struct text does not own its bytes and need not end in NUL. C strings live at the edges only.
 * A struct buf writes into memory the caller gives; what does not fit sets `full` and is dropped at
 * a UTF-8 boundary, and the bytes are always NUL-terminated, so a buffer can be shown as it is. */
#ifndef TUIYAN_BASE_TEXT_H
#define TUIYAN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct text {
    const char *at;
    int len;
};

#define TEXT(literal) ((struct text){"" literal "", (int)sizeof(literal) - 1})
#define TEXT_INIT(literal) {"" literal "", (int)sizeof(literal) - 1} /* for static tables */

struct text text_of(const char *cstr); /* NULL gives the empty text */
bool text_eq(struct text a, struct text b);
bool text_is(struct text a, const char *cstr);
int text_compare(struct text a, struct text b); /* by bytes; <0, 0, >0 */
bool text_starts(struct text a, const char *prefix);
struct text text_trim(struct text a); /* ASCII and full-width blanks off both ends */
/* Cuts the first word (blanks between words, ASCII or U+3000) off *rest; a word that starts with "
 * ends at the closing quote. Returns the empty text at the end. */
struct text text_word(struct text *rest);
bool text_to_i64(struct text a, int64_t *out);  /* decimal, whole text, no overflow */
bool text_to_f64(struct text a, double *out);   /* decimal with optional exponent, whole, finite */
bool text_is_utf8(struct text a);
/* Edit distance in bytes, for "did you mean"; at most cap is returned. */
int text_distance(struct text a, struct text b, int cap);

struct buf {
    char *at;
    int len;
    int cap;
    bool full;
};

#define BUF_ON(array) buf_on((array), (int)sizeof(array))
struct buf buf_on(char *at, int cap); /* cap >= 1; writes the first NUL */
void buf_clear(struct buf *b);
void buf_text(struct buf *b, struct text t);
void buf_str(struct buf *b, const char *cstr);
void buf_char(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_u64_hex(struct buf *b, uint64_t v, int digits);
/* v with a fixed number of decimals (0..9), rounded half away from zero; same bytes in every locale. */
void buf_fixed(struct buf *b, double v, int decimals);
/* The shortest of %.15g .. %.17g that reads back as v; same bytes in every locale. */
void buf_f64(struct buf *b, double v);
/* A copy with NUL into a fixed array; false when it had to be cut. */
bool text_copy(char *to, int cap, struct text from);

#endif
