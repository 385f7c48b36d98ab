"""Raw answers become blocks, and no word is lost on the way."""

from __future__ import annotations

import random
import time

import pytest

from glmocr_desktop.core.model import Block, BlockKind, Cell
from glmocr_desktop.results.blocks import grid, parse, with_text
from glmocr_desktop.results.render import plain_text
from tests.results.answers import ANSWERS, TABLE
from tests.support.results import done

PARAGRAPH, TABLE_KIND, FORMULA = BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.FORMULA


def _letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ANSWERS)
def test_all_words_of_an_answer_are_kept_in_order(name: str) -> None:
    answer, words = ANSWERS[name]
    assert _letters(plain_text(done(answer))) == _letters(words)


def test_kinds_of_blocks() -> None:
    blocks = parse(f"Intro\n\n{TABLE}\n\n$$ a $$\n\nEnd \\[ b \\] ")
    assert [block.kind for block in blocks] == [PARAGRAPH, TABLE_KIND, FORMULA, PARAGRAPH, FORMULA]
    assert [block.text for block in blocks] == ["Intro", "", "a", "End", "b"]


def test_cells_know_their_spans_and_whether_they_are_headers() -> None:
    (table,) = parse(
        '<table><tr><th rowspan="2">A</th><td colspan=" 2 ">B</td></tr><tr><td>C</td><td rowspan=9>D</td></tr></table>'
    )
    assert table.rows == (
        (Cell("A", 2, 1, header=True), Cell("B", 1, 2)),
        (Cell("C"), Cell("D")),  # a span does not reach below the last row
    )
    assert grid(table) == [["A", "B", ""], ["", "C", "D"]]


def test_a_cut_off_table_is_still_a_table() -> None:
    (table,) = parse("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>unf")
    assert grid(table) == [["A", "B"], ["C", "unf"]]


def test_a_nested_table_is_text_of_its_cell() -> None:
    table, after = parse("<table><tr><td>A<table><tr><td>B</td></tr></table>C</td><td>D</td></tr></table>E")
    assert grid(table) == [["A B C", "D"]]
    assert after.text == "E"


def test_rows_of_unequal_length_are_filled_up() -> None:
    (table,) = parse("<table><tr><td>A</td></tr><tr></tr><tr><td>B</td><td>C</td></tr></table>")
    assert grid(table) == [["A", ""], ["", ""], ["B", "C"]]


def test_overlapping_spans_lose_no_cell() -> None:
    (table,) = parse("<table><tr><td>A</td><td rowspan=2>B</td></tr><tr><td colspan=2>C</td><td>D</td></tr></table>")
    assert [text for row in grid(table) for text in row if text] == ["A", "B", "C", "D"]


def test_plain_lines_are_taken_as_they_are() -> None:
    """What was read offline is no Markdown: every sign means itself."""
    text = f"$$ a $$\n{TABLE}\n\n```\nx"
    blocks = parse(text, formatted=False)
    assert [block.kind for block in blocks] == [PARAGRAPH, PARAGRAPH]
    assert "\n\n".join(block.text for block in blocks) == text


def test_a_fence_inside_a_fence_is_left_alone() -> None:
    text = "```markdown\nA\n```\nB\n```\nC\n```"
    assert parse(text)[0].text == "```markdown\nA\n```"


def test_a_correction_is_parsed_as_the_answer_was() -> None:
    plain = with_text(done("a", formatted=False), "$$ b $$")
    assert (plain.text, plain.blocks) == ("$$ b $$", (Block(PARAGRAPH, "$$ b $$"),))
    assert with_text(done("a"), "$$ b $$").blocks == (Block(FORMULA, "b"),)


@pytest.mark.parametrize(
    "text",
    [
        *("\\[" * 50_000, "<table " * 15_000, "<table><table></table>" * 4_000, "<table><td>" * 9_000),
        *("```\n" * 25_001, "$" * 100_001, "$$a" * 33_001, "\n \n" * 30_000, "<td>" * 20_000, "&" * 100_000),
        "<table>" + "<tr><td rowspan=999 colspan=999>x</td></tr>" * 2_000 + "</table>",
        "<table>" + "<table><tr><td>" * 5_000,
        "<table>" + "<x" * 40_000 + "</table>",
        "<table><tr><td>" + "<!--" * 20_000 + "</table>",
    ],
    ids=range(14),
)
def test_a_looping_answer_takes_no_time(text: str) -> None:
    """Models repeat themselves for as long as they may; that must cost neither the time nor the memory of everybody."""
    began = time.process_time()
    for block in parse(text):
        grid(block)
    assert time.process_time() - began < 3


def test_random_pieces_never_fail_and_lose_no_word() -> None:
    """500 answers of 40 pieces each, thrown together."""
    chance = random.Random(11)
    pieces = [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=3>", "<td rowspan='2'>", "<br>", "<b>"),
        *("$$", "$", "\\[", "\\]", "```", "```html\n", "\n", "\n\n", " ", "&amp;", "&", "<", ">", "\x00", "\r\n", "|"),
    ]
    for _ in range(500):
        words = [f"w{number}w" for number in range(12)]
        mixed = [chance.choice(pieces) for _ in range(40)]
        for at, word in zip(sorted(chance.sample(range(40), 12)), words, strict=True):
            mixed[at] = f" {word} "
        text = "".join(mixed)
        plain = plain_text(done(text))
        assert [word for word in words if word not in plain] == [], text
