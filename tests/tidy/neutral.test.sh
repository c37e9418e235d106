#!/bin/sh
# Protects the rule that a hazard's words and shapes live in its own folder: no English or Chinese word of one hazard stands in core,
# response, session, draw, ui, report, cli, eval or the strings they share. What may stand is named below, file and words, with the
# reason; a named exception that no longer occurs is a failure too, so that the list cannot rot.
set -u
cd "$(dirname "$0")/../.." || exit 3
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT

english='fires?|fire_[a-z_]+|[a-z_]+_fire|flames?|smoke|smoulder[a-z]*|burn(t|s|ing|out|ed)?|ignit[a-z]*|embers?|firebreaks?|wildfire|hectares?|ha|[a-z_]+_ha|front_m'
english="$english|floods?|flood_[a-z_]+|levees?|dikes?|sandbags?|reservoirs?|mines|mine_[a-z_]+|in a mine|of a mine|airways?|methane|shafts?|inrush|crowds?|crowd_[a-z_]+|stampedes?"
chinese='火线|火场|火情|火头|过火|起火|明火|余火|复燃|扑火|扑打|点烧|火焰|山火|林火|火灾|森林|林业|隔离带|公顷|水位|洪水|堤|水库|溃|漫溢|巷道|矿|瓦斯|升井|井下|踩踏|拥挤|烟'
files() {
    find engine/core engine/response engine/session engine/draw engine/ui engine/report engine/cli engine/eval -name '*.[ch]' -o -path 'engine/core/*.def'
    ls engine/base/strings/*.def | grep -v '/fire\.def$'
}
# To fire an inject, and its kin, is not the hazard: those words go first.
files | sort | while read -r f; do
    sed -E 's/[A-Za-z_]*(inject|phase|trigger|effect|session|chain|unti|mis)[A-Za-z_]*//g; s/\b(fires?|fired|firing)\b( (an|the|it|by|when|at|all|now|once|blindly)|[,.;)"'"'"'])/\2/gI; s/(may|will|can|it|never|that|which|who|is|was|be|been|are|they|to|not|once|what) (fires?|fired)\b/\1/gI' "$f" |
        grep -noiE "\b($english)\b|$chinese" | sed "s|^|$f:|"
done >"$work/found"
grep -oE "^[^:]+:[0-9]+:.*" "$work/found" >"$work/hits"

# FILE WORDS as a pattern
sed -n '/^# exceptions$/,/^# end$/p' "$0" | grep '^#- ' | sed 's/^#- //; s/  # .*//' >"$work/allowed"
while read -r file words; do
    if grep -qiE "^$file:[0-9]+:($words)$" "$work/hits"; then
        grep -viE "^$file:[0-9]+:($words)$" "$work/hits" >"$work/rest"
        mv "$work/rest" "$work/hits"
    else
        echo "not ok neutral_exception_of_$file"
        echo "no more of: $words"
        status=1
    fi
done <"$work/allowed"
if [ -s "$work/hits" ]; then
    echo "not ok neutral_words"
    awk -F: '{print $1 ":" $2 ": " $3}' "$work/hits" | head -60
    status=1
else
    echo "ok neutral_words"
fi
# Nobody above the hazards includes one but session's table of them, and the command line where it builds models.
bad=$(grep -rnE '#include "hazard/[a-z]+/' engine --include='*.[ch]' | grep -vE '^engine/hazard/' || true)
if [ -n "$bad" ]; then echo "not ok nobody_includes_one_hazard"; echo "$bad"; status=1; else echo "ok nobody_includes_one_hazard"; fi
[ "$status" -eq 0 ] && echo "ok neutral_exceptions"
exit $status
# exceptions
#- engine/core/order/codec_1.c [a-zA-Z_]+|火线|公顷|隔离带|火焰|扑打|点烧|余火|火场|林业  # frozen tables of the drill files of 2026: never changed
#- engine/core/scenario/kinds.def fire_rescue  # 国家综合性消防救援队伍: the state's rescue force, whatever the hazard
#- engine/core/order/tasks.def fire_rescue  # the same
#- engine/core/scenario/units.c ha|公顷  # a unit of area
#- engine/core/world/fields.h smoke  # physics that hazards tell one another at a point
#- engine/core/world/fields.c smoke|烟  # the same
#- engine/eval/law.h law_forest_level|area_ha|fires|burnt|森林  # the scale of the Regulation on Forest Fires: a law, and no model
#- engine/eval/law.c area_ha  # the same
#- engine/eval/calc_weights.c ha|burnt|森林  # the same, by hand
#- engine/eval/eval_calc.c fire|森林|火灾  # the same
#- engine/session/sets.c forest_fire|MSG_MARK_SET_FOREST_FIRE  # an indicator set that is shipped goes by its name
#- engine/base/strings/mark.def MARK_SET_FOREST_FIRE|fire|森林|火灾  # the same
# end
