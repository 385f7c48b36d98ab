"""The licences of everything that comes with the program, in full."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import Distribution
from pathlib import PurePosixPath

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.gui.help.parts import licence_of, name_of, used

_FILE = "licences.txt"
_NAMES = ("LICEN", "COPYING", "NOTICE", "BUILD_LICENSES", "MODEL_LICENSES", "AUTHORS")
_LONGEST = 2_000_000  # characters of one text
_LINE = "=" * 78
# What comes inside a package and has a licence of its own, where the package does not bring its text.
_INSIDE = {
    "PySide6_Essentials": "Qt 6 is used under the LGPL-3.0, as libraries of their own that can be replaced.",
    "shiboken6": "Is used under the LGPL-3.0, as a library of its own that can be replaced.",
    "sphinx-mathjax-offline": "Brings MathJax 3.2.2, Apache-2.0; nothing else of it is used.",
    "onnxruntime": "Copyright (c) Microsoft Corporation; MIT.",
    "rapidocr": "Brings the models of PP-OCR, Apache-2.0, copyright (c) PaddlePaddle Authors.",
}


def licences() -> str:
    """A list of all packages with their licences, then the texts of these.

    Made when the program was packed, else from what is installed now; reads hundreds of files.

    Thread: any. Blocks.
    """
    with suppress(OSError):
        return resource_path(_FILE).read_text(encoding="utf-8")
    packages = used()
    width = max((len(_title(each)) for each in packages), default=0)
    lines = [f"{_title(each):{width}}  {licence_of(each)}" for each in packages]
    return "\n".join([*lines, "", *map(_section, packages)])


def _title(package: Distribution) -> str:
    return f"{name_of(package)} {package.version}"


def _section(package: Distribution) -> str:
    said = [_LINE, _title(package), licence_of(package), _INSIDE.get(name_of(package), ""), _LINE]
    return "\n".join([*(each for each in said if each), "", *_texts(package), ""])


def _texts(package: Distribution) -> list[str]:
    texts: dict[str, None] = {}  # the same text comes once
    for file in sorted(package.files or (), key=str):
        if _is_licence(file):
            with suppress(OSError, UnicodeDecodeError):
                texts[file.read_text(encoding="utf-8").strip()[:_LONGEST]] = None
    return [f"{text}\n" for text in texts]


def _is_licence(file: PurePosixPath) -> bool:
    in_metadata = any(part.endswith(".dist-info") for part in file.parts)
    named = file.name.upper().startswith(_NAMES) or "licenses" in file.parts
    return (in_metadata and named) or (len(file.parts) == 2 and file.name.upper().startswith("LICEN"))
