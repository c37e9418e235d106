#!/bin/sh
# Protects a full evaluation: five experts mark the textbook drill of the forest fire on the shipped set, one of them on two
# sheets only, one stern; they reconcile, decide on the evidence, sign. State, spread, agreement, score and findings are
# compared word for word in both languages. GOLDEN=write rewrites the files.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
T=$B/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
D=$work/d.drill

run() { "$T" "$@" >"$work/out" 2>&1 || { echo "not ok panel_$1_$3"; head -5 "$work/out"; exit 1; }; }

run run scenarios/forest_fire --bot textbook --seed 1 -o "$D" --quiet
run mark "$D" open set=forest_fire
cat >"$work/people" <<'P'
evaluator id=zhang name=张明 unit=区应急管理专家库 role=组长 expertise=应急管理 lead=yes
evaluator id=li name=李华 unit=市林业科学研究院 role=专家 expertise=森林防火
evaluator id=wang name=王强 unit=区消防救援支队 role=专家 expertise=救援安全 weight=1.2
evaluator id=zhao name=赵敏 unit=区委党校 role=专家 expertise=组织指挥
evaluator id=chen name=陈静 unit=万古镇 role=专家 expertise=群众工作 sheets=*:public,*:safety,*:overall
P
run mark "$D" --entries "$work/people"

# A mark for every item on the sheet: which one follows from evaluator and item by a fixed rule.
for id in zhang li wang zhao chen; do
    "$T" mark "$D" sheet "$id" --lang zh --json | awk -v id="$id" '
        function hash(s,  i, h) { h = 7; for (i = 1; i <= length(s); i++) h = (h * 31 + index(abc, substr(s, i, 1))) % 9973; return h }
        BEGIN { abc = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"; stern = id == "zhao" }
        /"item":/ { split($0, a, "\""); item = a[4] }
        /"allowed":/ {
            split($0, a, "\""); allowed = a[4]; h = hash(item) % 7; own = hash(id item) % 5
            n = split(allowed, level, " / ")
            if (n > 1) { k = 1 + (h > 4) + (own > 3) + stern; if (k > n) k = n; value = level[k] }
            else if (allowed ~ /^0 - /) { split(allowed, p, /[ ，]/); value = p[3] - (h > 4) - (own > 3) * 0.5 - stern * 0.5 }
            else value = 3 + own
            if (own == 0 && h == 3) value = "未观察"
            printf "mark by=%s item=%s value=%s comment=\"%s对%s的看法\"\n", id, item, value, id, item
        }'
    echo "submit by=$id"
done >"$work/marks"
run mark "$D" --entries "$work/marks"
"$T" mark "$D" --lang en | awk '/to decide/ { print "auto by=zhang item=" $3 " do=confirm" }' >"$work/decide"
sed '1s/do=confirm/do=overrule value=na reason="本次未组织该环节"/' "$work/decide" >"$work/decided"
{
    echo "reconcile by=zhang"
    cat "$work/decided"
} >"$work/end"
run mark "$D" --entries "$work/end"
item=$("$T" mark "$D" spread --lang en | awk 'NR == 2 { print $1 }')
run mark "$D" mark by=zhao item="${item:-none}" value=优 reason=看过记录后改判
run mark "$D" sign by=zhang
run findings "$D" finding from="$("$T" findings "$D" --json | sed -n 's/.*"key": "\([^"]*\)".*/\1/p' | head -1)" by=zhang

for lang in zh en; do
    for what in "mark $D spread" "mark $D agreement" "score $D --panel --fuzzy" "findings $D"; do
        echo "== ${what%% *} ${what##* }" | sed "s#$work/##"
        "$T" $what --lang $lang 2>&1
    done >"$work/panel.$lang"
    [ "${GOLDEN:-}" = write ] && cp "$work/panel.$lang" "tests/golden/panel.$lang"
    if diff -u "tests/golden/panel.$lang" "$work/panel.$lang" >"$work/diff"; then
        echo "ok panel_$lang"
    else
        echo "not ok panel_$lang"
        head -30 "$work/diff"
        status=1
    fi
done
if [ "$("$T" score "$D" --versions --json | grep -c '"basis": "panel:forest_fire"')" = 1 ]; then echo "ok panel_version"; else echo "not ok panel_version"; status=1; fi
[ -n "${KEEP:-}" ] && cp "$D" "$KEEP"
exit $status
