"""What looks wrong with an answer. All of it takes time that grows with the length of the answer only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from glmocr_desktop.core.errors import RecognitionError
from glmocr_desktop.core.model import Block, BlockKind, Mode, Result, Style
from glmocr_desktop.results import formulas, inline
from glmocr_desktop.results.blocks import parse
from glmocr_desktop.results.formulas.complaints import NOTHING

_UPLOAD_FIRST = re.compile(r"\s*Please upload an image first\b")
_ERROR_LINE = re.compile(r"^[ \t]*\[ERROR\]", re.MULTILINE)
_LOG_LINE = re.compile(r"^[ \t]*\[(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|CRITICAL|FATAL)\]", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;?|^[ \t]*```[^\n]*", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)
_BRACKET_OPEN = re.compile(r"(?<!\\)\\\[")  # not the line break of a matrix, \\[4pt]
_BRACKET_CLOSE = re.compile(r"(?<!\\)\\\]")
_ESCAPED = re.compile(r"\\[\\{}$]")
_JSON = re.compile(r"\s*(?:```\w*\s*)?[{\[][\s{\[]*\"")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|\Z)', re.DOTALL)  # also one without an end: it never fails

# A model that loops writes on until its limit of tokens, so a real loop is thousands of characters long; a page repeats
# itself too, but a page has an end: fewer than 100 rows, and no line of 400 characters.
_MIN_REPEATS = 10
_MIN_LENGTH = 200
_MIN_SHARE = 0.6  # of what is left from where it begins: what was read after it is worth more than a warning
_MIN_LETTERS = 10  # a unit with fewer is a cell (0.00, N/A, Yes), and columns of equal cells are common
_MAX_ROWS = 100
_MAX_LINE = 400

_TAG = re.compile(r"<[^<>]*>")
_CELL = re.compile(r"\n|\\\\|\||<(?:br|/?t[dhr])\b", re.IGNORECASE)
_TO_FILL_IN = re.compile(r"_{3,}|\.{4,}|…{2,}")
_UNIT_STARTS = tuple(re.compile(each, re.IGNORECASE) for each in (r"(?<=\n)(?!\n)", r"(?=<tr\b)", r"(?<=\s)(?=\S)"))


@dataclass(frozen=True, slots=True)
class Suspect:
    """A reason to look at a place of a page again.

    Attributes:
        kind: One of the result's warnings; ``formula`` for one that cannot be drawn as it stands.
        block: The index of the block to look at; None for the page as a whole.
        complaint: What is wrong there, when there is more to say than the kind.
    """

    kind: str
    block: int | None = None
    complaint: formulas.Complaint = NOTHING


def find_suspects(text: str, *, formatted: bool = True, prompt: str = "", mode: Mode | None = None) -> list[str]:
    """Kinds of reasons to doubt an answer.

    Args:
        text: The answer as received, before `cut_loop`.
        formatted: False for plain lines, in which nothing has a beginning and an end, and which no model wrote.
        prompt: What the server was asked; empty when it took none.
        mode: What the page was read as. A formula often comes without delimiters, and is then LaTeX as a whole.

    Returns:
        ``empty``: there are no words. ``echoed_prompt``: there are none but the prompt's. ``loop``: the same is
        repeated again and again. ``cut_off``: a table, a formula, a fence or a JSON object has no end.
    """
    if not _has_words(text, formatted):
        return ["empty"]
    if not formatted:
        return []
    if _echoes(text, prompt):
        return ["echoed_prompt"]
    kinds = ["loop"] if _find_loop(text) else []
    return [*kinds, "cut_off"] if _is_cut_off(text, mode) else kinds


def cut_loop(text: str) -> str:
    """The answer with one instance of what is repeated again and again; all else is kept."""
    while run := _find_loop(text):
        starts = (each.search(text, run.begin, run.begin + run.period) for each in _UNIT_STARTS)
        # What stands before the loop may end like its unit, so that the repetition begins in the middle of one.
        start = next((each.start() for each in starts if each and run.begin), run.begin)
        repeats = (run.end - start) // run.period
        rest = text[start + repeats * run.period :] if text[run.end :].strip() else ""
        text = text[: start + run.period] + rest
    return text


def refuse_error_text(text: str) -> None:
    """Some servers send their errors as if they were results: alone, or after what they had read until then.

    Raises:
        RecognitionError: This answer is such an error, or ends with one.
    """
    detail = text if _UPLOAD_FIRST.match(text) else _error_line(text)
    if detail is not None:
        raise RecognitionError("server_error_text", detail=" ".join(detail.split())[:200])


def warned_places(result: Result) -> tuple[Suspect, ...]:
    """What to look at again because of the result's warnings, from the top of the page to its bottom."""
    last = len(result.blocks) - 1 if result.blocks else None
    # An answer is cut off where it ends, and a model that repeats itself does so until it is stopped.
    suspects = [Suspect(kind, last if kind in ("cut_off", "loop") else None) for kind in result.warnings]
    return tuple(sorted(suspects, key=_place))


def places(result: Result) -> tuple[Suspect, ...]:
    """What to look at again: `warned_places`, and the formulas that cannot be drawn.

    Thread:
        Any, but not one that must not block: every formula is typeset.
    """
    suspects = list(warned_places(result))
    if formulas.available():
        errors = ((index, _formula_error(block)) for index, block in enumerate(result.blocks))
        suspects += [Suspect("formula", index, error) for index, error in errors if error]
    return tuple(sorted(suspects, key=_place))


def _place(suspect: Suspect) -> int:
    return -1 if suspect.block is None else suspect.block


