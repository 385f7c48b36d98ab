"""A block as the source that stands for it in an answer: Markdown, in which its tables are HTML."""

from __future__ import annotations

import re
from html import escape

from glmocr_desktop.core.model import Block, BlockKind, Cell, Item, Run, Style

# A bracket in front of a link as an entity: behind a backslash it would begin a formula.
_SIGNS = re.compile(
    r"([\\`*_<>$|~&])|^([#+=\-]|\d+(?=[.)](?:\s|$)))|(\[)(?=[^\[\]\n]{0,1000}\](?:[(:]|\[))", re.MULTILINE
)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)  # four blanks would make the line code
_LANGUAGE = re.compile(r"[\w+#.\-]{1,40}")
# Programs that know no formulas would see a tag of HTML, or the middle of a link or an image, without a blank here.
_ALIVE = re.compile(r"<(?=[a-zA-Z/!?])|\](?=\()")
_MARKS = ((Style.BOLD, "**"), (Style.ITALIC, "*"), (Style.STRIKE, "~~"))
_TICKS = re.compile(r"`+")


def source_of(block: Block) -> str:
    """What is read as this block."""
    match block.kind:
        case BlockKind.FORMULA:
            return f"$$\n{latex_source(block.text)}\n$$"
        case BlockKind.TABLE:
            return table_source(block.rows)
        case BlockKind.CODE:
            fence = "`" * max(3, _longest_ticks(block.text) + 1)
            return f"{fence}{block.language}\n{block.text}\n{fence}"
        case BlockKind.HEADING:
            return f"{'#' * block.level} {words_source(block.runs, breaks=False)}"
        case BlockKind.LIST:
            return "\n".join(_item(item) for item in block.items)
        case _:
            return words_source(block.runs)


def table_source(rows: tuple[tuple[Cell, ...], ...]) -> str:
    """A table on one line of HTML, as a model writes it."""
    lines = ("".join(_cell(cell) for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def span_attributes(cell: Cell) -> str:
    """The attributes of a cell's tag, with a blank in front of each."""
    spans = {"rowspan": cell.row_span, "colspan": cell.col_span}
    return "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)


def words_source(runs: tuple[Run, ...], *, breaks: bool = True) -> str:
    """Words with their styles as Markdown.

    Args:
        runs: The words.
        breaks: Whether a line break stays one; else it becomes a blank.
    """
    text = _INDENT.sub("", _styled(runs))
    return text.replace("\n", "  \n") if breaks else " ".join(text.split("\n"))


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it as it is."""
    return _SIGNS.sub(_escaped_sign, text)


def latex_source(latex: str) -> str:
    """LaTeX that does nothing in Markdown, and draws the same."""
    return _ALIVE.sub(r"\g<0> ", latex)


def code_block(info: str, body: str, source: str = "") -> Block:
    """Code whose fence had something behind it: a language, or words that must not be lost."""
    words = info.split()
    if words and (len(words) > 1 or not body.strip() or not _LANGUAGE.fullmatch(words[0])):
        return Block(BlockKind.CODE, f"{info}\n{body}".rstrip("\n"), source=source)
    return Block(BlockKind.CODE, body, language=words[0] if words else "", source=source)


def _item(item: Item) -> str:
    indent = " " * 4 * item.level
    mark = "-" if item.number is None else f"{item.number}."
    below = f"\n{indent}{' ' * (len(mark) + 1)}"
    return f"{indent}{mark} {words_source(item.runs).replace(chr(10), below)}"


def _styled(runs: tuple[Run, ...]) -> str:
    """Marks are opened and closed where a style begins and ends; blanks stay outside, where Markdown wants them."""
    text = ""
    marks: list[str] = []
    for run in runs:
        wanted = [mark for style, mark in _MARKS if style in run.style]
        written = _written(run)
        if not written.strip():
            text += written
            continue
        while any(mark not in wanted for mark in marks):
            text = _closed(text, marks.pop())
        begin = len(written) - len(written.lstrip())
        new = [mark for mark in wanted if mark not in marks]
        marks += new
        text += written[:begin] + "".join(new) + written[begin:]
    while marks:
        text = _closed(text, marks.pop())
    return text


def _closed(text: str, mark: str) -> str:
    words = text.rstrip()
    return f"{words}{mark}{text[len(words) :]}"


def _written(run: Run) -> str:
    if Style.FORMULA in run.style:
        return f"${latex_source(' '.join(run.text.split()))}$"
    if Style.CODE in run.style:
        ticks = "`" * (_longest_ticks(run.text) + 1)
        pad = " " if run.text.startswith("`") or run.text.endswith("`") else ""
        return f"{ticks}{pad}{run.text}{pad}{ticks}"
    return escaped(run.text)


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    text = escape(cell.text, quote=False).replace("\n", "<br>")
    return f"<{tag}{span_attributes(cell)}>{text}</{tag}>"


def _longest_ticks(text: str) -> int:
    return max((len(ticks) for ticks in _TICKS.findall(text)), default=0)


def _escaped_sign(match: re.Match[str]) -> str:
    if match[3]:
        return "&#91;"
    if match[2] and match[2].isdecimal():  # of a number that would begin a list, the point behind it is what counts
        return f"{match[2]}\\"
    return f"\\{match[1] or match[2]}"
