#!/bin/sh
# Prints the path of a Python that the program runs on; fails when there is none. PYTHON names one to try first.
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
exit 1
