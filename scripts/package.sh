#!/bin/sh
# Builds the executables; the result is dist/GLM-OCR Desktop.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh package
python=$PWD/build/package/bin/python
# The project itself is not linked but copied there: as it is now, whatever its version.
"$python" -m pip install -qq --disable-pip-version-check --no-build-isolation --force-reinstall --no-deps .
# The same input gives the same programs.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1
exec "$python" packaging/build.py
