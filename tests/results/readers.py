"""What another program finds in an exported file."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt

_TEX_SIGNS = {
    r"\textbackslash{}": "＼",  # not to be taken for a command below
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textasciigrave{}": "`",
    r"\ldots{}": "…",
    "``": "“",
    "''": "”",
    "---": "—",
    "--": "–",
}
ACTIVE = re.compile(
    r"<script|<style(?!>)|<iframe|<object|<embed|<img|<link|<a\s|\son\w+\s*=\s*[\"'a-z]|javascript:[^)]*[\"']|@import"
    r"|(?:href|src|action|background)\s*=|url\(",
    re.IGNORECASE,
)
"""What would run, load or lead somewhere, among the tags of a page."""

_TEX_COMMAND = re.compile(r"\\[a-zA-Z@]+\*?|\\(?=[{}$&#%_])|[{}~]|(?<!\\)%\n")


def words_of(name: str, content: bytes) -> str:
    """All that a reader of the file would see, without blanks."""
    return "".join(_READERS[name](content).split())


class _Text(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in ("style", "head", "script")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in ("style", "head", "script")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)


def _html(content: bytes) -> str:
    return " ".join(_Text(content.decode()).parts)


def _markdown(content: bytes) -> str:
    return _html(MarkdownIt("gfm-like", {"linkify": False}).render(content.decode()).encode())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("received",):
                yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _json(content: bytes) -> str:
    return " ".join(text for page in json.loads(content) for text in _strings(page["blocks"]))


def _sheet(delimiter: str) -> Callable[[bytes], str]:
    def read(content: bytes) -> str:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
        return " ".join(cell.removeprefix("'") for row in rows for cell in row)

    return read


def _xlsx(content: bytes) -> str:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return " ".join(
        _shown(cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def _shown(cell: Any) -> str:
    """A number as its format shows it."""
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
        return str(cell.value)
    pattern = cell.number_format
    digits = len(pattern.partition(".")[2].rstrip("%")) if "." in pattern else 0
    share = pattern.endswith("%")
    grouped = "," if "," in pattern else ""
    return f"{cell.value * (100 if share else 1):{grouped}.{digits}f}{'%' if share else ''} {cell.value}"


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/document")]
        trees = [ElementTree.fromstring(archive.read(name)) for name in parts]
    texts = (
        element.text or "" if element.tag.endswith("}t") else " "
        for tree in trees
        for element in tree.iter()
        if element.tag.endswith(("}t", "}br", "}tab"))
    )
    return "".join(texts)


def _tex(content: bytes) -> str:
    text = content.decode().partition("\\begin{document}")[2]
    for written, sign in _TEX_SIGNS.items():
        text = text.replace(written, sign)
    return _TEX_COMMAND.sub("", text)


_READERS: dict[str, Callable[[bytes], str]] = {
    "txt": bytes.decode,
    "md": _markdown,
    "html": _html,
    "json": _json,
    "csv": _sheet(","),
    "tsv": _sheet("\t"),
    "xlsx": _xlsx,
    "docx": _docx,
    "tex": _tex,
}
