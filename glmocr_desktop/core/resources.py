"""Where the files are that the program brings along."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource_path(name: str) -> Path:
    """Path of a file or folder of `resources/`, in an installed package as in the source tree."""
    installed = _PACKAGE / "resources"
    return (installed if installed.is_dir() else _PACKAGE.parent / "resources") / name


def guide_path() -> Path | None:
    """The guide for people who use the program, where it came along."""
    found = (_PACKAGE.parent / name for name in ("docs/guide.md", "README.md"))
    return next((each for each in found if each.is_file()), None)
