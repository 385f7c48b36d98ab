"""Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.naming import shown
from glmocr_desktop.results.render import encoded, joined, markdown

_SIGN = re.compile(r"([!-/:-@\[-`{-~])")


def _render(results: Sequence[Result]) -> bytes:
    documents = by_document(results)
    texts = [joined(markdown(each) for each in pages) for pages in documents]
    if len(documents) > 1:
        names = [_SIGN.sub(r"\\\1", shown(pages[0].job.page.document)) for pages in documents]
        texts = [joined((f"# {name}", text)) for name, text in zip(names, texts, strict=True)]
    return encoded(joined(texts) + "\n")


FORMAT = Format("md", ".md", "Markdown", _render)
