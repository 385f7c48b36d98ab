#!/bin/sh
# Reads the bundled samples: in the window where there is a screen, else on the command line and in a window's picture.
set -eu
cd "$(dirname "$0")/.."
program=.venv/bin/glmocr-desktop
samples=resources/samples

if [ "$(uname)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" "$samples"
fi
export GLMOCR_TIMEOUT_S=600 # on a slow machine, too
"$program" recognize "$samples"
echo "There is no screen here. The window's picture is written to build/window.png." >&2
mkdir -p build
QT_QPA_PLATFORM=offscreen "$program" --screenshot build/window.png "$samples"
