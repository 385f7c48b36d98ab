"""One copy, three flavours."""

from __future__ import annotations

from glmocr_desktop.results.clipboard import flavours
from tests.results.answers import TABLE
from tests.support.results import done, failed


def test_every_program_finds_a_flavour_that_it_likes() -> None:
    copied = flavours([done(f"会议 *x*\n\n{TABLE}"), failed(number=2), done("a<b", formatted=False)])
    assert list(copied) == ["text/plain", "text/markdown", "text/html"]
    plain, source, shown = (each.decode() for each in copied.values())
    assert plain.startswith("会议 x\n\nItem\tPrice\nInk\t3.20")
    assert "| Ink | 3.20 |" in source
    assert source.endswith("a\\<b")
    assert shown.startswith('<meta charset="utf-8"><p>会议 <em>x</em></p>')
    assert "<td>3.20</td>" in shown
    assert shown.endswith("<p>a&lt;b</p>")
    assert all("Page 2 was not read" in each for each in (plain, source, shown))


def test_nothing_copied_is_nothing() -> None:
    assert flavours([])["text/plain"] == b""


def test_text_without_an_encoding_is_copied_too() -> None:
    assert flavours([done("a \udcff b")])["text/plain"].decode() == "a \ufffd b"
