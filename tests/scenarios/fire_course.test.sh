#!/bin/sh
# Protects the course of the forest fire as the scenario states it: doing nothing burns 150 to 350 ha in six hours (assumed; between
# Yongchuan 2011, 20 ha in 8.5 h, and Xichang 2020, over 1,000 ha), the textbook commander at least a tenth less but does not put it
# out (the real one took 53.5 h), and the wind warning comes after the wind has risen.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
is() { # name, condition of awk over the numbers nothing, textbook, front
    if awk -v nothing="$nothing" -v textbook="$textbook" -v front="$front" "BEGIN { exit !($2) }"; then echo "ok $1"; else
        echo "not ok $1"
        echo "nothing $nothing ha, textbook $textbook ha, front $front m"
        status=1
    fi
}
"$T" run scenarios/forest_fire --bot textbook --seed 1 -o "$work/d.drill" --json >"$work/json" 2>&1
value() { sed -n "/\"$1\": {/,/}/p" "$work/json" | sed -n "s/.*\"$2\": \([0-9.]*\).*/\1/p"; }
textbook=$(value measures burnt_ha) front=$(value measures front_m) nothing=$(value baseline burnt_ha)
is nothing_burns_as_stated "nothing >= 150 && nothing <= 350"
is textbook_saves_a_tenth "textbook <= 0.9 * nothing && textbook >= 0.4 * nothing"
is six_hours_do_not_put_it_out "front > 500"
at() { "$T" log "$work/d.drill" --json --kind inject_fired | sed -n "/$1/s/.*\"t_ms\": *\([0-9]*\).*/\1/p" | head -1; }
warned=$(at 大风蓝色预警)
rose=$("$T" log "$work/d.drill" --json --kind weather_changed | sed -n 's/.*"t_ms": *\([0-9]*\).*风速 6\.5.*/\1/p' | head -1)
if [ "${warned:-0}" -gt "${rose:-99999999}" ]; then echo "ok the_warning_comes_late"; else
    echo "not ok the_warning_comes_late"
    echo "wind rose at ${rose:-never}, warned at ${warned:-never} ms"
    status=1
fi
exit $status
