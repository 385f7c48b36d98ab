"""What waits to be opened, as it is kept."""

from __future__ import annotations

import pytest

from glmocr_desktop.gui.waiting_files import WaitingFiles


def test_it_comes_back_whatever_bytes_the_names_have() -> None:
    waiting = WaitingFiles(("/扫描/a\n.png", "/\udce9.pdf"), ("/扫描/b.png",))
    assert waiting.text().isascii()
    assert WaitingFiles.of(waiting.text()) == waiting
    assert WaitingFiles((), ("/known",)).text() == ""


@pytest.mark.parametrize("text", ["", "x", "[]", "[1, 2]", "null", "[" * 9000])
def test_what_is_damaged_is_nothing(text: str) -> None:
    assert WaitingFiles.of(text) == WaitingFiles()
