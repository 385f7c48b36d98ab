"""All keys of the window, found by asking its actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Keys:
    """What some keys do."""

    group: str
    text: str
    keys: str


def all_keys(window: QWidget) -> list[Keys]:
    """What all keys of a window do, those of one kind beside each other; each once."""
    found = dict.fromkeys(_keys(window.findChildren(QAction)))
    order = list(dict.fromkeys(_groups().values()))
    return sorted(found, key=lambda each: (order.index(each.group), each.text))


def matching(keys: Iterable[Keys], words: str) -> list[Keys]:
    """Those in which all of some words are found, in what they do or in their names."""
    wanted = words.casefold().split()
    return [each for each in keys if all(word in f"{each.text} {each.keys}".casefold() for word in wanted)]


def _keys(actions: Iterable[QAction]) -> Iterator[Keys]:
    for action in actions:
        names = [each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts()]
        text = action.text().removesuffix("…").replace("&", "")
        if text and any(names):
            yield Keys(_group(action), text, ", ".join(filter(None, names)))


def _group(action: QAction) -> str:
    """The heading above an action: that of the nearest of its owners that has one."""
    groups = _groups()
    owner: QObject | None = action.parent()
    while owner is not None and type(owner).__name__ not in groups:
        owner = owner.parent()
    return groups[type(owner).__name__ if owner is not None else "MainWindow"]


def _groups() -> dict[str, str]:
    """Headings by who owns the actions below them, in the order in which they are shown."""
    documents, results = translate("Keys", "Documents"), translate("Keys", "Results")
    page, window = translate("Keys", "Page"), translate("Keys", "Window")
    return {
        "Commands": documents,
        "ToolBar": documents,
        "DocumentView": documents,
        "PagePane": page,
        "OutputCommands": results,
        "ResultPane": results,
        "MainWindow": window,
    }
