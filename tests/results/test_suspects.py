"""What looks wrong is said; what looks right is left alone."""

from __future__ import annotations

import pytest

from glmocr_desktop.core.errors import RecognitionError
from glmocr_desktop.results.suspects import find_suspects, refuse_error_text
from tests.results.answers import TABLE


@pytest.mark.parametrize(
    "text", ["Hello", TABLE, "$$ a $$", "\\[ a \\]", "```\ncode\n```", "$ x $ and $5", f"{TABLE}\n{TABLE}", "x < y"]
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
        "\ufeff\x00",
    ],
)
def test_answers_without_words(text: str) -> None:
    """A server whose context is too small sends an empty fence."""
    assert find_suspects(text) == ["empty"]


@pytest.mark.parametrize(
    "text",
    [TABLE[:-8], f"{TABLE}<TABLE><tr><td>x", "$$ a", "text $$a$$ $$", "\\[ a", "```python\nx", "a\n```\nb\n```\n```"],
)
def test_answers_without_an_end(text: str) -> None:
    assert find_suspects(text) == ["cut_off"]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("[ERROR] CUDA out of\nmemory", "CUDA out of memory"),
        ("  [ERROR]", "[ERROR]"),
        ("Please upload an image first.", "Please upload an image first."),
        (f"[ERROR] {'x' * 1000}", "x" * 200),
    ],
)
def test_an_error_that_came_as_text_is_no_result(text: str, detail: str) -> None:
    with pytest.raises(RecognitionError) as caught:
        refuse_error_text(text)
    assert caught.value.values == {"detail": detail}


@pytest.mark.parametrize("text", ["", "The log says [ERROR] on line 3", "ERROR", "Please upload the image"])
def test_text_about_errors_is_a_result(text: str) -> None:
    refuse_error_text(text)


def test_plain_lines_have_nothing_that_could_be_cut_off() -> None:
    assert find_suspects("costs $$ and <table", formatted=False) == []
    assert find_suspects(" \n", formatted=False) == ["empty"]
