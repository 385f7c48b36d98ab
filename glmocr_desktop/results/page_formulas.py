"""The formulas of a page, one after another, and how one of them is corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from glmocr_desktop.core.model import Block, BlockKind, Result, Run, Style
from glmocr_desktop.results.blocks import as_received, with_block
from glmocr_desktop.results.formulas import tidy
from glmocr_desktop.results.source import source_of

_CLOSERS = {"$": re.compile(r"(?<!\\)\$"), "$$": re.compile(r"\$\$"), "\\(": re.compile(r"\\\)")}
_CLOSERS["\\["] = re.compile(r"\\\]")
_OPENER = re.compile(r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)|(?<!\\)\$\$?|\\[(\[]", re.DOTALL)
_BLANKS, _SPARE = 4, 200  # how much longer LaTeX may have been before it was tidied: times, and characters
_TRIES = 3  # how many ends of a formula are tried: a price may stand before it


@dataclass(frozen=True, slots=True)
class PageFormula:
    """A formula of a page.

    Attributes:
        block: The index of its block.
        order: Its place among the formulas of its block, from 0.
        latex: Tidied, without delimiters.
        display: Whether it stands on a line of its own.
    """

    block: int
    order: int
    latex: str
    display: bool


def page_formulas(result: Result) -> tuple[PageFormula, ...]:
    """The formulas between and within the words of a page; those of tables belong to their cells."""
    return tuple(
        PageFormula(index, order, run.text, block.kind is BlockKind.FORMULA)
        for index, block in enumerate(result.blocks)
        for order, run in enumerate(_formula_runs(block))
    )


def with_formula(result: Result, formula: PageFormula, latex: str) -> Result:
    """The result with other LaTeX for one formula; all around it stays as it is.

    A page that has no such formula any more stays as it is.
    """
    if (formula.block, formula.order) not in {(each.block, each.order) for each in page_formulas(result)}:
        return result
    block = result.blocks[formula.block]
    if formula.display:
        return with_block(result, formula.block, source_of(replace(block, text=latex)))
    latex = " ".join(latex.split())
    if (span := _span(block, formula)) is None:
        return with_block(result, formula.block, source_of(_with_run(block, formula.order, latex)))
    source = block.source
    return with_block(result, formula.block, source[: span[0]] + latex + source[span[1] :])


def received_latex(result: Result, number: int) -> str:
    """What was received for a formula of the page, before anybody corrected or tidied it.

    Args:
        result: The page.
        number: The formula's place among `page_formulas`.

    Returns:
        "" when the answer had another number of formulas, so that nobody can tell which one it was.
    """
    received = as_received(result)
    formulas = page_formulas(received)
    if len(formulas) != len(page_formulas(result)):
        return ""
    formula = formulas[number]
    block = received.blocks[formula.block]
    if formula.display:
        return block.received or block.text
    span = _span(block, formula)
    return block.source[span[0] : span[1]].strip() if span else formula.latex


def _formula_runs(block: Block) -> Iterator[Run]:
    if block.kind is BlockKind.FORMULA:
        yield Run(block.text, Style.FORMULA)
    for runs in (block.runs, *(item.runs for item in block.items)):
        yield from (run for run in runs if Style.FORMULA in run.style)


def _span(block: Block, formula: PageFormula) -> tuple[int, int] | None:
    """Where a formula's LaTeX stands in the source of its block; None when it cannot be found there."""
    span, at = None, 0
    for run in list(_formula_runs(block))[: formula.order + 1]:
        if (span := _next_span(block.source, at, run.text)) is None:
            return None
        at = span[1] + 1
    return span


def _next_span(source: str, at: int, latex: str) -> tuple[int, int] | None:
    for opener in _OPENER.finditer(source, at):
        if opener["code"]:
            continue
        begin = opener.end()
        limit = begin + _BLANKS * len(latex) + _SPARE
        for number, closer in enumerate(_CLOSERS[opener[0]].finditer(source, begin, limit)):
            if number == _TRIES:
                break
            if tidy(source[begin : closer.start()]) == latex:
                return begin, closer.start()
    return None


def _with_run(block: Block, order: int, latex: str) -> Block:
    """The block with other LaTeX in one of its formulas."""
    left = [order]

    def other(run: Run) -> Run:
        if Style.FORMULA not in run.style:
            return run
        left[0] -= 1
        return replace(run, text=latex) if left[0] == -1 else run

    runs = tuple(map(other, block.runs))
    return replace(
        block, runs=runs, items=tuple(replace(each, runs=tuple(map(other, each.runs))) for each in block.items)
    )
