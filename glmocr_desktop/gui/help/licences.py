"""The licences of the program and of all that it brings along, in one text; asks only what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from glmocr_desktop import __version__
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.gui.help.parts import licence_of, name_of, used

_PROGRAM = "glmocr-desktop"
_LINE = "=" * 78
_TITLES = ("LICEN", "COPYING", "COPYRIGHT", "NOTICE", "MODEL_LICEN", "THIRDPARTY", "THIRD-PARTY")
_CODE = {".py", ".pyc", ".pyi", ".so", ".pyd", ".js", ".json"}

# What other packages carry inside, which their metadata does not always tell.
_INSIDE = (
    ("PySide6_Essentials, shiboken6", "Qt and Qt for Python", "LGPL-3.0-only"),
    ("rapidocr", "the PP-OCR models", "Apache-2.0"),
    ("sphinx-mathjax-offline", "MathJax", "Apache-2.0"),
    ("quickjs-ng", "QuickJS-ng", "MIT"),
    ("pypdfium2", "PDFium and what it is made of", "BSD-3-Clause AND Apache-2.0, and others"),
    ("pi_heif", "libheif and libde265", "LGPL-3.0"),
    ("opencv-python-headless", "FFmpeg", "LGPL-2.1"),
    ("numpy, opencv-python-headless", "OpenBLAS", "BSD-3-Clause"),
    ("shapely", "GEOS", "LGPL-2.1"),
)
# By which words the whole text of a licence is known, where a package brings none.
_KNOWN_TEXTS = (
    (r"LGPL-3", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"),
    (r"LGPL-3|(?<!L)GPL-3", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
    (r"Apache", r"Apache License\s+Version 2\.0"),
    (r"\bMIT\b", r"Permission is hereby granted, free of charge"),
    (r"BSD", r"Redistribution and use in source and binary forms"),
)


def shown_licences() -> str:
    """The text that came with the program; made anew where the program runs from installed packages.

    Thread: any; reads many files.
    """
    try:
        return resource_path("licences.txt").read_text(encoding="utf-8")
    except OSError:
        return all_licences()


def write_licences(path: Path) -> None:
    """Write the licences of all that is installed, for the program to bring along."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(all_licences(), encoding="utf-8")


def all_licences() -> str:
    """The licences of all that is installed and used: first a list, then the texts.

    Thread: any; reads many files.
    """
    return "\n".join(_lines(used()))


def _lines(packages: Sequence[Distribution]) -> Iterator[str]:
    yield f"GLM-OCR Desktop {__version__}, licence: Apache-2.0"
    yield ""
    yield "It is made of these packages. Their licences follow below, one after the other."
    yield ""
    width = max((len(_title(each)) for each in packages), default=0)
    yield from (f"{_title(each):{width}}  {licence_of(each) or 'not stated'}" for each in packages)
    yield from ("", "Some of them carry works of others:", "")
    yield from (f"{inside}, in {package}: {licence}" for package, inside, licence in _INSIDE)
    yield ""
    yield "Qt, libheif, libde265, FFmpeg and GEOS are libraries of their own, which may be replaced by other builds."
    texts = {_title(each): list(_texts(each)) for each in packages}
    first: dict[str, str] = {}  # where each text stands
    for text_name, text in _own_text():
        yield from _section(f"GLM-OCR Desktop {__version__}", text_name, text, first)
    for package in packages:
        title = _title(package)
        yield from ("", _LINE, title, f"Licence: {licence_of(package) or 'not stated'}", _LINE)
        for text_name, text in texts[title]:
            yield from _section(title, text_name, text, first)
        if not texts[title]:
            yield from _elsewhere(package, texts)


def _section(title: str, name: str, text: str, first: dict[str, str]) -> Iterator[str]:
    key = " ".join(text.split())
    if key in first:
        yield from ("", f"{name}: the same text as {first[key]}")
        return
    first[key] = f"{name} of {title}"
    yield from ("", f"--- {name} of {title}", "", text.strip())


def _elsewhere(package: Distribution, texts: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Where the text is, of a licence that a package does not bring."""
    yield from ("", "This package brings no text of its licence.")
    for kind, words in _KNOWN_TEXTS:
        if re.search(kind, licence_of(package)) and (found := _holding(words, texts)):
            yield f"The words of such a licence are in {found}."
    homes = [*package.metadata.get_all("Project-URL", []), *package.metadata.get_all("Home-page", [])]
    yield from (f"Found at: {each}" for each in dict.fromkeys(map(str, homes)))


def _holding(words: str, texts: dict[str, list[tuple[str, str]]]) -> str:
    own = [("GLM-OCR Desktop", list(_own_text()))]
    each_text = ((title, name, text) for title, named in [*own, *texts.items()] for name, text in named)
    return next((f"{name} of {title}" for title, name, text in each_text if re.search(words, text)), "")


def _own_text() -> Iterator[tuple[str, str]]:
    """The program's own licence, from its package or from beside its source."""
    try:
        yield from _texts(distribution(_PROGRAM))
    except PackageNotFoundError:
        beside = Path(__file__).resolve().parents[3] / "LICENSE"
        if beside.is_file():
            yield beside.name, beside.read_text(encoding="utf-8")


def _title(package: Distribution) -> str:
    return f"{name_of(package)} {package.version}"


def _texts(package: Distribution) -> Iterator[tuple[str, str]]:
    """Names and words of the licences that a package brings; a name counts once."""
    seen = set()
    for file in sorted(package.files or (), key=str):
        short = _short_name(file)
        if not _is_licence(file) or short in seen:
            continue
        seen.add(short)
        try:
            yield short, Path(str(package.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        except OSError:  # named, but not there
            continue


def _is_licence(file: PurePosixPath) -> bool:
    if file.suffix in _CODE:
        return False
    in_metadata = any(part.endswith(".dist-info") for part in file.parts)
    return (in_metadata and "licenses" in file.parts) or file.name.upper().startswith(_TITLES)


def _short_name(file: PurePosixPath) -> str:
    parts = file.parts
    return "/".join(parts[parts.index("licenses") + 1 :]) if "licenses" in parts else file.name
