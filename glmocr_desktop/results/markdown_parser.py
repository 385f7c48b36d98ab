"""The Markdown that answers are written in: where it differs from everybody's, and why."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_LONGEST_FORMULA = 5000  # characters within a line
# A single star between letters or figures, and all lines below.
_SIGN = re.compile(r"_+|(?<=[a-zA-Z0-9)\]])\*(?=[a-zA-Z0-9(\[])")
_MARKS_IN_A_ROW = re.compile(r"(?:[-*+] +){3,}")
_MAX_NESTING = 100  # of tokens; the parser leaves out what is nested more deeply
_DEEPEST = 30  # level at which a list or quotation may still begin
_PRICE = re.compile(r"\$ ?\d")
_PRICE_BEFORE_FORMULA = re.compile(r"\$\d[^$\n]*\s\$")


def parse_markdown(text: str) -> list[Token]:
    """The tokens of light Markdown; links and images stay words, tags of HTML are tokens among the words."""
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    """Markdown in which links and images are words, and no line is code because it is indented."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    parser.disable(["html_block", "image", "link", "autolink", "reference", "code", "lheading", "text_join"])
    parser.use(dollarmath_plugin, allow_space=True, allow_digits=False, double_inline=False)
    parser.disable("math_block")
    parser.inline.ruler.before("escape", "round_brackets", _round_brackets)
    parser.inline.ruler.before("math_inline", "price", _price)
    parser.inline.ruler.before("emphasis", "sign", _sign)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("blockquote", _quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, unless its items are only a row of signs: a line to cut along is no list in a list in a list."""
    from markdown_it.rules_block import list_block

    begin = state.bMarks[start] + state.tShift[start]
    if state.level > _DEEPEST or _MARKS_IN_A_ROW.match(state.src, begin, state.eMarks[start]):
        return False
    return list_block(state, start, end, silent)


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quotation; the parser would leave out what is nested too deeply."""
    from markdown_it.rules_block import blockquote

    return state.level <= _DEEPEST and blockquote(state, start, end, silent)


def _sign(state: StateInline, silent: bool) -> bool:
    """Signs that multiply (``2*3*4``) or belong to a name (``__init__``) are no marks of a style."""
    found = _SIGN.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _price(state: StateInline, silent: bool) -> bool:
    """The signs of ``US$ 5`` and of ``$5, so $ x $`` begin no formula."""
    in_currency = state.pos and state.src[state.pos - 1].isupper() and _PRICE.match(state.src, state.pos)
    if not in_currency and not _PRICE_BEFORE_FORMULA.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "$"
    state.pos += 1
    return True


def _round_brackets(state: StateInline, silent: bool) -> bool:
    r"""A formula between ``\(`` and ``\)``."""
    if not state.src.startswith("\\(", state.pos):
        return False
    end = state.src.find("\\)", state.pos + 2, min(state.posMax, state.pos + _LONGEST_FORMULA))
    if end < 0 or "\\(" in state.src[state.pos + 2 : end]:
        return False
    if not silent:
        token = state.push("math_inline", "", 0)
        token.content, token.markup = state.src[state.pos + 2 : end], "\\("
    state.pos = end + 2
    return True
