#!/bin/sh
# Protects the course of the forest fire as the scenario states it: six hours of the textbook commander do not put it out (the real one
# took 53.5 h), and the wind warning comes after the wind has risen. What burns is held by burnt.test.sh.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
"$T" run scenarios/forest_fire --bot textbook --seed 1 -o "$work/d.drill" --json >"$work/json" 2>&1
front=$(sed -n '/"measures": {/,/}/s/.*"front_m": \([0-9.]*\).*/\1/p' "$work/json")
if awk -v front="${front:-0}" 'BEGIN { exit !(front > 500) }'; then echo "ok six_hours_do_not_put_it_out"; else
    echo "not ok six_hours_do_not_put_it_out"
    echo "front ${front:-unknown} m"
    status=1
fi
at() { "$T" log "$work/d.drill" --json --kind "$1" | sed -n "/$2/s/.*\"t_ms\": *\([0-9]*\).*/\1/p" | head -1; }
warned=$(at inject_fired 大风蓝色预警)
rose=$(at weather_changed '风速 6\.5')
if [ "${warned:-0}" -gt "${rose:-99999999}" ]; then echo "ok the_warning_comes_late"; else
    echo "not ok the_warning_comes_late"
    echo "wind rose at ${rose:-never}, warned at ${warned:-never} ms"
    status=1
fi
exit $status