def _formula_error(block: Block) -> formulas.Complaint:
    """What is wrong with the first formula of a block that is not right; false when all are."""
    if block.kind is BlockKind.FORMULA:
        return formulas.typeset(block.text, display=True).error
    cells = (inline.runs(cell.text) for row in block.rows for cell in row if "$" in cell.text or "\\" in cell.text)
    runs = (run for words in (block.runs, *(item.runs for item in block.items), *cells) for run in words)
    errors = (formulas.typeset(run.text).error for run in runs if Style.FORMULA in run.style)
    return next(filter(None, errors), NOTHING)


def _error_line(text: str) -> str | None:
    """What follows ``[ERROR]`` at the start of the answer, or of a line in its last paragraph; None in a log."""
    if not (first := _ERROR_LINE.search(text)) or _LOG_LINE.search(text):
        return None
    if text[: first.start()].strip():
        text = _BLANK_LINE.split(text.rstrip())[-1]
        first = _ERROR_LINE.search(text)
    if not first:
        return None
    return text[first.end() :].strip() or "[ERROR]"


def _has_words(text: str, formatted: bool) -> bool:
    """Whether anything is left without the markup: some servers send an empty table or an empty fence."""
    if any(map(str.isalnum, _MARKUP.sub("", text))):  # nearly always, and ten times as fast
        return True
    blocks = parse(text, formatted=formatted)
    return any(block.text or any(cell.text for row in block.rows for cell in row) for block in blocks)


def _echoes(text: str, prompt: str) -> bool:
    words = _signs(prompt)
    return bool(words) and not _signs(text).replace(words, "")


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_cut_off(text: str, mode: Mode | None) -> bool:
    lower = text.lower()
    return (
        lower.count("<table") > lower.count("</table")
        or text.count("$$") % 2 == 1
        or len(_BRACKET_OPEN.findall(text)) > len(_BRACKET_CLOSE.findall(text))
        or len(_FENCE.findall(text)) % 2 == 1
        or _is_open_json(text)
        or _ends_in_a_row(text)
        or (mode is Mode.FORMULA and _is_open_latex(text))
    )


def _ends_in_a_row(text: str) -> bool:
    """Whether a table of Markdown ends within one of its rows."""
    *_, before, last = ["", "", *text.rstrip().rsplit("\n", 2)]
    whole = before.startswith("|") and before.rstrip().endswith("|")
    return whole and last.startswith("|") and not last.endswith("|")


def _is_open_json(text: str) -> bool:
    if not _JSON.match(text):
        return False
    marks = _JSON_STRING.sub("", text)
    return marks.count("{") > marks.count("}") or marks.count("[") > marks.count("]")


def _is_open_latex(text: str) -> bool:
    """Whether LaTeX has a group, an environment or an inline formula without an end."""
    marks = _ESCAPED.sub("", text)
    delimited = "$" in marks or _BRACKET_OPEN.search(text)
    open_group = marks.count("{") > marks.count("}") or marks.count("\\begin") > marks.count("\\end")
    return marks.count("$") % 2 == 1 or (open_group and not delimited)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text in which every character comes again after ``period`` characters, as far as it reaches."""

    begin: int
    end: int
    period: int


def _find_loop(text: str) -> _Run | None:
    """The longest repetition that no page has.

    It must make up most of what is left of the text, so it lies at one of a few places: with d characters left where
    a loop begins, every place a between 0.6 d and d before the end is in its first 0.4 d, with at least two units
    of up to a / 6 behind it. Places whose distance grows by 1.6 miss no d, and the work at each is linear in a.
    """
    length = len(text.rstrip())
    distances = [_MIN_LENGTH * 3 // 5]
    while distances[-1] * 8 // 5 <= length:
        distances.append(distances[-1] * 8 // 5)
    for distance in reversed(distances):
        run = _run_at(text, length - distance, distance // 6) if distance <= length else None
        if run and _is_loop(text, run, length):
            return run
    return None


def _run_at(text: str, place: int, max_period: int) -> _Run | None:
    """The repetition around a place.

    As many characters as the longest period hold a whole unit, so they come again after exactly one period.
    """
    again = text.find(text[place : place + max_period], place + 1, place + 2 * max_period)
    if again < 0:
        return None
    before = _reach(lambda near, far: text[place - far : place - near] == text[again - far : again - near], place)
    rest = len(text) - again
    after = _reach(lambda near, far: text[place + near : place + far] == text[again + near : again + far], rest)
    return _Run(place - before, again + after, again - place)


def _reach(alike: Callable[[int, int], bool], limit: int) -> int:
    """How far two texts are alike, found by comparing ever longer and then ever shorter stretches."""
    reached, step, growing = 0, 64, True
    while step:
        if reached + step <= limit and alike(reached, reached + step):
            reached += step
        else:
            growing = False
        step = step * 2 if growing else step // 2
    return reached


def _is_loop(text: str, run: _Run, length: int) -> bool:
    """Whether a repetition is more than a page may have."""
    size = run.end - run.begin
    repeats = size // run.period
    if repeats < _MIN_REPEATS or size < _MIN_LENGTH or size < _MIN_SHARE * (length - run.begin):
        return False
    start = max(run.begin, text.find("<", run.begin, run.begin + run.period))  # no tag is torn apart
    unit = text[start : start + run.period]
    letters = 0 if _TO_FILL_IN.search(unit) else sum(map(str.isalpha, _TAG.sub("", unit)))
    if not _CELL.search(unit):
        return letters > 0 or size >= _MAX_LINE
    finished_table = "|" in unit or ("<t" in unit.lower() and "</table" in text[run.end - run.period :].lower())
    return repeats >= _MAX_ROWS or (letters >= _MIN_LETTERS and not finished_table)
