"""Names of files: safe on every system, and as a template wants them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Document, Result

FIELDS = ("{name}", "{page}", "{date}", "{mode}", "{n}")
_FIELD = re.compile(r"\{(name|page|date|mode|n)\}")
_NO_FIELD = re.compile(r"\{[^{}]*\}?|\}")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\..*)?", re.IGNORECASE
)  # on Windows
_LONGEST_BYTES = 180  # file systems take 255, with room for a number and a suffix
_SHORTEST_BYTES = 24  # of a document's name, when the template itself is long


def safe_stem(name: str) -> str:
    """A document's name without its suffix, fit for a file name on every system."""
    return _safe(Path(name).stem)


def shown(document: Document) -> str:
    """A document's name on one line, for a heading inside a file."""
    return _UNSEEN.sub(" ", document.name)


def check_template(template: str) -> None:
    """Find out whether names can be made of a template.

    Raises:
        ExportError: It has a field that is not one of `FIELDS`.
    """
    if wrong := _NO_FIELD.search(_FIELD.sub("", template)):
        raise ExportError("name_field", field=wrong[0], known=", ".join(FIELDS))


def names_pages(template: str) -> bool:
    """Whether a template makes one file a page."""
    return "{page}" in template


def stem(template: str, results: Sequence[Result], number: int) -> str:
    """The name of a file without its suffix, fit for every system.

    Args:
        template: Checked by `check_template`.
        results: What the file holds; the first one gives the page and the mode.
        number: Of the document, from 1.
    """
    first = results[0]
    page = first.job.page
    documents = {each.job.page.document.id for each in results}
    values = {
        "page": str(page.number).zfill(len(str(page.count))),  # so that files stand in the order of the pages
        "date": date.today().isoformat(),
        "mode": first.job.mode.value,
        "n": str(number),
    }
    name = safe_stem(page.document.name) if len(documents) == 1 else "results"
    # What a template adds to a long name tells its files apart, so that the name itself is cut.
    added = len(_FIELD.sub(lambda field: values.get(field[1], ""), template).encode("utf-8", "replace"))
    values["name"] = _cut(name, max(_LONGEST_BYTES - added, _SHORTEST_BYTES))
    return _safe(_FIELD.sub(lambda field: values[field[1]], template))


def _safe(text: str) -> str:
    safe = unicodedata.normalize("NFC", _UNSAFE.sub("_", text)).strip(" .")
    if _RESERVED.fullmatch(safe):
        safe = f"_{safe}"
    return _cut(safe, _LONGEST_BYTES) or "document"


def _cut(text: str, size_bytes: int) -> str:
    """As much of a text as fits, in whole characters."""
    return text.encode()[:size_bytes].decode("utf-8", "ignore").rstrip(" .")
