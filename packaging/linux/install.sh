#!/bin/sh
# Installs the program for you alone, below ~/.local: no administrator is needed. Run it again to update.
set -eu
cd "$(dirname "$0")"
name=glmocr-desktop
home=$HOME/.local
lib=$home/lib/$name
share=${XDG_DATA_HOME:-$home/share}

case $lib in
*[\"\`\$%\\]*)
    echo "The name of your home folder, $HOME, has a sign that desktop entries cannot hold." >&2
    exit 1
    ;;
esac

# The new program takes the place of the old one when it is complete.
mkdir -p "$home/lib" "$home/bin"
rm -rf "$lib.new" "$lib.old"
cp -R program "$lib.new"
cp uninstall.sh "$lib.new/"
[ ! -e "$lib" ] || mv "$lib" "$lib.old"
mv "$lib.new" "$lib"
rm -rf "$lib.old"
ln -sf "$lib/$name" "$home/bin/$name"

mkdir -p "$share"
cp -R share/. "$share/"
# A desktop does not always look into ~/.local/bin.
quoted=$(printf '%s' "$lib/$name" | sed 's/[&|]/\\&/g')
sed -e "s|^Exec=$name|Exec=\"$quoted\"|" -e "s|^TryExec=.*|TryExec=$quoted|" "share/applications/$name.desktop" \
    >"$share/applications/$name.desktop"
if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q "$share/applications" || true
fi

echo "GLM-OCR Desktop is installed in $lib. It is among your applications now."
case :$PATH: in
*":$home/bin:"*) echo "In a terminal: $name" ;;
*) echo "In a terminal: $home/bin/$name" ;;
esac
echo "To remove it: $lib/uninstall.sh"
