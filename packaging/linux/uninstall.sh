#!/bin/sh
# Removes what install.sh has installed. Settings and documents of yours stay.
set -eu
name=glmocr-desktop
home=$HOME/.local
lib=$home/lib/$name
share=${XDG_DATA_HOME:-$home/share}

rm -rf "$lib" "$lib.new" "$lib.old"
[ ! -L "$home/bin/$name" ] || rm -f "$home/bin/$name"
rm -f "$share/applications/$name.desktop" "$share/metainfo/io.github.glmocr.desktop.metainfo.xml"
rm -f "$share/icons/hicolor"/*/apps/"$name".png "$share/icons/hicolor/scalable/apps/$name.svg"
if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q "$share/applications" || true
fi

echo "GLM-OCR Desktop is removed. Your settings and what you have read are still there; to delete them as well:"
echo "rm -r '${XDG_CONFIG_HOME:-$HOME/.config}/$name' '$share/$name' '${XDG_STATE_HOME:-$home/state}/$name'"
