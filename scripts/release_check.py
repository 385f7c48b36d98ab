"""Is this a release? ``python scripts/release_check.py`` says what is missing, and ends with 1 when something is.

What tests see is left to them: the version of the packages of each system, links, translations of today, licences.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def missing(root: Path = _ROOT) -> list[str]:
    """What a release still lacks, in words."""
    return [*_changelog(root), *_translations(root), *_pins(root), *_changes(root)]


def _changelog(root: Path) -> list[str]:
    found = re.search(r'^__version__ = "(.+)"$', (root / "glmocr_desktop" / "__init__.py").read_text(), re.MULTILINE)
    version = found[1] if found else ""
    said = []
    _, *parts = re.split(r"^## ", (root / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    if parts and parts[0].startswith("[Unreleased]") and parts.pop(0).partition("\n")[2].strip():
        said.append("CHANGELOG.md has changes under Unreleased.")
    newest = parts[0].partition("\n")[0].strip() if parts else ""
    if not re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d", newest):
        said.append(f"The newest version in CHANGELOG.md is “{newest}”, and not “{version} - ” and a date.")
    return said


def _translations(root: Path) -> list[str]:
    count = sum(
        each.read_text(encoding="utf-8").count('type="unfinished"')
        for each in (root / "resources" / "translations").glob("*.ts")
    )
    return [f"{count} texts are not translated."] if count else []


def _pins(root: Path) -> list[str]:
    """Whether what was tested here is what is pinned."""
    pins = dict(
        line.split("==") for line in (root / "constraints.txt").read_text().splitlines() if not line.startswith("#")
    )
    pinned = {_plain(name): version for name, version in pins.items()}
    installed = {_plain(str(each.metadata["Name"])): each.version for each in distributions()}
    return [
        f"{name} {version} is installed, and {pinned[name]} is pinned."
        for name, version in sorted(installed.items())
        if pinned.get(name, version) != version
    ]


def _changes(root: Path) -> list[str]:
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True)
    return ["There are changes that are not committed."] if status.stdout else []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    lacking = missing()
    print("\n".join(lacking) or "Nothing is missing: tag it.")
    sys.exit(1 if lacking else 0)
