#!/bin/sh
# Makes sure that Debian packages are installed: debian_packages.sh NAME... ; in `a|b` either will do.
# Root installs what is missing. Anybody else is told the line to type. Systems without apt are left alone.
set -eu
command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0

# A package is there under its own name, or as one that another package provides (libglib2.0-0 by libglib2.0-0t64).
missing=$(dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Provides}\n' | awk -F '\t' -v wanted="$*" '
    $1 == "installed" {
        there[$2] = 1
        count = split($3, provided, ", *")
        for (i = 1; i <= count; i++) { sub(/ .*/, "", provided[i]); there[provided[i]] = 1 }
    }
    END {
        count = split(wanted, names, /[ \n]+/)
        for (i = 1; i <= count; i++) {
            found = 0
            choices = split(names[i], choice, "|")
            for (j = 1; j <= choices; j++) if (choice[j] in there) found = 1
            if (!found) print choice[1]
        }
    }' | tr '\n' ' ')
missing=${missing% }
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "Some of Debian's packages are missing. Type this line, then start again:" >&2
    echo "sudo apt-get update && sudo apt-get install --no-install-recommends $missing" >&2
    exit 1
fi

echo "Installing Debian's packages: $missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Prints what the command printed, but only when it fails.
quietly() {
    "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}
install() {
    apt-get install --no-install-recommends "$@"
}
# shellcheck disable=SC2086 # a list of words
{
    # The lists of packages are fetched only when they are needed: not there yet, or too old to find a file by.
    if ! install --simulate $missing >/dev/null 2>&1 || ! install -y $missing >/dev/null 2>&1; then
        quietly apt-get update
        quietly install -y $missing
    fi
}
