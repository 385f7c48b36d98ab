"""Tables that an answer writes as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from glmocr_desktop.core.model import Block, BlockKind, Cell
from glmocr_desktop.results import inline

_MAX_SPAN = 1000  # the HTML standard's limit of colspan
_MAX_AREA = 200_000  # places in a grid; a looping model writes tables whose spans would fill the memory

# fmt: off
KNOWN_TAGS = frozenset([
    "a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "br", "button", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img",
    "input", "ins", "kbd", "label", "li", "link", "main", "mark", "math", "meta", "nav", "ol", "p", "pre", "q", "s",
    "samp", "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul", "var",
    "video", "annotation", "g", "maction", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mroot", "mrow", "mspace",
    "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "optgroup",
    "option", "path", "select", "semantics",
])
# fmt: on
"""What is a tag of HTML; anything else that looks like one are words, as in ``a <name> of b``."""

UNSEEN_TAGS = frozenset({"script", "style", "head", "title", "template"})
"""Elements whose content nobody was meant to read."""

_KEPT_TAGS = {"table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "br", "p", "div", "li", "sub", "sup"}
_SPANS = {"td": {"rowspan", "colspan"}, "th": {"rowspan", "colspan"}}
_TAG_LIKE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)?(?P<rest>[^<>]*)>?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE_TAGS = {"br", "p", "div", "li"}


def read_tables(html: str) -> list[Block]:
    """The tables of a piece of HTML; words beside them become paragraphs of their own."""
    import nh3

    clean = nh3.clean(
        _TAG_LIKE.sub(_escaped_word, without_comments(html)),
        tags=_KEPT_TAGS,
        attributes=_SPANS,
        clean_content_tags=UNSEEN_TAGS - {"head"},
        link_rel=None,
    )
    return _Reader.read(clean)


def without_comments(html: str) -> str:
    """The same without complete comments; one that is never closed stays, as words, for all that follows."""
    end = html.rfind("-->") + 3
    return _COMMENT.sub("", html[:end]) + html[end:] if end > 3 else html


def is_tag(name: str, rest: str) -> bool:
    """Whether what looks like a tag is one: not so in ``a<b and c>d`` or ``<name>``.

    Args:
        name: The word behind the bracket.
        rest: What stands between the word and the closing bracket.
    """
    word = name.lower()
    if word not in KNOWN_TAGS or (rest and rest[0] not in " \t\n/"):
        return False
    return len(word) > 1 or not rest.strip(" /\t\n") or "=" in rest


def _escaped_word(match: re.Match[str]) -> str:
    """A stray bracket as an entity, a tag as it is."""
    name, rest = match["name"], match["rest"]
    closed = match[0].endswith(">")
    if name and (closed or name.lower() in _KEPT_TAGS) and is_tag(name, rest):
        return match[0]
    return f"&lt;{match[0][1:]}"


class _Reader(HTMLParser):
    """Collects the cells of tables from clean HTML; a table inside a cell becomes part of the cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._rows: list[list[Cell]] = []
        self._spans = (1, 1)
        self._words: list[str] = []
        self._moved: list[int] = []  # where text that stands above or below the line begins
        self._depth = 0
        self._in_head = False

    @classmethod
    def read(cls, html: str) -> list[Block]:
        reader = cls()
        reader.feed(html)
        reader.close()
        reader._end_paragraph()
        return reader.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if not self._depth:
                self._end_paragraph()
            self._depth += 1
        if self._depth > 1:
            self._words.append("\n" if tag in ("tr", "table") else " ")
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._words.clear()
            values = dict(attrs)
            self._spans = _span(values.get("rowspan")), _span(values.get("colspan"))
        elif tag in _LINE_TAGS:
            self._words.append("\n")
        if tag in ("sub", "sup"):
            self._moved.append(len(self._words))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("sub", "sup") and self._moved:
            begin = min(self._moved.pop(), len(self._words))
            text = "".join(self._words[begin:])
            self._words[begin:] = [inline.raised(text) if tag == "sup" else inline.lowered(text)] if text else []
        elif tag == "table":
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth > 1:
            self._words.append(" ")
        elif tag in ("td", "th"):
            text = inline.plain(inline.runs(self._text()))
            self._rows[-1].append(Cell(text, *self._spans, header=tag == "th" or self._in_head))
        elif tag == "thead":
            self._in_head = False
        elif tag == "caption":
            self._end_paragraph()
        elif tag in _LINE_TAGS:
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._words).split("\n"))
        self._words.clear()
        self._moved.clear()
        return "\n".join(line for line in lines if line)

    def _end_paragraph(self) -> None:
        if text := self._text():
            words = inline.runs(text)
            self.blocks.append(Block(BlockKind.PARAGRAPH, inline.plain(words), words))

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        height = len(rows)
        # A span may not reach below the last row: there is nothing to cover.
        cut = tuple(
            tuple(replace(cell, row_span=min(cell.row_span, height - number)) for cell in row)
            for number, row in enumerate(rows)
        )
        if sum(cell.row_span * cell.col_span for row in cut for cell in row) > _MAX_AREA:
            cut = tuple(tuple(replace(cell, row_span=1, col_span=1) for cell in row) for row in cut)
        if any(cut):
            self.blocks.append(Block(BlockKind.TABLE, rows=cut))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    if not digits.isdecimal():
        return 1
    return min(max(int(digits), 1), _MAX_SPAN) if len(digits) <= len(str(_MAX_SPAN)) else _MAX_SPAN
