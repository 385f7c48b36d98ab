#!/bin/sh
# Makes a Debian package and an archive of the built program: packaging/linux/build.sh [FOLDER]
# FOLDER is what packaging/build.py left behind, by default dist/GLM-OCR Desktop. The results are in dist.
# Needs binutils and xz-utils. The same program and SOURCE_DATE_EPOCH give the same files. XZ_LEVEL=0 is fast, for a trial.
set -eu
cd "$(dirname "$0")/../.."
program=${1:-dist/GLM-OCR Desktop}
here=packaging/linux
icons=build/icons
name=glmocr-desktop
metainfo=io.github.glmocr.desktop.metainfo.xml
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' glmocr_desktop/__init__.py)
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
level=${XZ_LEVEL:-6}
umask 022

[ -x "$program/$name" ] || {
    echo "There is no program in $program. Run make package first." >&2
    exit 1
}
[ -f "$icons/$name-256.png" ] || {
    echo "There are no icons in $icons. Run python packaging/icons.py $icons first." >&2
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What the desktop wants to know, laid out as below /usr/share.
share() {
    install -D -m 644 "$here/$name.desktop" "$1/applications/$name.desktop"
    install -D -m 644 "$here/$metainfo" "$1/metainfo/$metainfo"
    install -D -m 644 resources/icons/app.svg "$1/icons/hicolor/scalable/apps/$name.svg"
    for size in 16 22 24 32 48 64 128 256 512; do
        install -D -m 644 "$icons/$name-$size.png" "$1/icons/hicolor/${size}x$size/apps/$name.png"
    done
}

# The packages of Debian and Ubuntu with the libraries that the program needs and does not bring; PyInstaller leaves those
# out that belong to the graphics card and the screen.
depends() {
    find "$program" -type f \( -name '*.so' -o -name '*.so.*' -o -name "$name" \) >"$work/files"
    tr '\n' '\0' <"$work/files" | xargs -0 objdump -p >"$work/objects" 2>/dev/null || true # some are no libraries
    find "$program" -name '*.so*' | sed 's|.*/||' | sort -u >"$work/brought"
    libc=$(sed -n 's/.* GLIBC_\([0-9.]*\)$/\1/p' "$work/objects" | sort -Vu | tail -n 1)
    printf 'libc6 (>= %s)' "$libc"
    sed -n 's/^ *NEEDED *//p' "$work/objects" | sort -u | comm -23 - "$work/brought" | while read -r library; do
        case $library in
        libc.so.6 | libm.so.6 | libdl.so.2 | librt.so.1 | libpthread.so.0 | libresolv.so.2 | libutil.so.1 | ld-linux-*) ;;
        libGL.so.1) printf ', libgl1' ;;
        libEGL.so.1) printf ', libegl1' ;;
        libxcb.so.1) printf ', libxcb1' ;;
        libwayland-client.so.0) printf ', libwayland-client0' ;;
        libwayland-cursor.so.0) printf ', libwayland-cursor0' ;;
        libwayland-egl.so.1) printf ', libwayland-egl1' ;;
        *) echo "No package is known for $library. Name it in packaging/linux/build.sh." >&2 && exit 1 ;;
        esac
    done
}

deb() {
    root=$work/deb
    mkdir -p "$root/opt/$name" "$root/usr/bin" "$root/DEBIAN"
    cp -a "$program/." "$root/opt/$name/"
    chmod -R u=rwX,go=rX "$root/opt/$name"
    # Libraries are loaded, not run.
    find "$root/opt/$name/_internal" -type f -exec chmod 644 {} +
    ln -s "/opt/$name/$name" "$root/usr/bin/$name"
    share "$root/usr/share"
    doc=$root/usr/share/doc/$name
    install -D -m 644 "$here/copyright" "$doc/copyright"
    gzip -9nc CHANGELOG.md >"$doc/CHANGELOG.md.gz"
    {
        printf '%s (%s) stable; urgency=medium\n\n' "$name" "$version"
        printf '  * What changes for users is in CHANGELOG.md.gz.\n\n'
        printf ' -- GLM-OCR Desktop contributors <%s@localhost>  %s\n' "$name" "$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")"
    } | gzip -9nc >"$doc/changelog.gz"
    install -D -m 644 "$here/lintian-overrides" "$root/usr/share/lintian/overrides/$name"
    architecture=$(dpkg --print-architecture)
    depends=$(depends)
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
        -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f1)/" "$here/control" >"$root/DEBIAN/control"
    (cd "$root" && find opt usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    dpkg-deb --root-owner-group -Zxz "-z$level" --build "$root" "dist/${name}_${version}_$architecture.deb" >/dev/null
    echo "dist/${name}_${version}_$architecture.deb"
}

archive() {
    folder=$name-$version-linux-$(uname -m)
    root=$work/archive/$folder
    mkdir -p "$root/program"
    cp -a "$program/." "$root/program/"
    chmod -R u=rwX,go=rX "$root"
    share "$root/share"
    install -m 755 "$here/install.sh" "$here/uninstall.sh" "$root/"
    install -m 644 LICENSE CHANGELOG.md "$root/"
    tar -C "$work/archive" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -c "$folder" |
        xz "-$level" -T0 >"dist/$folder.tar.xz"
    echo "dist/$folder.tar.xz"
}

mkdir -p dist
deb
archive
