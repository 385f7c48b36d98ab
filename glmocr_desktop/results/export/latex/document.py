"""A LaTeX document, for XeLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glmocr_desktop.core.model import Block, BlockKind, Item, Result, Run
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.latex.math import display_formula
from glmocr_desktop.results.export.latex.preamble import PREAMBLE
from glmocr_desktop.results.export.latex.runs import written
from glmocr_desktop.results.export.latex.table import tables
from glmocr_desktop.results.export.latex.words import EAST_ASIAN, escaped
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.render import encoded, not_read

_HEADINGS = ("section*", "subsection*", "subsubsection*", "paragraph*", "paragraph*", "paragraph*")
_LONG_LINE = re.compile(r".{4000,}")  # TeX reads lines of 200,000 bytes at most
_SHORT = 1000
_BREAK = re.compile(f" (?=[^ ])|(?<=[}}'_{EAST_ASIAN}])(?=[^ ])")
_DEEPEST = 3  # LaTeX nests four lists
_MOST_COUNTED = 1_000_000_000  # about half of what TeX counts up to
_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")


def render(results: Sequence[Result]) -> bytes:
    """The content of a file that holds these pages in this order."""
    documents = by_document(results)
    parts = []
    for pages in documents:
        for page in pages:
            content = list(_page(page))
            if page is pages[0] and len(documents) > 1:
                name = written([Run(page.job.page.document.name)], new_line=" ")
                content.insert(0, f"{{\\LARGE\\bfseries {name}\\par}}\\bigskip")
            parts.append("\n\n".join(content) or "\\null")
    body = _LONG_LINE.sub(_broken, "\n\n\\newpage\n\n".join(parts))
    return encoded(f"{PREAMBLE}\n{body}\n\n\\end{{document}}\n")


def _broken(line: re.Match[str]) -> str:
    """A line of the source in shorter ones: at blanks, or where a comment hides the new line."""
    parts, begin = [], 0
    for place in _BREAK.finditer(line[0]):
        if place.start() - begin >= _SHORT:
            parts.append(line[0][begin : place.start()] + ("" if place[0] else "%"))
            begin = place.end()
    return "\n".join([*parts, line[0][begin:]])


def _page(result: Result) -> Iterator[str]:
    if missing := not_read(result):
        yield f"\\textit{{{escaped(missing)}}}"
        return
    for block in result.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TABLE:
            yield from tables(block)
        case BlockKind.LIST:
            yield _list(block.items)
        case BlockKind.FORMULA:
            yield display_formula(block.text) or _code(block.text)
        case BlockKind.CODE:
            yield _code(block.text)
        case BlockKind.HEADING:
            yield _heading(block)
        case _:
            yield _paragraph(block)


def _runs(block: Block) -> Sequence[Run]:
    return block.runs or [Run(block.text)]


def _paragraph(block: Block) -> str:
    words = written(_runs(block))
    return f"{{\\raggedleft {words}\\par}}" if inline.is_right_to_left(block.text) else words


def _heading(block: Block) -> str:
    words = written(_runs(block), new_line=" ")
    return f"\\{_HEADINGS[block.level - 1]}{{{words}}}"


def _code(text: str) -> str:
    lines = (escaped(line, mono=True).replace("\t", "    ").replace("  ", "\\ \\ ") for line in text.split("\n"))
    return "\\begin{code}\n" + "\n".join(f"\\mbox{{}}{line}\\par" for line in lines) + "\n\\end{code}"


def _list(items: Sequence[Item]) -> str:
    """Items as lists within lists."""
    lines: list[str] = []
    opened: list[str] = []
    expected: list[int] = []
    for item in items:
        kind = "itemize" if item.number is None else "enumerate"
        level = min(item.level, _DEEPEST, len(opened))
        while len(opened) > level + 1 or (len(opened) == level + 1 and opened[-1] != kind):
            lines.append(f"\\end{{{opened.pop()}}}")
            expected.pop()
        if len(opened) <= level:
            lines.append(f"\\begin{{{kind}}}")
            opened.append(kind)
            expected.append(1)
        label = ""
        if item.number is not None and item.number > _MOST_COUNTED:
            label = f"[{item.number}.]"
        elif item.number is not None:
            if item.number != expected[-1]:
                counter = _COUNTERS[opened.count("enumerate") - 1]
                lines.append(f"\\setcounter{{{counter}}}{{{item.number - 1}}}")
            expected[-1] = item.number + 1
        lines.append(f"\\item{label} {written(item.runs)}")
    lines += [f"\\end{{{kind}}}" for kind in reversed(opened)]
    return "\n".join(lines)
