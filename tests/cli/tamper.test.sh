#!/bin/sh
# Protects the chain from outside: what a suspicious owner does to a drill file by sqlite3 is named by verify, and no score is
# printed over it; a drill under way says that nobody can tell its end. (Every table: tests/unit/store/chain.c.)
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
T=$PWD/$B/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0

result() {
    if [ -z "$2" ]; then
        echo "ok $1"
    else
        echo "not ok $1"
        printf '%s\n' "$2" | head -20
        status=1
    fi
}

"$T" run tests/data/small --bot quick --seed 3 -o "$work/base.drill" --quiet >/dev/null || exit 1
"$T" verify "$work/base.drill" --lang en >"$work/out" 2>&1
result untouched_is_the_same "$([ $? -eq 0 ] && ! grep -q 'has not come' "$work/out" || cat "$work/out")"
sqlite3 "$work/base.drill" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'" >"$work/drop"
[ "$(wc -l <"$work/drop")" -gt 20 ] || result triggers_are_there "only $(wc -l <"$work/drop")"

# name | SQL | what verify names | whether a score may still be printed (it is not made from that)
while IFS='|' read -r name sql says score; do
    cp "$work/base.drill" "$work/x.drill"
    { cat "$work/drop"; echo "$sql;"; } | sqlite3 "$work/x.drill" || exit 1
    bad=
    "$T" verify "$work/x.drill" --lang en >"$work/out" 2>&1
    code=$?
    [ $code -eq 2 ] || bad="$bad; verify ended with $code"
    grep -q "$says" "$work/out" || bad="$bad; '$says' is not in: $(cat "$work/out")"
    "$T" score "$work/x.drill" --lang en >"$work/out" 2>&1
    code=$?
    [ "$score" = yes ] && want=0 || want=2
    [ $code -eq $want ] || bad="$bad; score ended with $code: $(tail -1 "$work/out")"
    result "tamper_$name" "$bad"
done <<'END'
baseline|UPDATE baseline SET value = value * 10|table baseline, row .*, value|no
source|UPDATE source SET bytes = CAST(replace(CAST(bytes AS TEXT), 'small', 'smell') AS BLOB) WHERE name = 'scenario.lua'|table source, row 'scenario.lua', bytes|no
document|UPDATE source SET bytes = x'00' WHERE name = 'scenario.doc'|table source, row 'scenario.doc', bytes|no
title|UPDATE meta SET value = 'x' WHERE name = 'title_zh'|table meta, row 'title_zh', value|no
seed|UPDATE meta SET value = 9 WHERE name = 'seed'|table meta, row 'seed', value|no
model|UPDATE meta SET value = 99 WHERE name = 'model'|table meta, row 'model', value|no
total|UPDATE score SET total = 99.9|table score, row '1', total|no
items|UPDATE score_item SET score = 100, lost = 0|table score_item|no
evidence|DELETE FROM score_evidence|table score_evidence lacks|no
end_of_log|DELETE FROM log WHERE id > (SELECT max(id) - 20 FROM log)|end of table log|no
middle_of_log|DELETE FROM log WHERE id = 100|broken at row 101|no
attachment|INSERT INTO attachment VALUES(1, 'a', 'image/png', x'', '', NULL, NULL, NULL, '', 1)|table attachment has a row '1'|no
sentences|UPDATE word SET zh = 'x', en = 'all went well'|table word|yes
curves|UPDATE measure SET value = 0|table measure|yes
END

# Under way: stopped by a full disk, a kill, the end of the day.
cp "$work/base.drill" "$work/x.drill"
{ cat "$work/drop"; echo "UPDATE log SET wall_ms = wall_ms + 1 WHERE id = (SELECT id FROM log WHERE kind = 3 LIMIT 1 OFFSET 30);"; } | sqlite3 "$work/x.drill"
"$T" rebuild "$work/x.drill" -o "$work/cut.drill" --lang en >"$work/out" 2>&1
result the_rest_is_rebuilt "$([ $? -eq 0 ] || cat "$work/out")"
"$T" verify "$work/cut.drill" --lang en >"$work/out" 2>&1
result an_open_end_is_said "$([ $? -eq 0 ] && grep -q 'cannot be told' "$work/out" || cat "$work/out")"
exit $status
