"""Plain text."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.naming import shown
from glmocr_desktop.results.render import encoded, joined, plain_text


def _render(results: Sequence[Result]) -> bytes:
    documents = by_document(results)
    texts = [joined(plain_text(each) for each in pages) for pages in documents]
    if len(documents) > 1:
        names = [shown(pages[0].job.page.document) for pages in documents]
        texts = [joined((f"=== {name} ===", text)) for name, text in zip(names, texts, strict=True)]
    return encoded(joined(texts) + "\n")


FORMAT = Format("txt", ".txt", "Plain text", _render)
