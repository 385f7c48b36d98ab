"""docs/json.md as tests read it: which fields it describes, of which types, and its examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|", re.MULTILINE)
_NAMES_OF_OTHERS = ("error", "server", "choices", "versions")  # described elsewhere, or as a whole
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "true or false": (bool,),
    "list": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def _section(title: str) -> str:
    return PAGE.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def described(title: str) -> dict[str, str]:
    """The fields in the table of a section, and their types."""
    return dict(_ROW.findall(_section(title)))


def examples(title: str) -> list[Any]:
    """The objects that a section shows."""
    return [json.loads(line) for line in _section(title).splitlines() if line.startswith('{"')]


def fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an object with its value; of a list, those of all that is in it."""
    for name, each in value.items():
        yield (here := f"{path}{name}"), each
        if name not in _NAMES_OF_OTHERS:
            yield from _within(each, here)


def _within(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from fields(value, f"{path}.")
    for each in value if isinstance(value, list) else ():
        yield from _within(each, f"{path}[]")


def assert_described(title: str, values: list[Any]) -> None:
    """A section describes every field of these objects, with its type, and no other field."""
    types = described(title)
    found = [field for value in values for field in fields(value)]
    assert {name for name, _ in found} == set(types)
    wrong = [(name, value) for name, value in found if not _is_a(value, types[name])]
    assert wrong == []


def _is_a(value: Any, words: str) -> bool:
    allowed = [kind for kind, types in _TYPES.items() if type(value) in types]
    parts = words.split(" or ") if "true or false" not in words else [words]
    return any(kind in parts for kind in allowed)
