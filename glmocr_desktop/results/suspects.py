"""What looks wrong with an answer."""

from __future__ import annotations

import re

from glmocr_desktop.core.errors import RecognitionError

_ERROR_TEXT = re.compile(r"\A\s*(?:\[ERROR\]\s*(?P<detail>.*)|Please upload an image first\b.*)", re.DOTALL)


def find_suspects(text: str) -> list[str]:
    """Kinds of reasons to doubt an answer.

    Returns:
        ``empty``: there is no text. ``cut_off``: a table or a formula has no end.
    """
    if not text.strip():
        return ["empty"]
    lower = text.lower()
    open_table = lower.count("<table") > lower.count("</table")
    open_formula = text.count("$$") % 2 == 1 or text.count("\\[") > text.count("\\]")
    return ["cut_off"] if open_table or open_formula else []


def refuse_error_text(text: str) -> None:
    """Some servers send their errors as if they were results.

    Raises:
        RecognitionError: This answer is such an error.
    """
    if match := _ERROR_TEXT.match(text):
        detail = " ".join((match["detail"] or text).split())[:200]
        raise RecognitionError("server_error_text", detail=detail)
