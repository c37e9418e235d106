#!/bin/sh
# Protects the way of an evaluation from the command line: marks in any order, sheets out and in (whatever a spreadsheet
# program did to the cells), a re-score beside the old one, an overrule, findings to their end; and that each bad sheet is
# refused with its file, sheet and cell, and leaves nothing behind.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
T=$B/tuiyan
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
D=$work/d.drill

pass() { echo "ok $1"; }
fail() { echo "not ok $1"; head -8 "$work/out"; status=1; }
# good NAME ARGUMENTS..: exit 0
good() { name=$1; shift; if "$T" "$@" >"$work/out" 2>&1; then pass "$name"; else fail "$name"; fi; }
# bad NAME CODE WORDS ARGUMENTS..: that exit code and those words
bad() {
    name=$1 code=$2 words=$3
    shift 3
    "$T" "$@" >"$work/out" 2>&1
    if [ $? -eq "$code" ] && grep -qF -- "$words" "$work/out"; then pass "$name"; else fail "$name"; fi
}
# shows NAME WORDS ARGUMENTS..
shows() { bad "$1" 0 "$2" $3 "$4" ${5:-} ${6:-} ${7:-} ${8:-}; }
entries() { sqlite3 "$D" "SELECT count(*) FROM log WHERE kind = 6"; }

"$T" run tests/data/small --bot quick --seed 7 -o "$D" --quiet >"$work/out" 2>&1 || { fail drill; exit 1; }

bad nothing_open_yet 1 "open it first" mark "$D" spread --lang en
bad no_such_set 2 "tabletop" mark "$D" open set=nonsense
good open mark "$D" open set=tests/data/panel/set.lua
bad open_twice 1 "already" mark "$D" open set=tests/data/panel/set.lua --lang en
good first_evaluator mark "$D" evaluator id=e1 name=张某 unit=区应急局 role=组长 lead=yes
good second_evaluator mark "$D" evaluator id=e2 name=李某 unit=高校 weight=1.5
good third_evaluator mark "$D" evaluator id=e3 name=王某 unit=消防 sheets=respond:public,start:*
good self_opens mark "$D" open set=tests/data/panel/set.lua kind=self
good self_names mark "$D" evaluator id=s1 name=区应急局自评 kind=self

# ---- out ----
good export mark "$D" --export "$work/sheets"
good export_csv mark "$D" --export "$work/csv" --csv
for id in e1 e2 e3 s1; do
    if [ -s "$work/sheets/sheet_$id.xlsx" ] && [ -s "$work/csv/sheet_$id.csv" ]; then pass "sheet_of_$id"; else fail "sheet_of_$id"; fi
done
before=$(entries)
bad an_empty_sheet_is_named 2 "工作表" mark "$D" --import "$work/sheets/sheet_e1.xlsx"

# fill ID OUT SCRIPT: a filled CSV; the script sees fields 1 (item), 7 (mark), 8 (comment), 9 (event), 10 (moment)
fill() {
    awk -v FS=, -v OFS=, "$3"'
        BEGIN { v["C.1"] = "良"; v["C.3"] = "2"; v["P.1"] = "优"; v["P.2"] = "不适用"; v["W.1"] = "中"; v["W.2"] = "4" }
        { sub(/\r$/, "") }
        ($1 in v) { $7 = v[$1]; $8 = "依据"; change() }
        { printf "%s\r\n", $0 }' "$work/csv/sheet_$1.csv" >"$2"
}
same='function change() {}'
fill e1 "$work/e1.csv" "$same"
fill e2 "$work/e2.csv" 'function change() { if ($1 == "C.3") $7 = "４．５"; if ($1 == "C.1") { $7 = " 良　"; $9 = "#3"; $10 = "00:05" } }'
iconv -f UTF-8 -t GB18030 "$work/e2.csv" 2>/dev/null | sed '1s/^\x84\x31\x95\x33//' >"$work/e2_gbk.csv"
fill e3 "$work/e3.csv" "$same"

