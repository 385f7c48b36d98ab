"""What looks wrong with an answer."""

from __future__ import annotations

import re

from glmocr_desktop.core.errors import RecognitionError
from glmocr_desktop.results.blocks import parse

_ERROR_TEXT = re.compile(r"\A\s*(?:\[ERROR\]\s*(?P<detail>.*)|Please upload an image first\b.*)", re.DOTALL)

_FENCE = re.compile(r"^\s*```", re.MULTILINE)


def find_suspects(text: str, *, formatted: bool = True) -> list[str]:
    """Kinds of reasons to doubt an answer.

    Args:
        text: The answer as received.
        formatted: False for plain lines, in which nothing has a beginning and an end.

    Returns:
        ``empty``: there are no words. ``cut_off``: a table, a formula or a fence has no end.
    """
    if not _has_words(text, formatted):
        return ["empty"]
    if not formatted:
        return []
    lower = text.lower()
    open_table = lower.count("<table") > lower.count("</table")
    open_formula = text.count("$$") % 2 == 1 or text.count("\\[") > text.count("\\]")
    open_fence = len(_FENCE.findall(text)) % 2 == 1
    return ["cut_off"] if open_table or open_formula or open_fence else []


def refuse_error_text(text: str) -> None:
    """Some servers send their errors as if they were results.

    Raises:
        RecognitionError: This answer is such an error.
    """
    if match := _ERROR_TEXT.match(text):
        detail = " ".join((match["detail"] or text).split())[:200]
        raise RecognitionError("server_error_text", detail=detail)


def _has_words(text: str, formatted: bool) -> bool:
    """Whether anything is left without the markup: some servers send an empty table or an empty fence."""
    blocks = parse(text, formatted=formatted)
    return any(block.text or any(cell.text for row in block.rows for cell in row) for block in blocks)
