#!/bin/sh
# Protects the lesson of Muli 2019 and Xichang 2020, made small: the order that was given hurts the crew, with the whole chain
# of causes; the order that should have been given hurts nobody; in several seeds. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
check() { # name, condition already evaluated: yes or what was found
    if [ "$2" = yes ]; then echo "ok $1"; else
        printf 'not ok %s\n%s\n' "$1" "$2"
        status=1
    fi
}
for case in muli xichang; do
    for seed in 1 2 3; do
        for orders in bad good; do
            file=$work/$case.$seed.$orders.drill
            "$T" run tests/data/$case --orders tests/data/$case/$orders.orders --seed $seed -o "$file" --quiet --lang en >"$work/out" 2>&1
            "$T" log "$file" --lang en >"$work/log" 2>&1
            hurt=$(grep -c 'hurt, [0-9]* dead' "$work/log")
            caught=$(grep -c 'caught by the hazard' "$work/log")
            if [ $orders = bad ]; then
                [ "$hurt" -ge 1 ] && [ "$caught" -ge 1 ] && check "${case}_bad_$seed" yes || check "${case}_bad_$seed" "$(tail -20 "$work/log")"
            else
                [ "$hurt" -eq 0 ] && [ "$caught" -eq 0 ] && grep -q 'the drill finished' "$work/log" && check "${case}_good_$seed" yes ||
                    check "${case}_good_$seed" "$(tail -20 "$work/log")"
            fi
        done
    done
    # what the crews' rule forbids was said before it happened, and the harm leads back to the fire and the weather
    file=$work/$case.1.bad.drill
    "$T" log "$file" --lang en >"$work/log" 2>&1
    rule=$(grep -n "crews' rule says not to" "$work/log" | head -1 | cut -d: -f1)
    harm=$(grep -n 'hurt, [0-9]* dead' "$work/log" | head -1 | cut -d: -f1)
    [ -n "$rule" ] && [ -n "$harm" ] && [ "$rule" -lt "$harm" ] && check "${case}_rule_was_broken" yes || check "${case}_rule_was_broken" "rule at line '$rule', harm at '$harm'"
    event=$(grep 'hurt, [0-9]* dead' "$work/log" | head -1 | awk '{print $1}')
    "$T" why "$file" "$event" --lang en >"$work/why" 2>&1
    grep -q 'caught by the hazard' "$work/why" && grep -q 'ignition at' "$work/why" && check "${case}_why" yes || check "${case}_why" "$(cat "$work/why")"
done
exit $status
