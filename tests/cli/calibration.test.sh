#!/bin/sh
# Protects the pace of the whole operation against what was seen in August 2022: Wangu's 6 km of 20 m break was joined within
# 72 h (at least 83 m/h), Banan's grew by about 94 m/h, Jinyun's by about 140; and the build-up of people. With the crews'
# figures of the forest-fire scenario. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
"$T" run tests/data/wangu_break --orders tests/data/wangu_break/two_shifts.orders -o "$work/d.drill" --quiet --lang en >"$work/out" 2>&1
t_ms=$("$T" log "$work/d.drill" --json --kind line_done 2>/dev/null | sed -n 's/.*"t_ms": *\([0-9]*\).*/\1/p' | head -1)
rate=$([ -n "$t_ms" ] && echo $((6000 * 3600000 / t_ms)) || echo 0)
if [ "$rate" -ge 83 ] && [ "$rate" -le 140 ]; then echo "ok wangu_break"; else
    printf 'not ok wangu_break\n%s m/h\n%s\n' "$rate" "$(tail -3 "$work/out")"
    status=1
fi
# the crews have the figures of the scenario
for crew in diggers semi_wangu; do
    figures=$(sed -n "s/.*id = \"$crew\".*\(line_mh = [0-9]*, line_width_m = [0-9]*\).*/\1/p" scenarios/forest_fire/scenario.lua | head -1)
    if [ -n "$figures" ] && grep -q "$figures" tests/data/wangu_break/scenario.lua; then echo "ok figures_of_$crew"; else
        printf 'not ok figures_of_%s\n%s\n' "$crew" "$figures"
        status=1
    fi
done
# The build-up: Banan's 1,500 people of the first 5 h came at about a fifth an hour (0 at 17:00, 1,500 by 22:00 on 21 August 2022). This
# drill has only local forces, so shares are compared: at each full hour the people at work, as a share of the most that were, are
# between half and twice a fifth an hour; nobody is there by magic, and all are there by the fifth.
"$T" run scenarios/forest_fire --bot textbook --seed 1 -o "$work/b.drill" --quiet >"$work/out" 2>&1
sqlite3 "$work/b.drill" "SELECT h, v, most, v / most / (h * 0.2) FROM (SELECT t_ms / 3600000 AS h, value AS v, (SELECT max(value) FROM
 measure WHERE name = 'responders_working') AS most FROM measure WHERE name = 'responders_working' AND t_ms IN (3600000, 7200000, 10800000,
 14400000, 18000000))" >"$work/curve"
if awk -F'|' '{ n++; if ($4 < 0.5 || $4 > 2) bad = 1; last = $2 / $3 } END { exit !(n == 5 && !bad && last > 0.8) }' "$work/curve"; then
    echo "ok build_up"
else
    echo "not ok build_up"
    cat "$work/curve"
    status=1
fi
# In the same drill the first crew comes 15 min (Suining's circle) to 6 h (Muli, on foot) after the start, and at no full hour have
# more people come than Banan's 300 an hour. A crew counts once, from its first arrival; people as in the scenario.
grep -E 'kind = "(fire_pro|fire_semi|fire_rescue|engineer|militia|helicopter)"' scenarios/forest_fire/scenario.lua |
    sed -n 's/.*title = T("[^"]*", "\([^"]*\)").* people = \([0-9]*\).*/\2 \1/p' >"$work/crews"
"$T" log "$work/b.drill" --json --lang en --kind team_arrived 2>&1 |
    sed -n 's/.*"t_ms": *\([0-9]*\).*"text": *"\(.*\) arrived at .*/\1 \2/p' >"$work/arrived"
awk '
    NR == FNR {n = $1; sub(/^[0-9]+ /, ""); people[$0] = n; next}
    {t = $1 / 3600000; sub(/^[0-9]+ /, "")}
    !($0 in people) || ($0 in seen) {next}
    {seen[$0] = 1; if (first == "") first = t; for (h = 1; h <= 6; h++) if (t <= h) there[h] += people[$0]}
    END {
        say(first != "" && first >= 0.25 && first <= 6, "first_crew", first " h")
        for (h = 1; h <= 6; h++) {over += there[h] > 300 * h; all = all " " there[h] + 0}
        say(first != "" && !over, "build_up_not_above_banan", all)
        exit bad
    }
    function say(ok, what, got) {print (ok ? "ok " : "not ok ") what; if (!ok) {print got; bad = 1}}' \
    "$work/crews" "$work/arrived" || status=1
exit $status
