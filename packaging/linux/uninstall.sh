#!/bin/sh
# Removes what install.sh has put there, and nothing else: uninstall.sh [PREFIX]
# Settings, sessions and keys stay: see "Files and folders" in the README.
set -eu

if [ $# -gt 1 ] || [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
    echo "usage: uninstall.sh [PREFIX]"
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -eq 1 ]; then
    prefix=$1
elif [ -f "$here/installed" ]; then
    prefix=$(cd "$here/../.." && pwd)
else
    prefix=${HOME:?there is no home folder; say where: uninstall.sh PREFIX}/.local
fi
list=$prefix/lib/singularis/installed
if [ ! -f "$list" ]; then
    echo "uninstall.sh: nothing is installed in $prefix: there is no $list" >&2
    exit 1
fi

# Backwards, so that a folder comes after what is in it.
order=$(mktemp)
trap 'rm -f "$order"' EXIT
sed '1!G;h;$!d' "$list" >"$order"
rm -f "$list"
while IFS= read -r path; do
    case $path in
    */)
        # Somebody else may have put something there since.
        rmdir "$path" 2>/dev/null || true
        ;;
    *) rm -f "$path" ;;
    esac
done <"$order"
if [ -d "$prefix/share/icons/hicolor" ]; then
    touch "$prefix/share/icons/hicolor"
fi

echo "Singularis is removed from $prefix. Your settings and sessions are still there:"
echo "  ${XDG_CONFIG_HOME:-${HOME:-~}/.config}/singularis"
echo "  ${XDG_DATA_HOME:-${HOME:-~}/.local/share}/singularis"
