"""What looks wrong is said; what looks right is left alone."""

from __future__ import annotations

import random
import string
from contextlib import suppress

import pytest

from glmocr_desktop.core.errors import RecognitionError
from glmocr_desktop.core.model import Mode
from glmocr_desktop.results.suspects import cut_loop, find_suspects, refuse_error_text
from tests.results.answers import ANSWERS, TABLE
from tests.support.growth import TIMES, assert_grows_with_length

GOOD = "Minutes of the meeting\n\n1. The budget was approved.\n2. The next meeting is in May.\n"
LONG = "".join(f"{number}. The budget of department {number} was approved.\n" for number in range(100))
ROW = "<tr><td>Not available</td><td>See note 3</td></tr>"
MATRIX = "$$ \\begin{array}{cccc} " + "0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 & 0 \\\\ " * 12 + "\\end{array} $$"

# Name: the unit, and how often it comes after the good part.
LOOPS: dict[str, tuple[str, int]] = {
    "one letter": ("a", 300),
    "one dot without end": (".", 5000),
    "digits without end": ("0", 5000),
    "word": ("the ", 60),
    "words": ("and so on, ", 40),
    "sentence": ("The same sentence again. ", 12),
    "line": ("The quick brown fox jumps.\n", 10),
    "long line": ("This line is repeated until the tokens are used up, and none is left for the page.\n", 10),
    "lines": ("First of three lines\nsecond of them\n\nand the third\n", 15),
    "paragraph": (" ".join(f"word{number}" for number in range(200)) + "\n\n", 10),
    "short lines, more than a page has": ("N/A\n", 150),
    "form lines, more than a page has": ("Name: ________ Signature: ________\n", 100),
    "chinese": ("本次会议的主要议题是数字化转型工作。\n", 20),
    "latex": ("\\quad ", 100),
    "groups": ("{ ", 500),
    "formula": ("\\frac {1} {2} + ", 40),
    "fence": ("```markdown\n\n", 200),
    "emoji": ("😀", 400),
    "windows lines": ("The quick brown fox jumps.\r\n", 40),
}

# Name: a page that may well be like this.
PAGES: dict[str, str] = {
    "table of equal cells": f"<table>{'<tr><td>0.00</td><td>0.00</td><td>0.00</td></tr>' * 60}</table>",
    "table of equal rows of words": f"<table>{ROW * 40}</table>",
    "the same in lines": f"<table>\n{(ROW + chr(10)) * 40}</table>\n",
    "empty form": f"<table><tr><th>Name</th><th>Date</th></tr>{'<tr><td></td><td></td></tr>' * 50}</table>",
    "empty form, cut off": f"<table><tr><th>Name</th><th>Date</th></tr>{'<tr><td></td><td></td></tr>' * 50}",
    "empty form without end tags, cut off": '<table><tr><th class="head-cell">'
    + '<tr><td class="table-cell"><td class="table-cell">' * 50,
    "calendar": f"<table><tr><td>May</td>{'<td></td>' * 31}</tr><tr><td>June</td>{'<td> </td>' * 31}</tr></table>",
    "pipe table": "| State | Note |\n|---|---|\n" + "| Not available | See note 3 |\n" * 40,
    "wide ruler of a pipe table": "|" + " --- |" * 60,
    "leaders": "\n".join(f"{name} {'.' * 150} {page}" for page, name in enumerate(("Preface", "Part 1", "Index"))),
    "leader without a number": "Signature " + "." * 200,
    "dashes": ("-" * 120 + "\n") * 30,
    "blank lines of a form": "Remarks:\n" + ("_" * 100 + "\n") * 40,
    "sign-up sheet": "Name: ____________ Signature: __________\n" * 30,
    "list of similar lines": "".join(f"{number}. Screw M{number % 4 + 3} x 20, zinc\n" for number in range(300)),
    "column of equal values": "0.00\n" * 60,
    "columns of equal values": "0.00 0.00 0.00 0.00 0.00\n" * 60,
    "column of answers": "Yes\n" * 60,
    "matrix of zeros": MATRIX,
    "chorus": "Row, row, row your boat,\nGently down the stream.\n" * 4,
    "nine times the same line": "The quick brown fox jumps over the lazy dog.\n" * 9,
    "a short rhyme": "la " * 60,
    "blanks at the end": "The end." + "\n" * 5000,
    "a repetition that the page goes on after": "the " * 100 + GOOD * 4,
}


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        TABLE,
        "$$ a $$",
        "\\[ a \\]",
        "```\ncode\n```",
        "$ x $ and $5",
        f"{TABLE}\n{TABLE}",
        "x < y",
        "$$ \\begin{matrix} a \\\\[4pt] b \\end{matrix} $$",
        '{"name": "a } b { \\" [", "items": [{"n": 1}]}',
        "[1] Smith et al. (2020",
        "{ see below",
        "— — —",
    ],
)
def test_good_answers(text: str) -> None:
    assert find_suspects(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "```markdown\n```",
        "```\n\n```",
        "<table></table>",
        "<table><tr><td></td></tr></table>",
        "<table><tr><td>&nbsp;</td></tr></table>",
        "\ufeff\x00",
    ],
)
def test_answers_without_words(text: str) -> None:
    """A server whose context is too small sends an empty fence."""
    assert find_suspects(text) == ["empty"]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_empty_when_nothing_of_it_is_left_to_read(name: str) -> None:
    text, words = ANSWERS[name]
    assert ("empty" in find_suspects(text)) is (words == "")


