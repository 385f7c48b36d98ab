"""Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.render import encoded, joined, markdown


def _render(results: Sequence[Result]) -> bytes:
    return encoded(joined(markdown(each) for each in results) + "\n")


FORMAT = Format("md", ".md", "Markdown", _render)
