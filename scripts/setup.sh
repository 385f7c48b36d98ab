#!/bin/sh
# Prepares this machine and an environment: setup.sh run|test for .venv, setup.sh package for build/package, which holds
# nothing but what gets into the executables.
# Fast when nothing has changed: the environment is installed anew only if its pins or the project's table did.
set -eu
cd "$(dirname "$0")/.."
purpose=$1
venv=.venv

# Qt's libraries for a window on X11 and for one without a screen, and a font with Chinese characters.
packages="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
fonts-wqy-microhei|fonts-noto-cjk"
extra=
editable=-e
if [ "$purpose" = test ]; then
    # A screen, a window manager and a hand for the tests of the window, and the bus that screen readers use.
    packages="$packages xvfb xauth openbox xdotool at-spi2-core dbus gir1.2-atspi-2.0 python3-gi"
    extra='[dev]'
elif [ "$purpose" = package ]; then
    packages="$packages binutils fonts-wqy-microhei" # the font goes in
    extra='[package]'
    venv=build/package
    editable=
fi

# One set-up at a time, where the system has a lock for that.
mkdir -p build
if command -v flock >/dev/null; then
    exec 9>build/setup.lock
    flock 9
fi

python=$(scripts/find_python.sh || true)
if [ -z "$python" ]; then
    packages="python3 python3-venv $packages"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    packages="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') $packages"
fi
# shellcheck disable=SC2086 # a list of words
scripts/debian_packages.sh $packages

python=$(scripts/find_python.sh) || {
    echo "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, or name it: make run PYTHON=/path/to/python3" >&2
    exit 1
}

# An environment belongs to one Python and one place; what is in it, to the pins. A test set-up serves `make run` too.
home="$("$python" --version) in $PWD"
pins=$(cat pyproject.toml constraints.txt | cksum)
holds() {
    [ "$(cat "$1" 2>/dev/null)" = "$2" ]
}
if holds "$venv/home" "$home" && "$venv/bin/python" -c '' 2>/dev/null; then
    if holds "$venv/ready-test" "$pins" || holds "$venv/ready-$purpose" "$pins"; then
        exit 0
    fi
else
    rm -rf "$venv"
fi

echo "Installing the Python packages into $venv. The first time this takes a minute or two."
rm -f "$venv"/ready-*
[ -d "$venv" ] || "$python" -m venv "$venv"
printf '%s' "$home" >"$venv/home"
install() {
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check -c constraints.txt "$@"
}
# The build tool comes from the pins as well, so that the same files give the same environment.
install hatchling
# shellcheck disable=SC2086 # an option or nothing
install --no-build-isolation $editable ".$extra"
printf '%s' "$pins" >"$venv/ready-$purpose"
