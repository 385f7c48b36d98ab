"""Looks whether the pinned versions are what is installed, fit together, and have no known weakness.

The last part asks a database in the internet. Ends with 0 when all is well, 1 when something was found, and 3 when all
that can be looked at without the internet is well, but the database could not be asked.
"""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "constraints.txt"
FOUND, NOT_ASKED = 1, 3
_TOOL = ROOT / "build" / "audit"
_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)")
_OFFLINE = re.compile(
    r"ConnectionError|Max retries|NameResolution|ServiceError|Failed to (establish|connect)|timed? ?out"
)
_UNKNOWN = "not found on PyPI and could not be audited"
_WEAKNESS = re.compile(r"Found \d+ known vulnerabilit")


def main() -> int:
    """Say what was found."""
    found = [*wrong_pins(PINS.read_text(encoding="utf-8")), *_conflicts()]
    for each in found:
        print(each)
    print("Pins and what is installed:", "see above" if found else "well")
    known = _known_weaknesses()
    return FOUND if found or known == FOUND else known


def wrong_pins(pins: str) -> list[str]:
    """What in the lines of a file of pins is no pin, stands twice, or is installed in another version."""
    wrong = []
    seen = set()
    for line in pins.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pin = _PIN.fullmatch(line.strip())
        if pin is None:
            wrong.append(f"{line}: not of the form name==version")
            continue
        name, version = pin.groups()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            wrong.append(f"{name}: pinned twice")
        seen.add(key)
        if (installed := _installed(name)) not in {None, version}:
            wrong.append(f"{name}: pinned is {version}, installed is {installed}")
    return wrong


def _installed(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:  # of another platform
        return None


def _conflicts() -> list[str]:
    """What pip says of packages that do not fit together, or not to this Python, and of pins that cannot be had."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    check = subprocess.run([*pip, "check"], capture_output=True, text=True, check=False)
    wanted = ["install", "--dry-run", "--no-deps", "-q", "-r", str(PINS)]
    resolve = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
    said = [] if check.returncode == 0 else check.stdout.splitlines()
    lines = resolve.stderr.splitlines()
    return said + [each for each in lines if each.startswith("ERROR") or "yanked" in each]


def _known_weaknesses() -> int:
    """Ask pip-audit, in an environment of its own."""
    program = _TOOL / ("Scripts" if sys.platform == "win32" else "bin") / "pip-audit"
    if not program.with_suffix(".exe" if sys.platform == "win32" else "").exists():
        venv.create(_TOOL, with_pip=True, clear=True)
        install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "pip-audit"]
        made = subprocess.run([program.with_name("python"), *install], capture_output=True, text=True, check=False)
        if made.returncode:
            print("Known weaknesses: NOT LOOKED AT, pip-audit cannot be installed here.", file=sys.stderr)
            return NOT_ASKED
    options = ["--requirement", str(PINS), "--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "20"]
    asked = subprocess.run([program, *options], capture_output=True, text=True, check=False)
    return verdict(asked.returncode, asked.stdout + asked.stderr)


def verdict(code: int, said: str) -> int:
    """What an answer of pip-audit means; prints it."""
    unknown = said.count(_UNKNOWN)
    if code == 0 and unknown:  # it ends well also when it was told of nothing
        print(
            f"Known weaknesses: NOT LOOKED AT for {unknown} packages, which the database does not know.",
            file=sys.stderr,
        )
        return NOT_ASKED
    if code == 0:
        print("Known weaknesses: none")
        return 0
    if _WEAKNESS.search(said) or not _OFFLINE.search(said):
        print(said.strip())
        return FOUND
    print("Known weaknesses: NOT LOOKED AT, the database cannot be reached from here.", file=sys.stderr)
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main())
