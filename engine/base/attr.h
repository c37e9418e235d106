/* attr.h -- the few compiler attributes the code uses, and ASSERT, which stays on in release. */
#ifndef TUIYAN_BASE_ATTR_H
#define TUIYAN_BASE_ATTR_H

#define MUST_USE __attribute__((warn_unused_result))
#define NO_RETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* Prints one line to stderr and aborts: our own mistake, never the world's. */
NO_RETURN void assert_failed(const char *file, int line, const char *what);

#define ASSERT(cond) ((cond) ? (void)0 : assert_failed(__FILE__, __LINE__, #cond))

#endif