# ---- bad sheets: each named with file, sheet and cell, nothing kept ----
refuse() { # name, words, script
    fill e1 "$work/bad.csv" "$3"
    bad "$1" "${4:-2}" "$2" mark "$D" --import "$work/bad.csv" --lang en
    grep -q "bad.csv" "$work/out" || fail "$1_names_the_file"
    [ "$(entries)" = "$before" ] || fail "$1_keeps_nothing"
}
refuse a_mark_outside_its_scale "C.3" 'function change() { if ($1 == "C.3") $7 = "9" }'
refuse a_word_outside_its_scale "excellent / good" 'function change() { if ($1 == "C.1") $7 = "很好" }'
refuse a_changed_id "C.33" 'function change() { if ($1 == "C.3") $1 = "C.33" }'
refuse an_id_twice "twice" 'function change() { if ($1 == "C.3") $1 = "C.1" }'
refuse no_mark "no mark" 'function change() { if ($1 == "W.2") $7 = "" }'
refuse a_deduction_without_a_reason "comment" 'function change() { if ($1 == "W.1") $8 = "" }' 1
refuse a_formula "formula" 'function change() { if ($1 == "C.3") $7 = "=2+2" }'
refuse an_event_that_was_not "no event" 'function change() { if ($1 == "C.3") $9 = "99999" }'
fill e1 "$work/bad.csv" "$same"
grep -v '^W.2' "$work/bad.csv" >"$work/bad2.csv"
bad a_row_gone 2 "W.2" mark "$D" --import "$work/bad2.csv" --lang en
sed 's/panel_test/other_set/' "$work/bad.csv" >"$work/bad2.csv"
bad another_set 2 "other_set" mark "$D" --import "$work/bad2.csv" --lang en
sed '4s/,[0-9a-f-]*,/,00000000-0000,/' "$work/bad.csv" >"$work/bad2.csv"
bad another_drill 2 "another drill" mark "$D" --import "$work/bad2.csv" --lang en
sed '4s/,e1/,e9/' "$work/bad.csv" >"$work/bad2.csv"
bad nobody_we_know 2 "e9" mark "$D" --import "$work/bad2.csv" --lang en
printf 'a,b\n1,2\n' >"$work/bad2.csv"
bad no_sheet_of_ours 2 "not a sheet" mark "$D" --import "$work/bad2.csv" --lang en
bad two_sheets_by_one_person 2 "two sheets" mark "$D" --import "$work/e1.csv" "$work/bad.csv" --lang en
bad good_and_bad_together 2 "not a sheet" mark "$D" --import "$work/e1.csv" "$work/bad2.csv" --lang en
head -c 300 "$work/sheets/sheet_e1.xlsx" >"$work/torn.xlsx"
bad a_torn_workbook 2 "torn.xlsx" mark "$D" --import "$work/torn.xlsx" --lang en
[ "$(entries)" = "$before" ] && pass nothing_half_imported || fail nothing_half_imported

# ---- in ----
good import_utf8_and_gbk mark "$D" --import "$work/e1.csv" "$work/e2_gbk.csv"
bad handed_in_already 1 "handed in" mark "$D" --import "$work/e1.csv" --lang en
bad independence 1 "independent" mark "$D" spread --lang en
bad not_all_in 1 "王某" mark "$D" reconcile by=e1
good import_third mark "$D" --import "$work/e3.csv"
shows full_width_digits "4.5" mark "$D" sheet e2
if [ "$(sqlite3 "$D" "SELECT event FROM v_mark WHERE evaluator = 'e2' AND item = 'C.1'")" = 3 ]; then pass tied_to_an_event; else fail tied_to_an_event; fi
good reconcile mark "$D" reconcile by=e1
shows spread "分歧" mark "$D" spread
bad a_change_needs_a_reason 1 "reason" mark "$D" mark by=e2 item=C.1 value=优 --lang en
good a_change mark "$D" mark by=e2 item=C.1 value=优 reason=看过记录
bad evidence_first 1 "C.2" mark "$D" sign by=e1
bad an_overrule_needs_a_reason 1 "reason" mark "$D" auto by=e1 item=C.2 do=overrule value=是 --lang en
good an_overrule mark "$D" auto by=e1 item=C.2 do=overrule value=是 reason=会商在线下进行
bad only_the_head_signs 1 "head" mark "$D" sign by=e2 --lang en
bad weights_contradict 1 "CR" mark "$D" weights by=e1 "judges=1 9 1/9; 1/9 1 9; 9 1/9 1"
bad weights_not_reciprocal 2 "reciprocal" mark "$D" weights by=e1 "judges=1 2 3; 2 1 1; 1/3 1 1" --lang en
good weights mark "$D" weights by=e1 "judges=1 2 2; 1/2 1 1; 1/2 1 1 | 1 3 3; 1/3 1 1; 1/3 1 1"
good sign mark "$D" sign by=e1
good agreement mark "$D" agreement
bad signed_is_signed 1 "signed" mark "$D" mark by=e1 item=C.1 value=优 reason=x --lang en

