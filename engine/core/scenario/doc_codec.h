/* doc_codec.h -- a document as bytes, so that a drill file holds the scenario as it was resolved and can
 * be replayed without Lua. Functions keep their handle. Little-endian, versioned. */
#ifndef TUIYAN_CORE_SCENARIO_DOC_CODEC_H
#define TUIYAN_CORE_SCENARIO_DOC_CODEC_H

#include "core/scenario/doc.h"

/* Size in bytes when to is NULL; otherwise writes at most cap and returns the size, 0 when it does not fit. */
size_t doc_encode(const struct doc *d, uint8_t *to, size_t cap);
/* NULL when the bytes are not a document or memory ran out. */
struct doc *doc_decode(const uint8_t *from, size_t size, struct arena *a);

#endif
