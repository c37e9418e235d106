# suite.sh -- what suites of the whole program begin with: the program (T), a folder of their own (work), and result, which prints
# an ok / not ok line. Read in by `. tests/tools/suite.sh` from the project's root.
T=$PWD/${B:-build/release}/tuiyan
TUIYAN_ASSETS=$PWD/assets
export TUIYAN_ASSETS
status=0
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
result() { # name, 0 when good, what there was
    if [ "$2" -eq 0 ]; then echo "ok $1"; else
        printf 'not ok %s\n%s\n' "$1" "$3"
        status=1
    fi
}
