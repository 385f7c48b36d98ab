"""The guide names the keys that the window has."""

from __future__ import annotations

import re
from pathlib import Path

from glmocr_desktop.gui.help.shortcuts import all_keys
from glmocr_desktop.gui.main_window import MainWindow

_DOCS = Path(__file__).parents[3] / "docs"
_ROW = re.compile(r"^\| \*\*(.+?)\*\* \| ((?:Ctrl|Shift|Alt|F\d|Esc|Del)\S*(?:, \S+)*) \|$", re.MULTILINE)
_REDO = "Redo"  # has other keys on each system


def _rows(name: str) -> list[tuple[str, str]]:
    return _ROW.findall((_DOCS / name).read_text(encoding="utf-8"))


def test_the_guide_has_all_keys_of_the_window(lone_window: MainWindow) -> None:
    there = {(each.text, each.keys) for each in all_keys(lone_window) if each.text != _REDO}
    assert {row for row in _rows("guide.md") if row[0] != _REDO} == there


def test_both_languages_have_the_same_keys() -> None:
    assert [keys for _, keys in _rows("guide.zh_CN.md")] == [keys for _, keys in _rows("guide.md")]
