/* book_package.h -- the parts of an .xlsx: found by their relationships, unpacked within limits,
 * and walked as XML without any of XML's dangers: a DOCTYPE, and with it every entity, is refused.
 * For book_xlsx_read.c only. */
#ifndef TUIYAN_REPORT_BOOK_BOOK_PACKAGE_H
#define TUIYAN_REPORT_BOOK_BOOK_PACKAGE_H

#include <zip.h>

#include "report/book/book_parts.h"

enum { PART_NAME_BYTES = 256 };

struct package {
    struct book_file *f;
    zip_t *zip;
    int64_t unpacked;                /* bytes of all parts walked so far */
    struct XML_ParserStruct *parser; /* of the part being walked */
    const char *part;                /* its name */
    enum rc rc;                      /* the first failure of a walk */
};

/* What a reader wants of a part. Names are without their namespace; elements of foreign namespaces
 * have the empty name. attr is pairs of name and value, NULL at the end. */
struct walk_ops {
    void (*open)(void *with, const char *name, const char **attr);
    void (*close)(void *with, const char *name);
    void (*text)(void *with, const char *at, int len);
};

MUST_USE enum rc package_open(struct package *p, struct book_file *f);
void package_close(struct package *p);
bool package_has(struct package *p, const char *part);
/* Walks a part; RC_CORRUPT when it is missing or is no XML. with is what the handlers get; they
 * stop the walk with package_stop. */
MUST_USE enum rc package_walk(struct package *p, const char *part, const struct walk_ops *ops,
                              void *with);
void package_stop(struct package *p, enum rc rc); /* *f->e is filled */
/* What is at hand makes no sense: names the part and the line. */
enum rc package_fail_here(struct package *p);

const char *attr_get(const char **attr, const char *name); /* NULL when it is not there */
bool attr_int(const char **attr, const char *name, int64_t *out);

/* The part that from's relationship with this id leads to; or, id NULL, the first whose type ends
 * in type. */
MUST_USE enum rc package_follow(struct package *p, const char *from, const char *id,
                                const char *type, char to[PART_NAME_BYTES], bool *found);

#endif
