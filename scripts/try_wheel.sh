#!/bin/sh
# Builds the wheel and tries it as a person gets it: try_wheel.sh PYTHON…
# Each Python gets a clean environment with the pinned versions; the program runs there from an empty folder.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
home=$root/build/try-wheel
unset PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1
[ $# -gt 0 ] || set -- "$(scripts/find_python.sh)"

rm -rf "$home"
mkdir -p "$home"
"$1" -m venv "$home/build"
"$home/build/bin/python" -m pip install -qq build hatchling
"$home/build/bin/python" -m build --wheel --no-isolation --outdir "$home" . >"$home/build.log"
wheel=$(echo "$home"/*.whl)

try() {
    python=$1
    version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
    place=$home/$version
    "$python" -m venv "$place"
    "$place/bin/python" -m pip install -qq -c constraints.txt "$wheel"
    "$place/bin/python" -m pip check >"$place/pip-check.log"
    mkdir "$place/empty"
    cd "$place/empty"
    # What a person has set, read or kept is left alone.
    export HOME="$place/home" XDG_CONFIG_HOME="$place/config" XDG_DATA_HOME="$place/data" XDG_STATE_HOME="$place/state"
    export XDG_CACHE_HOME="$place/cache" QT_QPA_PLATFORM=offscreen GLMOCR_TIMEOUT_S=600
    mkdir -p "$HOME"
    samples=$("$place/bin/python" -c 'from glmocr_desktop.core.resources import resource_path; print(resource_path("samples"))')
    case $samples in "$place"/*) ;; *) echo "$version: not the installed program: $samples" >&2; return 1 ;; esac

    said=$("$place/bin/glmocr-desktop" --version)
    text=$("$place/bin/glmocr-desktop" recognize --engine offline "$samples/letter.png")
    case $text in *[a-z]*) ;; *) echo "$version: nothing was read" >&2; return 1 ;; esac
    GLMOCR_LANGUAGE=zh_CN GLMOCR_ENGINE=offline "$place/bin/python" -m glmocr_desktop --screenshot "$place/window.png" "$samples/letter.png"
    [ -s "$place/window.png" ] || { echo "$version: the window made no picture" >&2; return 1; }
    "$place/bin/python" - <<'END'
from PySide6.QtCore import QTranslator

from glmocr_desktop.core.resources import resource_path

words = QTranslator()
assert words.load(str(resource_path("translations/glmocr-desktop_zh_CN.qm"))), "the Chinese translation does not load"
assert words.translate("States", "Done") == "已完成", words.translate("States", "Done")
END
    echo "Python $version: $said, $(printf %s "$text" | wc -m) characters read offline, the window's picture has" \
        "$(wc -c <"$place/window.png") bytes, Chinese loads"
    cd "$root"
}

for each in "$@"; do
    (try "$each")
done
