/* Where sources come from: a folder, or memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/loader.h"

enum rc folder_reader_init(struct folder_reader *r, const char *folder, struct err *e)
{
    r->bytes = NULL;
    if (!text_copy(r->folder, (int)sizeof r->folder, text_of(folder)))
        return ERR0(e, RC_INPUT, MSG_SCRIPT_FOLDER_LONG);
    return RC_OK;
}

void folder_reader_free(struct folder_reader *r)
{
    free(r->bytes);
    r->bytes = NULL;
}

/* Reads at most SCRIPT_FILE_MAX + 1 bytes, so that the caller sees a file that is too large. */
static enum rc read_all(int fd, char *to, int *len)
{
    *len = 0;
    while (*len <= SCRIPT_FILE_MAX) {
        ssize_t n = read(fd, to + *len, (size_t)(SCRIPT_FILE_MAX + 1 - *len));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return RC_IO;
        if (n == 0)
            break;
        *len += (int)n;
    }
    return RC_OK;
}

static enum rc folder_read(void *ctx, const char *name, struct text *out, struct err *e)
{
    struct folder_reader *r = ctx;
    char path[sizeof r->folder + 208];
    struct buf b = BUF_ON(path);
    struct stat st;
    enum rc rc = RC_IO;
    int len = 0;
    int fd;

    buf_str(&b, r->folder);
    buf_char(&b, '/');
    buf_str(&b, name);
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return ERR(e, RC_INPUT, MSG_SCRIPT_FILE_MISSING, arg_s(path));
    if (r->bytes == NULL)
        r->bytes = malloc(SCRIPT_FILE_MAX + 1);
    /* a pipe or a device would make us wait, or never end */
    if (r->bytes != NULL && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        rc = read_all(fd, r->bytes, &len);
    (void)close(fd);
    if (rc != RC_OK)
        return ERR(e, rc, MSG_SCRIPT_FILE_UNREADABLE, arg_s(path));
    *out = (struct text){r->bytes, len};
    return RC_OK;
}

struct source_reader folder_reader_source(struct folder_reader *r)
{
    return (struct source_reader){r, folder_read};
}

static enum rc list_read(void *ctx, const char *name, struct text *out, struct err *e)
{
    const struct source_list *list = ctx;

    for (int i = 0; i < list->count; i++)
        if (strcmp(list->file[i].name, name) == 0) {
            *out = list->file[i].text;
            return RC_OK;
        }
    return ERR(e, RC_INPUT, MSG_SCRIPT_FILE_MISSING, arg_s(name));
}

struct source_reader source_list_reader(struct source_list *list)
{
    return (struct source_reader){list, list_read};
}
