#!/bin/sh
# Protects the READMEs: every command in a ```sh block is run, in order, in a copy of the tree's data, and must end with 0.
# `make` targets are only looked up, since this is one of them.
set -u
cd "$(dirname "$0")/../.." || exit 3
top=$PWD
B=${B:-build/release}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
cp -r scenarios assets "$work/"
mkdir -p "$work/tests" "$work/bin"
cp -r tests/data "$work/tests/"
ln -s "$top/$B/tuiyan" "$work/bin/tuiyan"
PATH=$work/bin:$PATH
export PATH
for readme in $(git ls-files '*README.md' 2>/dev/null || find . -name README.md -not -path './build/*'); do
    name=$(echo "$readme" | tr '/.' '__')
    awk '/^```sh$/ {on = 1; next} /^```/ {on = 0} on' "$readme" >"$work/commands"
    bad=
    while IFS= read -r line; do
        line=${line%%  #*}
        case $line in
        '' | '#'*) continue ;;
        make\ *)
            target=${line#make }
            target=${target%% *}
            grep -q "^$target:" Makefile || bad="$bad; no target: $line"
            ;;
        *)
            (cd "$work" && sh -c "$line") >"$work/out" 2>&1 </dev/null || bad="$bad; failed: $line: $(tail -1 "$work/out")"
            ;;
        esac
    done <"$work/commands"
    if [ -n "$bad" ]; then
        echo "not ok commands_of_$name"
        echo "$bad"
        status=1
    else
        echo "ok commands_of_$name"
    fi
    # Links to files must lead somewhere.
    for link in $(grep -o '](\([^)#]*\))' "$readme" | sed 's/](\(.*\))/\1/' | grep -v '^http'); do
        [ -e "$(dirname "$readme")/$link" ] || { echo "not ok link_of_$name"; echo "$link"; status=1; }
    done
done
exit $status
