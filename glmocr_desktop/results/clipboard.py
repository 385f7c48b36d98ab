"""One copy in many flavours: each program takes the one that it likes best."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Result
from glmocr_desktop.results.render import encoded, html, joined, markdown, plain_text


def flavours(results: Sequence[Result]) -> dict[str, bytes]:
    """The results by MIME type, in UTF-8."""
    return {
        "text/plain": encoded(joined(plain_text(each) for each in results)),
        "text/markdown": encoded(joined(markdown(each) for each in results)),
        "text/html": encoded(f'<meta charset="utf-8">{joined(html(each) for each in results)}'),
    }
