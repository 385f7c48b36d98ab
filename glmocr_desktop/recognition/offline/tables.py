"""A page with tables, written the way a GLM-OCR server writes it: HTML tables between lines of light Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from glmocr_desktop.core.model import Cell
from glmocr_desktop.recognition.offline import bordered, borderless
from glmocr_desktop.recognition.offline.lines import Line, Pixels
from glmocr_desktop.recognition.offline.reading_order import paragraphs

# What would begin a table, a formula or a code block; other signs of Markdown do no harm, and people copy this text.
_OPENERS = re.compile(r"<(?=/?t(?:able|r|d|h)\b)|\$(?=\$)|^`(?=``)|\\(?=[\[(])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A table, and where it begins on the page in pixels."""

    top: float
    rows: list[list[Cell]]


def page_with_tables(image: Pixels, lines: list[Line]) -> str | None:
    """The text of a page with its tables as HTML and all other lines around them.

    Ruled tables are looked for first; columns of words are a table only on a page without ruled ones.

    Args:
        image: The upright page: blue, green, red.
        lines: All its lines, with their words.

    Returns:
        Light Markdown; None when there is no table.
    """
    found = bordered.find_tables(image, lines) or borderless.find_tables(lines)
    if not found:
        return None
    inside = {id(line) for _, used in found for line in used}
    rest = [line for line in lines if id(line) not in inside]
    tables = [_Placed(min(float(line.box[:, 1].min()) for line in used), rows) for rows, used in found]
    parts: list[str] = []
    for table in sorted(tables, key=lambda table: table.top):
        above = [line for line in rest if line.centre[1] < table.top]
        rest = [line for line in rest if line.centre[1] >= table.top]
        parts += [*_text(above), _html(table.rows)]
    return "\n\n".join([*parts, *_text(rest)])


def _text(lines: list[Line]) -> list[str]:
    """Paragraphs without anything that would be taken for a table or a formula."""
    return ["\n".join(_OPENERS.sub(_entity, line) for line in each.lines) for each in paragraphs(lines)]


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _html(rows: list[list[Cell]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows) + "</table>"


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", cell.row_span), ("colspan", cell.col_span)) if span > 1
    )
    return f"<td{spans}>{html.escape(cell.text)}</td>"
