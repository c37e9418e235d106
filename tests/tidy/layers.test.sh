#!/bin/sh
# Protects the layer rule: who may include whom, which foreign headers a module may use, which symbols the
# deterministic modules may need, and the calls nobody may make. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
status=0
fail() {
    echo "not ok $1"
    [ -n "${2:-}" ] && printf '%s\n' "$2" | head -20
    status=1
}
check() { # name, offending lines
    if [ -n "$2" ]; then fail "$1" "$2"; else echo "ok $1"; fi
}

# module: what it may include of ours
rules='base:base
core:base core
hazard:base core hazard
response:base core response
eval:base core eval
script:base core script
store:base core store
session:base core hazard response eval script store session
draw:base core draw
report:base core eval draw report
ui:base core eval draw session ui
cli:base core hazard response eval script store session draw report ui cli'
for rule in $(echo "$rules" | tr ' ' ','); do
    module=${rule%%:*}
    [ -d "engine/$module" ] || continue
    allowed=$(echo "${rule#*:}" | tr ',' '|')
    bad=$(grep -rnE '^#include "' "engine/$module" --include='*.c' --include='*.h' | grep -vE "#include \"($allowed)/" || true)
    check "includes_$module" "$bad"
done
check only_script_knows_lua "$(grep -rnE '#include <(lua|lauxlib|lualib)' engine | grep -v '^engine/script/' || true)"
check only_store_knows_sqlite "$(grep -rn '#include <sqlite3' engine | grep -v '^engine/store/' || true)"
check only_ui_knows_sdl "$(grep -rn '#include <SDL' engine | grep -v '^engine/ui/' || true)"
check only_draw_and_above_know_cairo "$(grep -rnE '#include <(cairo|pango)' engine | grep -vE '^engine/(draw|ui|report)/' || true)"
check banned_calls "$(grep -rnwE 'strcpy|strcat|sprintf|vsprintf|gets|alloca|atoi|atof|strtok' engine --include='*.c' | grep -vE '^\S+:[0-9]+:\s*(/?\*|//)' || true)"
check only_cli_exits "$(grep -rnE '\b(exit|_exit|quick_exit)\(' engine --include='*.c' | grep -vE '^engine/cli/' || true)"
check random_and_clock "$(grep -rnwE 'rand|random|srand|drand48|time|gettimeofday|clock_gettime' engine/base engine/core engine/hazard engine/response engine/eval --include='*.c' | grep -E '\b(rand|random|srand|drand48|time|gettimeofday|clock_gettime) ?\(' || true)"

# The allow-list of symbols: memory and string functions of libc, nothing that reads a clock, a file, the
# environment, a thread or libm.
allow='memcpy|memmove|memset|memcmp|memchr|strlen|strcmp|strncmp|qsort|bsearch|abort|__assert_fail|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__memcpy_chk|__memset_chk|__(asan|ubsan|gcov|sanitizer|llvm).*'
ours=$(nm --defined-only -g "$B"/libbase.a "$B"/libcore.a "$B"/libhazard.a "$B"/libresponse.a "$B"/libeval.a 2>/dev/null | awk 'NF==3{print $3}' | sort -u)
[ -n "$ours" ] || fail symbols_were_read
for module in core hazard response eval; do
    [ -f "$B/lib$module.a" ] || { fail "symbols_$module" "no $B/lib$module.a"; continue; }
    bad=$(nm -u "$B/lib$module.a" 2>/dev/null | awk '$1=="U"{print $2}' | sort -u | grep -vxE "$allow" | grep -vxF "$ours" || true)
    check "symbols_$module" "$bad"
done
exit $status
