#!/bin/sh
# Protects "every outcome has a why": the chains behind three accidents, as sentences: villagers trapped because nobody ordered them out,
# villagers trapped because the order came too late, and Xichang's outside crew sent by night without guide or channel.
# GOLDEN=write rewrites the files.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
T=$B/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0

# accident NAME EVENT-KIND SCENARIO ARGUMENTS..: the chain behind the first such event, in both languages
accident() {
    name=$1 kind=$2 scenario=$3
    shift 3
    "$T" run "$scenario" "$@" --seed 1 -o "$work/$name.drill" --quiet >/dev/null 2>&1
    event=$("$T" log "$work/$name.drill" --kind "$kind" --lang en | awk '{print $1; exit}')
    for lang in zh en; do
        "$T" why "$work/$name.drill" "${event:-0}" --lang $lang >"$work/$name.$lang" 2>&1
        [ "${GOLDEN:-}" = write ] && cp "$work/$name.$lang" "tests/golden/why_$name.$lang"
        if [ -n "$event" ] && diff -u "tests/golden/why_$name.$lang" "$work/$name.$lang" >"$work/diff"; then
            echo "ok why_$name.$lang"
        else
            echo "not ok why_$name.$lang"
            head -20 "$work/diff" "$work/$name.$lang"
            status=1
        fi
    done
}
accident trapped people_trapped scenarios/forest_fire --bot do_nothing
accident too_late people_trapped scenarios/forest_fire --bot late
accident xichang team_hurt tests/data/xichang --orders tests/data/xichang/bad.orders
exit $status
