#!/bin/sh
# What `make run` shows: one real drill, in the window where there is a display, else in the terminal; drill file and report in build/drill.
set -eu
program=$1
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-zh}}}" in en*) lang=en ;; *) lang=zh ;; esac
out=build/drill
file=$out/forest_fire.drill
mkdir -p "$out"
rm -f "$file" "$file-wal" "$file-shm"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    code=0
    "$program" ui scenarios/forest_fire -o "$file" --lang "$lang" || code=$?
    if [ "$code" -eq 0 ] && [ -f "$file" ]; then
        exec "$program" report "$file" -o "$out" --lang "$lang"
    fi
    rm -f "$file" "$file-wal" "$file-shm"
fi
exec "$program" run scenarios/forest_fire --bot textbook --seed 1 -o "$file" --report "$out" --lang "$lang"
