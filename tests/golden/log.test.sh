#!/bin/sh
# Protects the course of the textbook drill: its log in words, step by step. A change of the engine or the scenario shows here as
# a diff to be read. GOLDEN=write rewrites the files.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0

golden() { # name, file that was made
    if [ "${GOLDEN:-}" = write ]; then
        cp "$2" "tests/golden/$1"
    fi
    if diff -u "tests/golden/$1" "$2" >"$work/diff" 2>&1; then
        echo "ok golden_$1"
    else
        echo "not ok golden_$1"
        head -20 "$work/diff"
        status=1
    fi
}

"$B/tuiyan" run scenarios/forest_fire --bot textbook --seed 1 -o "$work/textbook.drill" --quiet --lang zh >"$work/score" || exit 1
"$B/tuiyan" log "$work/textbook.drill" --lang zh >"$work/forest_fire.zh.log"
"$B/tuiyan" log "$work/textbook.drill" --lang en >"$work/forest_fire.en.log"
grep -vF "$work" "$work/score" >"$work/forest_fire.score"
golden forest_fire.zh.log "$work/forest_fire.zh.log"
golden forest_fire.en.log "$work/forest_fire.en.log"
golden forest_fire.score "$work/forest_fire.score"
exit $status
