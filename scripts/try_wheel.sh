#!/bin/sh
# Installs the wheel into a clean environment and tries it from another folder: try_wheel.sh PYTHON...
# The wheel is dist/*.whl, as `make wheel` builds it.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
wheel=$(ls "$root"/dist/*.whl)
for python in "$@"; do
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    "$python" -m venv "$place/venv"
    # The pins are those of the newest Python; on another one pip chooses what fits.
    "$place/venv/bin/python" -m pip install -qq --disable-pip-version-check -c "$root/constraints.txt" "$wheel"
    "$place/venv/bin/python" -m pip check -q --disable-pip-version-check
    mkdir "$place/elsewhere"
    cp "$root/resources/canaries/text.png" "$place/elsewhere/页 1.png"
    (
        cd "$place/elsewhere"
        program=$place/venv/bin/glmocr-desktop
        unset PYTHONPATH
        export GLMOCR_HOME="$place/home" GLMOCR_ENGINE=offline GLMOCR_LANGUAGE=zh_CN QT_QPA_PLATFORM=offscreen
        version=$("$program" --version)
        text=$("$program" recognize "页 1.png" 2>said)
        case $text in *harbour*) ;; *) echo "$python: recognize printed: $text" >&2; exit 1 ;; esac
        "$program" recognize "页 1.png" --to docx,xlsx,html -o out 2>>said
        "$program" --verbose --screenshot window.png "页 1.png" 2>window.txt
        if grep -v ' INFO ' window.txt; then
            echo "$python: the window said more than it should" >&2
            exit 1
        fi
        [ -s window.png ] && [ -s "out/页 1.docx" ] && [ -s "out/页 1.xlsx" ] && [ -s "out/页 1.html" ]
        mkdir -p "$root/build"
        cp window.png "$root/build/wheel-$("$place/venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])').png"
        echo "$version from its wheel on $("$place/venv/bin/python" --version): command line and window read"
    )
    rm -rf "$place"
done
