"""Takes a formula apart, and writes it again from commands that only draw."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from glmocr_desktop.results.export.latex import commands as known
from glmocr_desktop.results.export.latex.symbols import SYMBOLS
from glmocr_desktop.results.export.latex.words import escaped

_DEEPEST = 40  # TeX itself gives up at 255

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<newline>\\\\(?:\s*\[\s*(?P<skip>-?\d{0,3}\.?\d{1,3}\s*(?:pt|em|ex|mm|cm))\s*\])?\*?)"
    r"|\\(?P<command>[a-zA-Z]+)(?P<star>\*?)|\\(?P<sign>.)|(?P<group>[{}])|(?P<cell>&)|(?P<script>[_^])"
    r"|(?P<escaped>[%#])|(?P<active>[$\\])|(?P<plain>[!-~])|(?P<other>[^\x00-\xa0]+|[\x80-\xa0])",
    re.DOTALL,
)
_NAME = re.compile(r"\s*\{\s*([a-zA-Z]+\*?)\s*\}")
_PLACE = re.compile(r"\s*\[([tbc])\]")
_COLUMNS = re.compile(r"\s*\{((?:[lcr|:\s]|\*\s*\{?\s*\d{1,2}\s*\}?\s*(?=[{lcr])|\{[lcr|\s]+\})*)\}")
_COUNT = re.compile(r"\s*\{\s*(\d{1,2})\s*\}")
_COLOUR = re.compile(r"\s*\{\s*([a-z]+)\s*\}")
_SPACE = re.compile(r"\s*\{\s*(-?\d{0,3}\.?\d{1,3}\s*(?:pt|em|ex|mm|cm|in|mu))\s*\}")
_CHEMISTRY = re.compile(r"\s*\{([A-Za-z0-9+\-=<>()\[\]^_.,*/ ]{1,200})\}")
_DELIMITER = re.compile(r"\s*(?:\\([a-zA-Z]+)|\\([{}|])|([()\[\]|/.<>]))")
_ARGUMENT = re.compile(r"\*?\s*\{((?:[^{}\\]|\\.|\{[^{}\\]*\})*)\}")
_OPTION = re.compile(r"\s*\[[^\[\]\\{}$%#&]{0,20}\]")
_WORDS_PARTS = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+)\$")
_UNESCAPED = re.compile(r"\\([{}$&#%_ ])")
_TAKEN = re.compile(r"\s*[\[*]")
_ENDING = re.compile(r"\\[a-zA-Z]+\Z")


class NotAllowed(Exception):
    """Something that cannot be written."""


@dataclass(slots=True)
class _Open:
    """A group that is not closed yet.

    Attributes:
        kind: ``{``, ``left`` or the name of an environment.
        begin: Where in the output it begins.
        columns: How many columns an array declares.
        cells: Of the row in hand.
        most_cells: Of any row.
    """

    kind: str
    begin: int
    end: str
    columns: int = 0
    cells: int = 1
    most_cells: int = 1


@dataclass(slots=True)
class Writer:
    """Takes one formula apart, and writes it again."""

    latex: str
    keeps_tag: bool
    tag: str = ""
    _at: int = 0
    _out: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _has_lines: bool = False

    def write(self) -> None:
        """Write the whole formula.

        Raises:
            NotAllowed: It cannot be written.
        """
        if "^^" in self.latex:  # TeX's way to write any sign by its number
            raise NotAllowed
        while self._at < len(self.latex):
            token = _TOKEN.match(self.latex, self._at)
            if token is None:
                raise NotAllowed
            self._at = token.end()
            self._take(token)
        if self._open:
            raise NotAllowed

    def body(self) -> str:
        """The formula without its tag."""
        body = " ".join("".join(self._out).split())
        return f"\\begin{{gathered}} {body} \\end{{gathered}}" if self._has_lines else body

    def _take(self, token: re.Match[str]) -> None:
        match token.lastgroup if token["command"] is None else "command":
            case "space":
                self._out.append(" ")
            case "newline" | "skip":
                self._new_line(token["skip"])
            case "command":
                self._command(token["command"], bool(token["star"]))
            case "sign":
                self._sign(token["sign"])
            case "group":
                self._group(token["group"])
            case "cell":
                self._new_cell()
            case "script" | "plain":
                self._out.append(token[0])
            case "escaped":
                self._out.append(f"\\{token[0]}")
            case "other":
                self._other(token["other"])
            case _:
                raise NotAllowed

    def _innermost(self) -> _Open | None:
        return self._open[-1] if self._open else None

    def _new_line(self, skip: str | None) -> None:
        inner = self._innermost()
        if inner is None:
            self._has_lines = True
        elif inner.kind in ("{", "left"):
            raise NotAllowed
        else:
            inner.cells = 1
        # A bracket or star that begins the next line would be taken for an argument.
        is_taken = _TAKEN.match(self.latex, self._at)
        self._out.append(f"\\\\[{skip}]" if skip else "\\\\{}" if is_taken else "\\\\ ")

    def _new_cell(self) -> None:
        inner = self._innermost()
        if inner is None or inner.kind in ("{", "left", "substack"):
            raise NotAllowed
        inner.cells += 1
        inner.most_cells = max(inner.most_cells, inner.cells)
        self._out.append("&")

    def _group(self, brace: str) -> None:
        if brace == "{":
            before = next((each for each in reversed(self._out) if not each.isspace()), "")
            is_stack = before.rstrip() == "\\substack"
            self._begin(_Open("substack" if is_stack else "{", len(self._out), "}"))
            self._out.append("{")
        else:
            inner = self._innermost()
            if inner is None or inner.end != "}":
                raise NotAllowed
            self._open.pop()
            self._out.append("}")

    def _begin(self, opened: _Open) -> None:
        if len(self._open) >= _DEEPEST:
            raise NotAllowed
        self._open.append(opened)

    def _sign(self, sign: str) -> None:
        if sign.isspace():
            self._out.append("\\ {}")  # the blank alone would be lost at an end
        elif sign in known.SIGNS:
            self._out.append(f"\\{sign}")
        else:
            raise NotAllowed

    def _other(self, signs: str) -> None:
        """Signs that fonts for formulas do not have, unless a command draws them."""
        for is_symbol, group in groupby(signs, SYMBOLS.__contains__):
            if is_symbol:
                written = (SYMBOLS[sign] for sign in group)
                self._out += [f"{each} " if _ENDING.search(each) else each for each in written]
            else:
                self._out.append(f"\\text{{{escaped(''.join(group))}}}")

    def _command(self, name: str, star: bool) -> None:
        if star and name not in known.STARRED and name not in ("tag", "hspace"):
            self._at -= 1  # a sign of its own
            star = False
        if name in known.SIZES:
            self._sized(name)
        elif name in known.WORDS:
            self._out.append(f"\\{known.WORDS[name]}{{{_words(self._argument())}}}")
        elif name in known.COMMANDS:
            self._out.append(f"\\{name}{'*' if star else ' '}")
        elif name == "begin":
            self._environment()
        elif name == "end":
            self._end_environment()
        elif name not in known.IGNORED:
            self._special(name)

    def _special(self, name: str) -> None:
        """Commands whose arguments are looked at."""
        if name == "tag":
            words = _words(self._argument())
            if self.keeps_tag:
                self.tag = f" \\tag{{{words}}}"
            else:
                self._out.append(f"\\qquad \\text{{({words})}}")
        elif name == "label":
            self._argument()
        elif name == "hspace":
            self._out.append(f"\\hspace{{{self._match(_SPACE)[1]}}}")
        elif name in ("color", "textcolor"):
            colour = self._match(_COLOUR)[1]
            if colour not in known.COLOURS:
                raise NotAllowed
            self._out.append(f"\\{name}{{{colour}}}")
        elif name == "colorbox":
            colour = self._match(_COLOUR)[1]
            if colour not in known.COLOURS:
                raise NotAllowed
            self._out.append(f"\\colorbox{{{colour}}}{{{_words(self._argument())}}}")
        elif name == "ce":
            self._out.append(f"\\ce{{{self._match(_CHEMISTRY)[1]}}}")
        elif name == "hdashline":
            self._out.append("\\hline ")
        else:
            raise NotAllowed

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.latex, self._at)
        if found is None:
            raise NotAllowed
        self._at = found.end()
        return found

    def _argument(self) -> str:
        return self._match(_ARGUMENT)[1]

    def _sized(self, name: str) -> None:
        found = self._match(_DELIMITER)
        if found[1] and found[1] not in known.DELIMITERS:
            raise NotAllowed
        delimiter = f"\\{found[1]} " if found[1] else f"\\{found[2]}" if found[2] else found[3]
        inner = self._innermost()
        if name == "left":
            self._begin(_Open("left", len(self._out), "right"))
        elif name in ("right", "middle"):
            if inner is None or inner.kind != "left":
                raise NotAllowed
            if name == "right":
                self._open.pop()
        self._out.append(f"\\{name}{delimiter}")

    def _environment(self) -> None:
        name = self._match(_NAME)[1]
        if name not in known.ENVIRONMENTS:
            raise NotAllowed
        written = known.ENVIRONMENTS[name]
        opened = _Open(written, len(self._out), name)
        if place := _PLACE.match(self.latex, self._at):
            self._at = place.end()
        elif written.endswith("*") and (option := _OPTION.match(self.latex, self._at)):
            self._at = option.end()
            written = written.rstrip("*")
            opened.kind = written
        begin = f"\\begin{{{written}}}"
        if name in ("array", "darray", "subarray"):
            columns = " ".join(self._match(_COLUMNS)[1].replace(":", "|").split())
            opened.columns = _count(columns)
            begin += f"{{{columns}}}"
        elif written == "array":
            begin += "{rcl}"
            opened.columns = 3
        elif written == "alignedat":
            begin += f"{{{self._match(_COUNT)[1]}}}"
        self._begin(opened)
        self._out.append(begin)

    def _end_environment(self) -> None:
        name = self._match(_NAME)[1]
        inner = self._innermost()
        if inner is None or inner.end != name:
            raise NotAllowed
        self._open.pop()
        if inner.kind == "array" and inner.most_cells > inner.columns:
            # MathJax centres what an array did not declare; LaTeX refuses it.
            self._out[inner.begin] = self._out[inner.begin][:-1] + "c" * (inner.most_cells - inner.columns) + "}"
        elif inner.most_cells > {"cases": 2, "dcases": 2, "rcases": 2, "gathered": 1}.get(inner.kind, 60):
            raise NotAllowed
        self._out.append(f"\\end{{{inner.kind}}}")


def _count(columns: str) -> int:
    """How many columns an array declares."""
    repeated = re.sub(r"\*\s*\{?\s*(\d+)\s*\}?\s*(\{[^{}]*\}|[lcr])", lambda m: m[2] * int(m[1]), columns)
    return sum(repeated.count(letter) for letter in "lcr")


def _words(argument: str) -> str:
    """The words of a formula, in which there may be formulas again."""
    parts = _WORDS_PARTS.split(argument)
    written = []
    for number, part in enumerate(parts):
        if number % 2:
            writer = Writer(part, keeps_tag=False)
            writer.write()
            written.append(f"${writer.body()}$")
        else:
            text = _UNESCAPED.sub(r"\1", part) if "\\" in part else part.replace("{", "").replace("}", "")
            if "\\" in text:
                raise NotAllowed
            # Blanks at the ends of the words are meant.
            written.append(escaped(text))
    return "".join(written)
