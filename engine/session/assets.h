/* assets.h -- where the program's own files lie: $TUIYAN_ASSETS, ./assets, beside the program in
 * the source tree, or in
 * ../share/tuiyan where it is installed; the first that has the file. */
#ifndef TUIYAN_SESSION_ASSETS_H
#define TUIYAN_SESSION_ASSETS_H

#include <stdbool.h>

enum { ASSET_PATH = 1200 };

/* "indicators/tabletop.lua" or a folder; false when it is nowhere. */
bool asset_find(const char *name, char path[ASSET_PATH]);

#endif
