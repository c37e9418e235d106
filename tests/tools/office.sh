#!/bin/sh
# make soak-office: a book of ours goes through LibreOffice and comes back. Prints ok / not ok lines; skips when it is not installed.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
tool=$PWD/$B/tests/tools/book_office
office=$(command -v soffice || command -v libreoffice)
if [ -z "$office" ]; then
    echo "skipped: LibreOffice is not installed (apt-get install libreoffice-calc-nogui)"
    exit 0
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
status=0
convert() { # format, input, output folder, options
    # shellcheck disable=SC2086
    timeout 120 "$office" ${4:-} "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$3" "$2" >"$work/log" 2>&1 ||
        cat "$work/log"
}
is() { # name, command
    name=$1
    shift
    if "$@" >"$work/said" 2>&1; then echo "ok $name"; else echo "not ok $name"; cat "$work/said"; status=1; fi
}
csv='csv:Text - txt - csv (StarCalc)'
"$tool" write "$work/book.xlsx" || exit 3
"$tool" csv "$work/ours.csv" || exit 3
is own_xlsx "$tool" same "$work/book.xlsx"
convert xlsx "$work/book.xlsx" "$work/again"
is office_saves_xlsx "$tool" same "$work/again/book.xlsx"
convert "xlsx:Calc Office Open XML" "$work/again/book.xlsx" "$work/third"
is office_saves_it_twice "$tool" same "$work/third/book.xlsx"
# parting, quote, encoding (76 UTF-8, 85 GB18030, 65535 UTF-16), first line
n=0
for form in 44,34,76,1 59,34,76,1 9,34,76,1 44,34,85,1 44,34,65535,1; do
    n=$((n + 1))
    convert "$csv:$form" "$work/book.xlsx" "$work/csv$n"
    is "office_saves_csv_$form" "$tool" text "$work/csv$n/book.csv"
done
for old in xls ods; do
    convert $old "$work/book.xlsx" "$work/old"
    is "office_saves_$old" "$tool" refused "$work/old/book.$old"
done
convert "xlsx" "$work/ours.csv" "$work/from_csv" --infilter=CSV:44,34,76,1
"$tool" show "$work/from_csv/ours.xlsx" >"$work/seen"
is office_opens_our_csv grep -q "北山镇森林火灾桌面推演评估表" "$work/seen"
is our_csv_holds_no_formula sh -c "! grep -q 'kind 3' '$work/seen'"
convert pdf "$work/book.xlsx" "$work/pdf"
is office_prints_it test -s "$work/pdf/book.pdf"

# An evaluation sheet that an expert opened and saved: its marks come in as they were.
T=$B/tuiyan
D=$work/d.drill
sheet() { # ending, filter
    rm -f "$D"*
    "$T" run tests/data/small --bot quick --seed 7 -o "$D" --quiet >/dev/null 2>&1
    "$T" mark "$D" open set=tests/data/panel/set.lua >/dev/null
    "$T" mark "$D" evaluator id=e1 name=张某 lead=yes >/dev/null
    for m in C.1=良 C.3=4.5 P.1=优 P.2=不适用 W.1=中 W.2=4; do
        "$T" mark "$D" mark by=e1 item="${m%=*}" value="${m#*=}" comment="依据，“-2 分”" >/dev/null
    done
    before=$("$T" mark "$D" sheet e1 --json)
    "$T" mark "$D" --export "$work/sheets" >/dev/null
    convert "$2" "$work/sheets/sheet_e1.xlsx" "$work/saved$1"
    "$T" mark "$D" --import "$work/saved$1/sheet_e1.$1" && [ "$("$T" mark "$D" sheet e1 --json)" = "$before" ]
}
is a_sheet_saved_as_xlsx sheet xlsx xlsx
is a_sheet_saved_as_csv sheet csv "$csv:44,34,76,1"

[ -n "${KEEP:-}" ] && cp -r "$work" "$KEEP"
exit $status
