"""Lists of a word processor: every entry is a paragraph that points to a numbering, which is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glmocr_desktop.core.model import Item, Run
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.word.words import NAMESPACES, element, paragraph, value, words

_DEEPEST = 8  # a word processor knows nine levels
_INDENT = 360  # twentieths of a point for each level
_MOST_COUNTED = 32_767
_NO_NUMBERING = 0
_BULLETS = "•◦▪"


class Numbering:
    """The numberings of one document."""

    def __init__(self) -> None:
        bullets = _scheme(0, "bullet", [_BULLETS[level % len(_BULLETS)] for level in range(_DEEPEST + 1)])
        numbers = _scheme(1, "decimal", [f"%{level + 1}." for level in range(_DEEPEST + 1)])
        self._bullets = 1
        self._parts = [bullets, numbers, _numbering(self._bullets, 0)]

    def xml(self) -> str:
        """The part of the document that keeps them."""
        return f"<w:numbering {NAMESPACES}>{''.join(self._parts)}</w:numbering>"

    def entries(self, items: Sequence[Item]) -> Iterator[str]:
        """The entries of one list; their numbers are those of the items, also where they do not follow each other."""
        counted: dict[int, tuple[int, int]] = {}  # by level: which numbering, and its next number
        for place, item in enumerate(items, 1):
            is_last = place == len(items)
            level = min(item.level, _DEEPEST)
            if item.number is not None and item.number > _MOST_COUNTED:
                yield _entry(replace(item, runs=(Run(f"{item.number}. "), *item.runs)), level, _NO_NUMBERING, is_last)
                continue
            counted = {deep: count for deep, count in counted.items() if deep <= level}
            used = self._bullets
            if item.number is not None:
                used, expected = counted.get(level, (0, None))
                if item.number != expected:
                    used = self._started(level, item.number)
                counted[level] = used, item.number + 1
            yield _entry(item, level, used, is_last)

    def _started(self, level: int, number: int) -> int:
        """A new numbering that begins with a number."""
        name = len(self._parts) - 1
        start = element("w:lvlOverride", {"ilvl": level}, value("w:startOverride", number))
        self._parts.append(_numbering(name, 1, start))
        return name


def _entry(item: Item, level: int, numbering: int, is_last: bool) -> str:
    numbered = element("w:numPr", None, value("w:ilvl", level), value("w:numId", numbering))
    properties = [value("w:pStyle", "ListParagraph"), numbered]
    if inline.is_right_to_left("".join(run.text for run in item.runs)):
        properties.append(element("w:bidi"))
    if is_last:
        properties += [element("w:spacing", {"after": 120}), value("w:contextualSpacing", 0)]
    return paragraph(words(item.runs), *properties)


def _numbering(number: int, scheme: int, *changes: str) -> str:
    return element("w:num", {"numId": number}, value("w:abstractNumId", scheme), *changes)


def _scheme(number: int, kind: str, labels: Sequence[str]) -> str:
    levels = (
        element(
            "w:lvl",
            {"ilvl": level},
            value("w:start", 1),
            value("w:numFmt", kind),
            value("w:lvlText", label),
            value("w:lvlJc", "left"),
            element("w:pPr", None, element("w:ind", {"left": _INDENT * (level + 1), "hanging": _INDENT})),
        )
        for level, label in enumerate(labels)
    )
    return element("w:abstractNum", {"abstractNumId": number}, value("w:multiLevelType", "hybridMultilevel"), *levels)
