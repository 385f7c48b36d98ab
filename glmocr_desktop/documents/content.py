"""What a file is, judged by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmocr_desktop.documents import images

if TYPE_CHECKING:
    from glmocr_desktop.documents.source import Source


def is_pdf(source: Source) -> bool:
    """Whether to open a file as a PDF; anything else is left to the images, which say no to what they are not.

    A PDF may begin after some rubbish, so that the text ``%PDF-`` counts only where nothing else does.
    """
    head = source.head()
    return b"%PDF-" in head and not images.is_image(head)
