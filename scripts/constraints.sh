#!/bin/sh
# Writes constraints.txt: the newest versions that fit together, as an empty environment gets them.
set -eu
cd "$(dirname "$0")/.."
venv=build/constraints
rm -rf "$venv"
"$(scripts/find_python.sh)" -m venv "$venv"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check hatchling
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-build-isolation -e '.[dev,package]'
{
    echo "# The versions that the program was tested with. Made by: make constraints"
    "$venv/bin/python" -m pip freeze --disable-pip-version-check --exclude-editable | LC_ALL=C sort -f
} >"$venv/constraints.txt"
mv "$venv/constraints.txt" constraints.txt
rm -rf "$venv"
