"""Tables as LaTeX: they may run over several pages, and are as wide as a page at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from glmocr_desktop.core.model import Block
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.fitting import FittedTable, Place, fitted, line_width
from glmocr_desktop.results.export.latex.runs import written

_MOST_COLUMNS = 40
_ON_ONE_PAGE = 25  # lines: about half a page
_ROOM_MM = 160.0
# For tables with up to so many columns: a size, the widths of a letter and of the room beside one, in millimetres.
_SIZES: tuple[tuple[int, str, float, float], ...] = (
    (6, "small", 1.75, 2.0),
    (10, "footnotesize", 1.55, 1.5),
    (16, "scriptsize", 1.35, 1.0),
    (24, "tiny", 1.0, 0.6),
)
_SMALLEST = ("tiny", 1.0, 0.3)


def tables(block: Block) -> Iterator[str]:
    """A table, in several parts when it has too many columns."""
    for table in fitted(block, _MOST_COLUMNS):
        yield _table(table.mirrored() if table.right_to_left else table)


def _table(table: FittedTable) -> str:
    count = len(table.widths)
    size, letter, padding = next((each[1:] for each in _SIZES if count <= each[0]), _SMALLEST)
    widths = [width - 2 * padding for width in table.shares(_ROOM_MM, letter, 2 * padding + 0.5)]
    columns = "|".join(
        f">{{\\{'raggedleft' if number in table.numeric else 'raggedright'}\\arraybackslash}}p{{{width:.1f}mm}}"
        for number, width in enumerate(widths)
    )
    heights = [_row_lines(row, widths, letter) for row in table.rows]
    lines = [
        f"{' & '.join(_cell(table, place, widths, padding) for place in row)} \\tabularnewline"
        f"{_more_room(row, heights[: number + 1], widths, letter)}\n{_rule(row)}"
        for number, row in enumerate(table.rows)
    ]
    whole = _whole if sum(heights) <= _ON_ONE_PAGE else _long
    return f"{{\\{size}\\setlength{{\\tabcolsep}}{{{padding}mm}}\n{whole(lines, table.header_rows, columns)}}}"


def _whole(lines: Sequence[str], _header_rows: int, columns: str) -> str:
    """A table that stands on one page."""
    rows = "\n".join(lines)
    return f"\\begin{{center}}\n\\begin{{tabular}}{{|{columns}|}}\n\\hline\n{rows}\n\\end{{tabular}}\n\\end{{center}}"


def _long(lines: Sequence[str], header_rows: int, columns: str) -> str:
    """A table that runs over pages, with its header on each."""
    head, body = lines[:header_rows], lines[header_rows:]
    return "\n".join(
        [
            f"\\begin{{longtable}}{{|{columns}|}}",
            *(["\\hline", *head, "\\endfirsthead", *_repeated(head), "\\endhead"] if head else ["\\hline"]),
            *body,
            "\\end{longtable}",
        ]
    )


def _repeated(head: Sequence[str]) -> list[str]:
    """The header of later pages; the rule below it is that of the row before, which LaTeX draws on both pages."""
    return ["\\hline", *head[:-1], head[-1].rpartition("\n")[0]]


def _cell(table: FittedTable, place: Place, widths: Sequence[float], padding: float) -> str:
    words = "" if place.row else _words(place)
    width = _width(place, widths, padding)
    if place.height > 1 and words:
        words = f"\\multirow[t]{{{place.height}}}{{{width:.1f}mm}}{{\\raggedright {words}}}"
    if place.width == 1:
        return words
    left = "|" if place.column == 0 else ""
    aligned = "centering" if place.cell.header else "raggedright"
    return f"\\multicolumn{{{place.width}}}{{{left}>{{\\{aligned}\\arraybackslash}}p{{{width:.1f}mm}}|}}{{{words}}}"


def _words(place: Place) -> str:
    words = written(inline.runs(place.cell.text), new_line="\\newline")
    return f"\\textbf{{{words}}}" if words and place.cell.header else words


def _width(place: Place, widths: Sequence[float], padding: float) -> float:
    """The room for the words of a place, which has that between its columns, too."""
    return sum(widths[place.column : place.column + place.width]) + 2 * padding * (place.width - 1)


def _rule(row: Sequence[Place]) -> str:
    """The rule below a row, with gaps where cells go on."""
    if all(place.is_last for place in row):
        return "\\hline"
    ended = (f"\\cline{{{place.column + 1}-{place.column + place.width}}}" for place in row if place.is_last)
    return "".join(ended)


def _more_room(row: Sequence[Place], heights: Sequence[int], widths: Sequence[float], letter: float) -> str:
    """Room below the last row of cells whose words need more lines than their rows have, which LaTeX does not see.

    Args:
        row: A row.
        heights: Of the rows down to this one.
        widths: Of the columns, and of a letter, in the same unit.
        letter: See above.
    """
    ended = (place for place in row if place.height > 1 and place.is_last and place.cell.text)
    missing = max((_lines(place, widths, letter) - sum(heights[-place.height :]) for place in ended), default=0)
    return f"[{missing}\\baselineskip]" if missing > 0 else ""


def _row_lines(row: Sequence[Place], widths: Sequence[float], letter: float) -> int:
    """How high a row is, in lines."""
    return max((_lines(place, widths, letter) for place in row if place.height == 1), default=1)


def _lines(place: Place, widths: Sequence[float], letter: float) -> int:
    """How many lines the words of a place need, about."""
    room = max(sum(widths[place.column : place.column + place.width]), letter)
    return sum(max(1, ceil(line_width(line) * letter * 1.1 / room)) for line in place.cell.text.split("\n"))
