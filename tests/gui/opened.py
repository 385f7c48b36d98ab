"""Documents as the intake hands them over."""

from __future__ import annotations

from glmocr_desktop.core.model import Document, Page
from glmocr_desktop.gui.rows import Opened


def opened(name: str, count: int = 1) -> Opened:
    made = Document(path=f"/in/{name}", file=f"/in/{name}", name=name)
    return Opened(made.path, tuple(Page(made, number, count) for number in range(1, count + 1)))
