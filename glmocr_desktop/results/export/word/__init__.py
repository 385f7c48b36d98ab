"""Results as documents of Word."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export.format import Format


def _render(results: Sequence[Result]) -> bytes:
    from glmocr_desktop.results.export.word import document  # the window starts sooner without it

    return document.render(results)


FORMAT = Format("docx", ".docx", "Word", _render)
