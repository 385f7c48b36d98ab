"""The packages that the program is made of, and under which licences."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

_PROGRAM = "glmocr-desktop"
_FILES_ONLY = "sphinx-mathjax-offline"  # of which no code is used, so that nothing is that it needs
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"\bextra\s*==")
_LONGEST = 80  # some packages give the whole licence in the place of its name


def packages() -> list[tuple[str, str, str]]:
    """Name, version and licence of every package that is used, by name; reads many small files.

    Thread: any.
    """
    return [(name_of(each), each.version, licence_of(each)) for each in used()]


def version_of(package: str) -> str:
    """The version of a package; empty when it is not there."""
    try:
        return distribution(package).version
    except PackageNotFoundError:
        return ""


def used() -> list[Distribution]:
    """What the program needs, and what that needs, by name; all that is installed when the program itself is not.

    Thread: any.
    """
    try:
        waiting = [distribution(_PROGRAM)]
    except PackageNotFoundError:
        waiting = list(distributions())
    found: dict[str, Distribution] = {}
    while waiting:
        package = waiting.pop()
        name = name_of(package).lower()
        if name not in found:
            found[name] = package
            waiting += [] if name == _FILES_ONLY else _needed(package)
    return [each for name, each in sorted(found.items()) if name != _PROGRAM]


def _needed(package: Distribution) -> list[Distribution]:
    found = []
    for requirement in package.requires or ():
        name = _NAME.match(requirement)
        if name and not _EXTRA.search(requirement):
            try:
                found.append(distribution(name[0]))
            except PackageNotFoundError:  # not needed on this platform
                continue
    return found


def name_of(package: Distribution) -> str:
    """The name of a package, as it writes it itself."""
    return str(package.metadata["Name"])


def licence_of(package: Distribution) -> str:
    """What a package says of its licence, in a few words; empty when it says nothing."""
    about = package.metadata
    if expression := about.get_all("License-Expression", []):
        return str(expression[0])
    said = str(next(iter(about.get_all("License", [])), "")).strip()
    if said and "\n" not in said and len(said) <= _LONGEST:
        return said
    kinds = [str(each) for each in about.get_all("Classifier", []) if str(each).startswith("License :: ")]
    return ", ".join(each.rsplit(" :: ", 1)[1] for each in kinds) or _title_of_licence(package)


def _title_of_licence(package: Distribution) -> str:
    """The first line of the licence that came along, where nothing else says which one it is."""
    text = ""
    for file in package.files or ():
        if file.name.upper().startswith("LICEN"):
            with suppress(OSError):
                text = file.read_text(encoding="utf-8")
                break
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:_LONGEST]