@pytest.mark.parametrize(
    "text",
    [
        TABLE[:-8],
        f"{TABLE}<TABLE><tr><td>x",
        "$$ a",
        "text $$a$$ $$",
        "\\[ a",
        "\\[ a \\\\[4pt] b",
        "```python\nx",
        "a\n```\nb\n```\n```",
        '{ "name": "Ink", "price": "3.',
        '{"name": "Ink"',
        '```json\n{"items": [{"name": "a"}, {"name"\n```',
        '[{"name": "a"}, {"name": "b"}',
        '{"path": "C:\\',
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 ",
    ],
)
def test_answers_without_an_end(text: str) -> None:
    assert find_suspects(text) == ["cut_off"]


@pytest.mark.parametrize(
    ("text", "cut_off"),
    [
        ("\\frac {a} {b", True),
        ("\\begin{matrix} a & b", True),
        ("$ x + y", True),
        ("\\frac {a} {b}", False),
        ("\\left\\{ a \\right.", False),
        ("$ \\{ a $", False),
        ("$$ { a $$", False),
        ("\\begin{matrix} a \\end{matrix}", False),
    ],
)
def test_a_formula_without_delimiters_is_latex_as_a_whole(text: str, cut_off: bool) -> None:
    assert find_suspects(text, mode=Mode.FORMULA) == (["cut_off"] if cut_off else [])
    assert find_suspects(text, mode=Mode.TEXT) == []


@pytest.mark.parametrize(
    "text", ["Text Recognition:", "text recognition", " **Text  Recognition:** \n", "Text Recognition:\n" * 30]
)
def test_an_answer_that_is_the_prompt(text: str) -> None:
    assert find_suspects(text, prompt="Text Recognition:") == ["echoed_prompt"]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [("Text Recognition: page 3", "Text Recognition:"), ("Text", ""), ("Text", " :"), ("文字", "识别")],
)
def test_an_answer_that_is_more_than_the_prompt(text: str, prompt: str) -> None:
    assert find_suspects(text, prompt=prompt) == []


@pytest.mark.parametrize("good", ["", GOOD, "Total: ", LONG], ids=["alone", "page", "word", "long page"])
@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_found_and_cut(name: str, good: str) -> None:
    """The good part stays whole, and of the loop one unit, or two where it grew together with the good part."""
    unit, repeats = LOOPS[name]
    text = good + unit * repeats
    assert "loop" in find_suspects(text)
    cut = cut_loop(text)
    assert cut.startswith(good + unit.rstrip())
    assert text.startswith(cut)
    assert len(cut) <= len(good) + (2 if good else 1) * len(unit)
    assert "loop" not in find_suspects(cut)


@pytest.mark.parametrize("cut_at", range(1, 27))
def test_a_loop_that_breaks_off_anywhere_in_its_unit(cut_at: int) -> None:
    line = "The quick brown fox jumps.\n"
    assert cut_loop(GOOD + line * 30 + line[:cut_at]) == GOOD + line


@pytest.mark.parametrize(
    ("good", "unit"),
    [
        ("Before the loop.\n", "All ends alike.\n"),
        ("The words before. ", "The words of the loop. "),
        ("<table><tr><td>Good</td></tr>", "<tr><td>Not available</td></tr>"),
        ("A\n\nThis ends\n\n", "This also ends\n\n"),
    ],
)
def test_exactly_one_unit_is_kept_where_the_good_part_ends_like_it(good: str, unit: str) -> None:
    assert cut_loop(good + unit * 30) == good + unit


@pytest.mark.parametrize("rest", ["```", "</td></tr></table>", "The page goes on here, and ends."])
def test_what_comes_after_a_loop_is_kept(rest: str) -> None:
    line = "The quick brown fox jumps.\n"
    text = GOOD + line * 30 + rest
    assert "loop" in find_suspects(text)
    assert cut_loop(text) == GOOD + line + rest


