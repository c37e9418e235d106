#!/bin/sh
# Installs the Debian packages named, or says the one command to type. Called by `make deps`.
set -u
missing=
for p in "$@"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
command="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "tuiyan needs these Debian packages (or your system's):$missing" >&2
    exit 2
fi
if [ "$(id -u)" = 0 ]; then
    as=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as=sudo
else
    echo "需要安装软件包，请执行 / packages are missing, type:" >&2
    echo "  sudo sh -c 'apt-get update && $command'" >&2
    exit 2
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# An old package list is the usual cause of a failed install: refresh it first.
$as apt-get update -qq && $as $command -qq >build-deps.log 2>&1 && rm -f build-deps.log && exit 0
tail -5 build-deps.log >&2
echo "installation failed; the log is build-deps.log" >&2
exit 2
