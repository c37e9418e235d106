#!/bin/sh
# Protects "decisions matter": over seeds the textbook commander ends better than the late one in score and in losses, the
# late one better in the mean than the chaotic one and than doing nothing. SEEDS=20 (make soak) plays more seeds; then
# textbook must be best in at least 18 of them.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
seeds=${SEEDS:-3}
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT

# total and loss: what the measures themselves call losses, added up, the dead ten times
for scenario in scenarios/*/; do
    name=$(basename "$scenario")
    [ -d "$scenario/bots" ] || continue
    : >"$work/rows"
    for seed in $(seq 1 "$seeds"); do
        for bot in textbook late chaotic do_nothing; do
            "$B/tuiyan" run "$scenario" --bot $bot --seed "$seed" --json >"$work/json" 2>"$work/err" || {
                echo "not ok bots_$name"
                cat "$work/err"
                exit 1
            }
            awk -v bot=$bot -v seed="$seed" '
                /"losses"/ {on = 1; next} /}/ {on = 0}
                {gsub(/[",:]/, "")}
                $1 == "total" && !seen {total = $2; seen = 1}
                on && NF >= 2 {loss += $NF * ($(NF - 1) ~ /_dead$/ ? 10 : 1)}
                END {print seed, bot, total, loss + 0}' "$work/json" >>"$work/rows"
        done
    done
    awk -v seeds="$seeds" -v name="$name" '
        {score[$1, $2] = $3; loss[$1, $2] = $4; sum[$2] += $3; lost[$2] += $4}
        END {
            for (s = 1; s <= seeds; s++) {
                best = 1
                for (b in sum) if (b != "textbook" && score[s, b] >= score[s, "textbook"]) best = 0
                for (b in sum) if (b != "textbook" && loss[s, b] <= loss[s, "textbook"]) best = 0
                good += best
            }
            need = seeds >= 20 ? seeds - 2 : seeds
            say(good >= need, "textbook_is_best_in_" good "_of_" seeds)
            say(sum["late"] > sum["chaotic"], "late_scores_above_chaotic")
            say(sum["late"] > sum["do_nothing"], "late_scores_above_do_nothing")
            say(lost["late"] < lost["do_nothing"], "late_loses_less_than_do_nothing")
            say(lost["textbook"] < lost["late"], "textbook_loses_less_than_late")
            for (b in sum) printf "# %s %s: mean score %.1f, mean loss %.1f\n", name, b, sum[b] / seeds, lost[b] / seeds
            exit bad
        }
        function say(ok, what) {print (ok ? "ok " : "not ok ") name "_" what; if (!ok) bad = 1}
    ' "$work/rows" || status=1
done
exit "${status:-0}"