def test_an_unfinished_table_of_equal_rows_loops_and_is_cut_off() -> None:
    text = f"<table><tr><td>Item</td></tr>{ROW * 30}<tr><td>Not av"
    assert find_suspects(text) == ["loop", "cut_off"]
    assert cut_loop(text) == f"<table><tr><td>Item</td></tr>{ROW}"


def test_a_loop_of_loops_is_cut_until_none_is_left() -> None:
    text = GOOD + (("ha " * 100) + "and again.\n") * 12
    cut = cut_loop(text)
    assert cut.startswith(GOOD + "ha ")
    assert len(cut) < len(GOOD) + 50
    assert cut_loop(cut) == cut


@pytest.mark.parametrize("repeats", [10, 11, 13, 37, 1000])
@pytest.mark.parametrize("before", [0, 1, 100, 5000])
def test_a_loop_of_any_length_in_any_place_is_found(before: int, repeats: int) -> None:
    """Random lines of random lengths; whatever comes after makes up to 40 % of the rest."""
    chance = random.Random(repeats * 10_000 + before)
    for _ in range(15):
        unit = _noise(chance, chance.randrange(20, 400)) + "\n"
        loop = unit * repeats
        after = _noise(chance, chance.choice((0, 1, len(loop) * 6 // 10)))
        text = f"{_noise(chance, before)}\n{loop}{after}"
        assert "loop" in find_suspects(text), text
        assert len(cut_loop(text)) <= before + 1 + 2 * len(unit) + len(after)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_may_be_like_is_no_loop(name: str) -> None:
    text = PAGES[name]
    assert "loop" not in find_suspects(text)
    assert cut_loop(text) == text


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "span of many digits"])
def test_no_common_answer_loops(name: str) -> None:
    text, _ = ANSWERS[name]
    assert cut_loop(text) == text


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("[ERROR] CUDA out of\nmemory", "CUDA out of memory"),
        ("  [ERROR]", "[ERROR]"),
        ("Please upload an image first.", "Please upload an image first."),
        (f"[ERROR] {'x' * 1000}", "x" * 200),
        (f"{GOOD}[ERROR] CUDA out of memory", "CUDA out of memory"),
        (f"{GOOD}\n\n  [ERROR] CUDA error: assert\nCompile with debug symbols.\n\n", "CUDA error: assert Compile with"),
        ("\n\n[ERROR] one\n\nand more", "one and more"),
    ],
)
def test_an_error_that_came_as_text_is_no_result(text: str, detail: str) -> None:
    with pytest.raises(RecognitionError) as caught:
        refuse_error_text(text)
    assert str(caught.value.values["detail"]).startswith(detail)
    assert len(str(caught.value.values["detail"])) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The log says [ERROR] on line 3",
        "ERROR",
        "Please upload the image",
        "[INFO] started\n[WARN] slow\n[ERROR] disk full",
        "[ERROR] disk full\n[INFO] stopped",
        f"Messages\n[ERROR] The disk is full.\n\n{GOOD}",
    ],
)
def test_text_about_errors_is_a_result(text: str) -> None:
    refuse_error_text(text)


def test_plain_lines_have_nothing_that_could_be_wrong_but_be_empty() -> None:
    """No model wrote them, so they neither break off nor loop nor repeat what they were asked."""
    assert find_suspects("costs $$ and <table", formatted=False) == []
    assert find_suspects("The same line on every form.\n" * 50, formatted=False) == []
    assert find_suspects("Text", formatted=False, prompt="Text") == []
    assert find_suspects(" \n", formatted=False) == ["empty"]


@pytest.mark.parametrize(
    "part",
    [
        "\n",
        " ",
        "<",
        "\\",
        '\\"',
        "{",
        "```\n",
        "ab",
        "<tr><td>0</td>",
        "<t ",
        "$$ ",
        "&",
        "\\[",
        "[ERROR] a\n",
        "\n  ",
    ],
)
@pytest.mark.parametrize("frame", ["a{}b", '{{"{}\\', "{}\n\nfoo", "<table>{}"])
def test_hostile_answers_take_time_by_their_length_only(frame: str, part: str) -> None:
    short, long = (frame.format(part * (length // len(part))) for length in (5_000, 5_000 * TIMES))
    assert_grows_with_length(_look, short, long)


def test_almost_repetitions_take_time_by_their_length_only() -> None:
    """Fibonacci words repeat themselves everywhere, and never three times."""
    first, second = "a", "ab"
    while len(second) < 700_000:
        first, second = second, second + first
    assert find_suspects(second) == []
    assert_grows_with_length(_look, second[:80_000], second[: 80_000 * TIMES])


def _noise(chance: random.Random, size: int) -> str:
    return "".join(chance.choices(string.ascii_letters + " ", k=size))


def _look(text: str) -> None:
    for look in (find_suspects, cut_loop, refuse_error_text):
        with suppress(RecognitionError):
            look(text)
