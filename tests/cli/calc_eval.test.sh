#!/bin/sh
# Protects agreement, weights and levels by hand as a user meets them: tables from files and pipes, results by name in JSON, refusals
# with their exit codes in both languages. Prints ok / not ok lines.
set -u
cd "$(dirname "$0")/../.." || exit 3
T=${B:-build/release}/tuiyan
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
is() { # name, expected, got
    if [ "$2" = "$3" ]; then echo "ok $1"; else
        printf 'not ok %s\n  expected: %s\n  got: %s\n' "$1" "$2" "$3"
        status=1
    fi
}
says() { # name, exit code, pattern, table, arguments..
    name=$1 want=$2 pattern=$3 table=$4
    shift 4
    out=$(printf "$table" | "$T" calc "$@" 2>&1)
    code=$?
    printf '%s' "$out" | tr -d ' \n' | grep -q -- "$pattern" && found=yes || found="no: $out"
    is "$name" "$want yes" "$code $found"
}
k1='1 2 3 3 2 1 4 1 2 * * *\n1,2,3,3,2,2,4,1,2,5,*,3\n* 3 3 3 2 3 4 2 2 5 1 *\n1 2 3 3 2 4 4 1 2 5 1 *\n'
i1='9 6 8 7 10 6\n2 1 4 1 5 2\n5 3 6 2 6 4\n8 2 8 6 9 7\n'
says alpha_nominal 0 '"alpha":0.743421' "$k1" agreement.alpha --level nominal --json
says alpha_ordinal 0 '"alpha":0.815387' "$k1" agreement.alpha level=ordinal --json
says alpha_interval 0 '"alpha":0.849107' "$k1" agreement.alpha --level interval --json -
says alpha_ratio 0 '"alpha":0.797402' "$k1" agreement.alpha --level ratio --json
says icc 0 '"icc":{"1,1":0.165741.*"2,1":0.289763.*"2,k":0.620050' "$i1" agreement.icc --json
says icc_interval 0 '"low":{.*"2,1":0.01878.*"high":{.*"2,1":0.76108' "$i1" agreement.icc --json
says icc_with_holes 2 'agreement.alphatakesthem' "$k1" agreement.icc --lang en
says icc_with_holes_zh 2 '有缺失时请用agreement.alpha' "$k1" agreement.icc --lang zh
says few 0 '样本过少' '1 2 3\n1 2 4\n' agreement.icc --lang zh
says kendall 0 '"w":0.75.*"w_tied":1.0' '1 1 2\n3 3 4\n' agreement.kendall --json
says fleiss 0 '"kappa":0.2099' '0 0 0 0 14\n0 2 6 4 2\n0 0 3 5 6\n0 3 9 2 0\n2 2 8 1 1\n7 7 0 0 0\n3 2 6 3 0\n2 5 3 2 2\n6 5 2 1 0\n0 2 2 3 7\n' agreement.fleiss --json
says ahp 0 '"weights":\[0.5475.*"lambda_max":4.1184.*"cr":0.043' '1 4 3 7\n1/4 1 1/3 3\n1/3 3 1 5\n1/7 1/3 1/5 1\n' weights.ahp --json
says ahp_judges 0 '"judge_cr":\[' '1 2 8\n1/2 1 4\n1/8 1/4 1\n\n1 * 4\n* 1 *\n1/4 * 1\n' weights.ahp --json
says ahp_refused 1 'CRis2.1158' '1 3 1/5\n1/3 1 5\n5 1/5 1\n' weights.ahp --lang en
says ahp_forced 0 '"cr":2.1157' '1 3 1/5\n1/3 1 5\n5 1/5 1\n' weights.ahp --force yes --json
says ahp_not_reciprocal 2 '不互反：第1行第2列' '1 2\n2 1\n' weights.ahp --lang zh
says ahp_not_square 2 'judge1:2rowsand3columns' '1 2 3\n1/2 1 2\n' weights.ahp --lang en
says entropy 0 '"weights":\[0.73573' '10 20 30\n12 22 28\n8 18 32\n' weights.entropy --json
says fuzzy 0 '"normalized":\[0.41666' '.5 .3 .2\n\n.7 .2 .1 0\n.2 .3 .4 .1\n.3 .4 .2 .1\n' fuzzy.evaluate --operator minmax --json
says fuzzy_score 0 '"score":78' '.5 .5\n\n1 0\n0.1 0.9\n\n90 63.33333333333333\n' fuzzy.evaluate --json
says no_such_level 2 "didyoumean'ordinal'" "$k1" agreement.alpha --level ordinall --lang en
printf "$i1" >"$work/table"
is from_a_file 0.2897638 "$("$T" calc agreement.icc "$work/table" --lang en </dev/null | awk '$1=="icc.2,1"{print $2}')"
is described 1 "$("$T" calc agreement.icc --lang en </dev/null | grep -c 'Shrout and Fleiss')"
is level 3 "$("$T" calc law.level loss=1e7 | awk '$1=="level"{print $2}')"
is forest_level 2 "$("$T" calc law.forest_level area=100 deaths=9 | awk '$1=="level"{print $2}')"
exit $status
