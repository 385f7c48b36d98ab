"""What two texts have in common, word by word."""

from __future__ import annotations

import pytest

from glmocr_desktop.gui.comparing.differences import Comparison, Side, compare

_MARKS = {Side.BOTH: "", Side.FIRST: "-", Side.SECOND: "+"}


def _told(comparison: Comparison) -> list[str]:
    return [_MARKS[piece.side] + piece.text.strip() for piece in comparison.pieces]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "", []),
        ("same words", "same words", ["same words"]),
        ("one two", "", ["-one two"]),
        ("", "one", ["+one"]),
        ("it rose by 12.5 %", "it rose by 13.5 %", ["it rose by", "-12.5", "+13.5", "%"]),
        ("the profit, too", "the profit too", ["the profit", "-,", "too"]),
        ("本公司季度报告", "本公司年度报告", ["本公司", "-季", "+年", "度报告"]),
        ("broken\nlines here", "broken lines\n\nhere", ["broken lines\n\nhere"]),
        ("a b c", "a x b c y", ["a", "+x", "b c", "+y"]),
    ],
)
def test_words_are_compared(first: str, second: str, told: list[str]) -> None:
    assert _told(compare(first, second)) == told


@pytest.mark.parametrize("word", ["loop ", "循环", "a\n"])
def test_long_texts_are_compared_in_bounded_time(word: str) -> None:
    begin = word * 30_000
    assert _told(compare(begin, begin)) == [begin.strip()]
    found = compare(f"first {begin} end", f"other {begin} end")
    assert {piece.side for piece in found.pieces} >= {Side.FIRST, Side.SECOND}


def test_only_the_beginnings_of_very_long_texts_are_compared() -> None:
    found = compare("x" * 400_000, "x" * 400_000)
    assert found.cut_off
    assert [len(piece.text) for piece in found.pieces] == [300_000]
