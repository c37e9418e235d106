#!/bin/sh
# Protects what a stranger reads: no unfinished marks, no path of one machine, every document's links point somewhere.
set -u
cd "$(dirname "$0")/../.." || exit 3
status=0
check() {
    if [ -n "$2" ]; then echo "not ok $1"; printf '%s\n' "$2" | head -20; status=1; else echo "ok $1"; fi
}
check no_unfinished_marks "$(grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' engine scenarios tests --include='*.c' --include='*.h' --include='*.lua' || true)"
check top_level "$(ls -A | grep -vxE 'engine|scenarios|assets|tests|build|Makefile|README.md|LICENSE|\..*|build-deps.log' || true)"
check readme_has_the_two_commands "$(for w in 'make run' 'make test'; do grep -q "$w" README.md || echo "README.md lacks $w"; done)"
bad=$(for f in $(find README.md engine scenarios tests assets -name '*.md' 2>/dev/null); do
    grep -oE '\]\([^)#: ]+\)' "$f" | sed -E 's/^\]\(//; s/\)$//' | while read -r link; do
        [ -e "$(dirname "$f")/$link" ] || echo "$f: $link"
    done
done)
check links_point_somewhere "$bad"
exit $status
