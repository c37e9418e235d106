#!/bin/sh
# What `make run` shows: one real drill, with its drill file and report in build/drill.
set -eu
program=$1
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-zh}}}" in en*) lang=en ;; *) lang=zh ;; esac
out=build/drill
mkdir -p "$out"
rm -f "$out"/forest_fire.drill "$out"/forest_fire.drill-wal "$out"/forest_fire.drill-shm
exec "$program" run scenarios/forest_fire --bot textbook --seed 1 -o "$out/forest_fire.drill" --report "$out" --lang "$lang"
