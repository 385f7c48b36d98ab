"""Writes what Windows shows under Properties: ``python packaging/windows/version_info.py build/version.txt``.

The file is a version resource in PyInstaller's own notation; the spec names it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from glmocr_desktop import __version__

_TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags={flags}, OS=0x40004, fileType=0x1, subtype=0x0
  ),
  kids=[
    StringFileInfo([
      StringTable("040904B0", [
        StringStruct("FileDescription", "GLM-OCR Desktop"),
        StringStruct("FileVersion", "{version}"),
        StringStruct("InternalName", "glmocr-desktop"),
        StringStruct("LegalCopyright", "Apache License 2.0"),
        StringStruct("ProductName", "GLM-OCR Desktop"),
        StringStruct("ProductVersion", "{version}"),
      ])
    ]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ]
)
"""
_PRERELEASE = 0x2


def version_info(version: str) -> str:
    """The resource for a version: its text as it is, and the four numbers that Windows compares."""
    release = re.match(r"\d+(?:\.\d+){0,3}", version)
    if release is None:
        raise ValueError(f"not a version: {version}")
    numbers = tuple(int(each) for each in release.group().split("."))
    flags = 0 if release.group() == version else _PRERELEASE
    return _TEMPLATE.format(numbers=(*numbers, 0, 0, 0)[:4], flags=flags, version=version)


def main(target: str) -> int:
    """Write the resource of this version; the exit code is returned."""
    Path(target).write_text(version_info(__version__), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
