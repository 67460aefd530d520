#!/bin/sh
# Installs Singularis for whoever runs this: install.sh [PREFIX]
# PREFIX is ~/.local where nothing is said. An installation that is there already is replaced; settings and sessions stay.
# Everything that was put there is listed in PREFIX/lib/singularis/installed; uninstall.sh beside it removes just that.
set -eu
umask 022

here=$(cd "$(dirname "$0")" && pwd)
if [ $# -gt 1 ] || [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
    echo "usage: install.sh [PREFIX]"
    exit 2
fi
if [ $# -eq 0 ] && [ -z "${HOME:-}" ]; then
    echo "install.sh: there is no home folder; say where: install.sh PREFIX" >&2
    exit 2
fi
prefix=${1:-$HOME/.local}
case $prefix in
/*) ;;
*) prefix=$PWD/$prefix ;;
esac
# These would end the quotes of the desktop entry, or a line of the list.
case $prefix in
*[\"\`\$\\%]* | *"
"*)
    echo "install.sh: a desktop entry cannot hold every character of $prefix" >&2
    exit 2
    ;;
esac

names=$(cd "$here/files" && find . -type f | LC_ALL=C sort | sed 's|^\./||')
list=$prefix/lib/singularis/installed

# What somebody else has put there stays: first looked at, then begun.
for name in $names; do
    path=$prefix/$name
    if [ -e "$path" ] && ! grep -qxF "$path" "$list" 2>/dev/null; then
        echo "install.sh: $path is there already and not from here; move it away, or choose another PREFIX" >&2
        exit 1
    fi
done
if [ -f "$list" ]; then
    sh "$prefix/lib/singularis/uninstall.sh" "$prefix" >/dev/null
fi

# Notes what this run creates, so that nothing is removed later that was there before.
made=""
make_folder() { # PATH
    if [ ! -d "$1" ]; then
        make_folder "$(dirname "$1")"
        mkdir "$1"
        made="$made$1/
"
    fi
}
put() { # FILE TARGET
    made=""
    make_folder "$(dirname "$2")"
    # First the list: what is broken off here can still be removed.
    printf '%s%s\n' "$made" "$2" >>"$list"
    cp "$1" "$2"
}

make_folder "$prefix/lib/singularis"
printf '%s' "$made" >"$list"
put "$here/uninstall.sh" "$prefix/lib/singularis/uninstall.sh"
for name in $names; do
    put "$here/files/$name" "$prefix/$name"
done

# The desktop may not look for programs in this folder, so its entry names the file in full.
program=$(printf '%s' "$prefix/bin/singularis" | sed 's/[&|]/\\&/g')
sed "s|^Exec=singularis|Exec=\"$program\"|; s|^TryExec=singularis|TryExec=$program|" \
    "$here/files/share/applications/singularis.desktop" >"$prefix/share/applications/singularis.desktop"
# A list of icons that is older than the folder is not believed.
touch "$prefix/share/icons/hicolor"

echo "Singularis is installed. Start it from the menu, or as $prefix/bin/singularis"
echo "To remove it: sh $prefix/lib/singularis/uninstall.sh"