# ---- a sheet as the program wrote it comes back the same ----
for m in C.1=良 C.3=4.5 P.1=优 P.2=不适用 W.1=中 W.2=4; do
    "$T" mark "$D" mark by=s1 item="${m%=*}" value="${m#*=}" comment="依据" at=00:12 event=2 >/dev/null 2>&1
done
own=$("$T" mark "$D" sheet s1 --json)
good export_again mark "$D" --export "$work/again"
good import_xlsx mark "$D" --import "$work/again/sheet_s1.xlsx"
if [ "$("$T" mark "$D" sheet s1 --json)" = "$own" ] && [ "$(sqlite3 "$D" "SELECT count(*) FROM v_mark WHERE evaluator = 's1' AND event = '2'")" = 12 ]; then
    pass round_trip
else
    fail round_trip
fi

# ---- versions ----
first=$("$T" score "$D" --version 2 --json)
good reopen mark "$D" reopen by=e1 reason=复核
good another_change mark "$D" mark by=e1 item=W.1 value=优 reason=复核后改判
good sign_again mark "$D" sign by=e1
shows two_versions_of_the_panel "panel:panel_test" score "$D" --versions
if [ "$("$T" score "$D" --version 2 --json)" = "$first" ] && [ "$("$T" score "$D" --version 3 --json)" != "$first" ]; then
    pass the_old_version_stays
else
    fail the_old_version_stays
fi
good fuzzy score "$D" --panel --fuzzy
bad bad_combine 2 "median" score "$D" --combine best

# ---- findings ----
shows proposals "item:" findings "$D"
good confirm findings "$D" finding from=item:C.3 by=e1
bad confirm_twice 1 "f1" findings "$D" finding from=item:C.3 by=e1
bad dismiss_needs_a_reason 2 "reason" findings "$D" dismiss from=item:W.2 by=e1 --lang en
good dismiss findings "$D" dismiss from=item:W.2 by=e1 reason=不是问题
bad no_action_yet 1 "整改措施" findings "$D" state finding=f1 to=doing
good action findings "$D" action finding=f1 measure=修订预案 unit=区应急局 person=李某 due=2026-12-31
good doing findings "$D" state finding=f1 to=整改中
good verify_it findings "$D" state finding=f1 to=verify evidence=修订稿
good close findings "$D" state finding=f1 to=closed by=区安委办
good list_as_xlsx findings "$D" --export "$work/f.xlsx"
[ -s "$work/f.xlsx" ] && pass xlsx_is_there || fail xlsx_is_there
if [ "$(sqlite3 "$D" "SELECT state FROM v_finding WHERE id = 'f1'")" = closed ]; then pass state_in_the_view; else fail state_in_the_view; fi

# ---- the whole still holds ----
good chain_is_whole verify "$D"
good report report "$D" -o "$work/rep"
for words in 专家评估 合议中的改动 评估一致性 已关闭 会商在线下进行 看过记录; do
    if grep -q "$words" "$work/rep/report.html"; then pass "report_says_$words"; else fail "report_says_$words"; fi
done
exit $status
