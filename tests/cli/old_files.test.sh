#!/bin/sh
# Protects the drill files that districts have already: what earlier programs made is shown as they showed it, read-only, from a
# folder nobody may write to; one line says what works; nothing is replayed, changed or left behind.
set -u
cd "$(dirname "$0")/../.." || exit 3
B=${B:-build/release}
T=$PWD/$B/tuiyan
work=$(mktemp -d) || exit 3
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
status=0
mkdir "$work/old"
cp tests/data/old/* "$work/old/"
chmod a-w "$work/old"/* "$work/old"
old=$work/old
sums() { (cd "$old" && sha256sum -- *.drill && ls -a); }
sums >"$work/before"

result() { # name, "" or what is wrong
    if [ -z "$2" ]; then
        echo "ok $1"
    else
        echo "not ok $1"
        printf '%s\n' "$2" | head -30
        status=1
    fi
}
# Where the file holds no curves its program replayed it for the score; what can still be said stands in NAME.kept.*.
wanted() { [ -e "$old/$1.kept.$2" ] && echo "$old/$1.kept.$2" || echo "$old/$1.$2"; }

# What is said in other words since: safety measures together, not each by yes; what a report states by its topic.
said() {
    sed -e 's/，\(向导\|观察哨\|电台\)：是/~\1/g' -e 's/~/，安全措施：/' -e 's/~/、/g' \
        -e 's/，面积：\([0-9]*\)/，过火面积：\1 公顷/' -e 's/, area: \([0-9]*\)/, area burnt: \1 ha/' \
        -e 's/, \(guide\|lookout\|radio\): yes/~\1/g' -e 's/~/, with: /' -e 's/~/, /g' "$1"
}

for file in "$old"/*.drill; do
    name=$(basename "$file" .drill)
    bad=
    for lang in zh en; do
        case $lang in zh) says=不能重新推演 ;; en) says='it is not replayed' ;; esac
        for what in log 'log --orders' score 'score --panel' findings; do
            word=${what#* --}
            word=${word#--}
            case $what in 'log --orders') word=orders ;; 'score --panel') word=panel ;; esac
            [ -e "$old/$name.$word.$lang" ] || continue
            "$T" ${what%% *} "$file" $(case $what in *' '*) echo "${what#* }" ;; esac) --lang $lang >"$work/out" 2>"$work/err"
            code=$?
            [ $code -eq 0 ] || bad="$bad; $what $lang ended with $code: $(cat "$work/err")"
            said "$(wanted "$name" "$word.$lang")" >"$work/wanted"
            if [ "$word" = score ]; then # the measure of lines built stands among the hazard's now
                for f in wanted out; do sort -o "$work/$f" "$work/$f"; done
            fi
            diff -u "$work/wanted" "$work/out" >"$work/diff" 2>&1 || bad="$bad; $what $lang: $(cat "$work/diff")"
            grep -q "$says" "$work/err" || bad="$bad; $what $lang: nothing on stderr says so: $(cat "$work/err")"
            [ "$(wc -l <"$work/err")" -eq 1 ] || bad="$bad; $what $lang: more than one line: $(cat "$work/err")"
        done
        for command in "verify $file" "verify $file --scripts" "branch $file --at 00:10" "replay $file" "replay $file --at 00:10"; do
            "$T" $command --lang $lang >"$work/out" 2>"$work/err"
            code=$?
            [ $code -eq 1 ] || bad="$bad; $command ended with $code"
            grep -q "$says" "$work/err" || bad="$bad; $command $lang: $(cat "$work/err")"
            [ -s "$work/out" ] && bad="$bad; $command printed $(head -1 "$work/out")"
        done
        "$T" report "$file" -o "$work/report-$name-$lang" --lang $lang >"$work/out" 2>"$work/err" || bad="$bad; report: $(cat "$work/err")"
        grep -q "$says" "$work/report-$name-$lang/report.html" || bad="$bad; the $lang report does not say so"
    done
    for words in "mark $file open set=tabletop" "findings $file finding class=improve text=trouble" "score $file --again" "rebuild $file"; do
        "$T" $words --lang en >"$work/out" 2>"$work/err"
        code=$?
        [ $code -eq 1 ] || bad="$bad; $words ended with $code: $(cat "$work/err")"
        grep -q 'older format\|not replayed' "$work/err" || bad="$bad; $words: $(cat "$work/err")"
    done
    for command in "export $file" "why $file 3" "score $file --json" "score $file --versions" "mark $file"; do
        "$T" $command --lang en >"$work/out" 2>"$work/err" || bad="$bad; $command: $(cat "$work/err")"
    done
    result "shown_as_it_was_$name" "$bad"
done

# Somebody else, who may write nowhere near it.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod 755 "$work"
    bad=
    for command in "log $old/f3_forest.drill" "score $old/f2_branched.drill" "log $old/f3_running.drill --orders"; do
        (cd / && setpriv --reuid=65534 --regid=65534 --clear-groups "$T" $command) >"$work/out" 2>"$work/err" || bad="$bad; $command: $(cat "$work/err")"
    done
    result another_user_reads "$bad"
fi

# A drill whose program was killed: what it acknowledged lies in the file beside it, for anybody who may read both.
mkdir "$work/killed"
"$T" run scenarios/forest_fire --bot textbook -o "$work/killed/k.drill" --quiet >/dev/null 2>&1 &
pid=$!
n=0
while [ ! -s "$work/killed/k.drill-wal" ] || [ "$(stat -c %s "$work/killed/k.drill-wal")" -lt 2500000 ]; do
    n=$((n + 1))
    [ $n -lt 200000 ] && kill -0 $pid 2>/dev/null || break
done
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
bad=
if [ -s "$work/killed/k.drill-wal" ]; then
    ls "$work/killed" >"$work/ls.before"
    "$T" log "$work/killed/k.drill" --lang en >"$work/log.me" 2>&1 || bad="$bad; $(tail -1 "$work/log.me")"
    [ "$(wc -l <"$work/log.me")" -gt 5 ] || bad="$bad; only $(wc -l <"$work/log.me") lines"
    if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
        chmod 755 "$work/killed"
        chmod 644 "$work/killed"/*
        (cd / && setpriv --reuid=65534 --regid=65534 --clear-groups "$T" log "$work/killed/k.drill" --lang en) >"$work/log.other" 2>&1
        cmp -s "$work/log.me" "$work/log.other" || bad="$bad; somebody else reads $(tail -1 "$work/log.other")"
    fi
    ls "$work/killed" | diff "$work/ls.before" - >"$work/diff" || bad="$bad; $(cat "$work/diff")"
fi
result a_killed_drill_reads_without_a_trace "$bad"

# What was signed is shown as signed, with the head of then.
grep -q 'signed off' "$old/f3_signed.panel.en" && "$T" score "$old/f3_signed.drill" --panel --lang en 2>/dev/null | grep -q 'signed off'
result signed_stays_signed "$([ $? -eq 0 ] || echo "not signed")"

# The window shows the line where the map would be.
bad=
for lang in zh en; do
    case $lang in zh) says=不能重新推演 ;; en) says='not replayed' ;; esac
    for view in facilitator projector teams hidden; do
        "$T" ui "$old/f3_forest.drill" --screenshot "$work/$view.txt" --view $view --lang $lang >/dev/null 2>"$work/err" || bad="$bad; $(cat "$work/err")"
        tr -d '\n' <"$work/$view.txt" | grep -q "$says" || bad="$bad; $view $lang does not say so"
    done
done
result window_says_so "$bad"

sums >"$work/after"
result nothing_changed_or_left "$(diff "$work/before" "$work/after")"

# A copy in today's format: shown the same, and it can be marked; the old head stands in its chain.
bad=
for name in f2_branched f3_signed f3_forest; do
    copy=$work/$name.drill
    "$T" rebuild "$old/$name.drill" -o "$copy" --lang en >"$work/out" 2>&1 || bad="$bad; $(cat "$work/out")"
    for what in log score; do
        "$T" $what "$old/$name.drill" --lang zh >"$work/was" 2>/dev/null
        "$T" $what "$copy" --lang zh >"$work/is" 2>"$work/err" || bad="$bad; $(cat "$work/err")"
        diff "$work/was" "$work/is" >"$work/diff" || bad="$bad; $name $what: $(cat "$work/diff")"
    done
    "$T" findings "$copy" finding class=improve text=trouble --lang en >"$work/out" 2>&1 || bad="$bad; $(cat "$work/out")"
    "$T" findings "$copy" --lang en 2>/dev/null | grep -q trouble || bad="$bad; the finding is not there"
    "$T" verify "$copy" --lang en >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] && grep -q 'not replayed' "$work/err" || bad="$bad; verify: $(cat "$work/err")"
    "$T" branch "$copy" --at 00:10 --lang en >"$work/out" 2>"$work/err"
    [ $? -eq 1 ] || bad="$bad; the copy was branched"
    was=$(sqlite3 "file:$old/$name.drill?immutable=1" "SELECT lower(hex(hash)) FROM log ORDER BY id DESC LIMIT 1")
    [ "$(sqlite3 "$copy" "SELECT count(*) FROM log WHERE lower(hex(hash)) = '$was'")" = 1 ] || bad="$bad; the old head is gone"
done
result copies_can_be_marked "$bad"

# A damaged old file is named, not read.
cp "$old/f3_finished.drill" "$work/bad.drill"
chmod u+w "$work/bad.drill"
sqlite3 "$work/bad.drill" "DROP TRIGGER log_no_update; UPDATE log SET wall_ms = 0 WHERE id = 30"
"$T" log "$work/bad.drill" --lang en >"$work/out" 2>"$work/err"
[ $? -eq 2 ] && grep -q 'row 30' "$work/err"
result damage_is_named "$([ $? -eq 0 ] || cat "$work/err")"

# Records that do not read as they were written: said in one line.
cp "$old/f3_forest.drill" "$work/odd.drill"
chmod u+w "$work/odd.drill"
sqlite3 "$work/odd.drill" "UPDATE word SET en = 'cta_hq level 4' WHERE log = (SELECT id FROM log WHERE kind = 1 LIMIT 1 OFFSET 2)"
"$T" log "$work/odd.drill" --lang en >/dev/null 2>"$work/err"
grep -q '1 order' "$work/err"
result odd_records_are_named "$([ $? -eq 0 ] || cat "$work/err")"
exit $status
