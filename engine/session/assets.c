/* Where the program's own files lie; see assets.h. */
#include "session/assets.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static bool try_folder(const char *folder, const char *between, const char *name,
                       char path[ASSET_PATH])
{
    struct buf b = buf_on(path, ASSET_PATH);
    buf_str(&b, folder);
    buf_str(&b, between);
    buf_str(&b, name);
    return !b.full && access(path, R_OK) == 0;
}

bool asset_find(const char *name, char path[ASSET_PATH])
{
    char program[1024] = "";
    ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);
    program[n > 0 ? n : 0] = 0;
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = 0;
    const char *env = getenv("TUIYAN_ASSETS");
    return (env && try_folder(env, "/", name, path)) || try_folder("assets", "/", name, path) ||
           try_folder(program, "/../../assets/", name, path) ||
           try_folder(program, "/../share/tuiyan/", name, path);
}
