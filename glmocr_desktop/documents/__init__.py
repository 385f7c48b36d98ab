"""A dropped file becomes pages, and a page an image.

Nothing heavy is loaded before the first page is.
"""

from glmocr_desktop.documents.open import SUFFIXES, check_page_range, find_files, open_document, printable
from glmocr_desktop.documents.pages import MAX_PIXELS, encode_png, load_page, thumbnail

__all__ = [
    "MAX_PIXELS",
    "SUFFIXES",
    "check_page_range",
    "encode_png",
    "find_files",
    "load_page",
    "open_document",
    "printable",
    "thumbnail",
]
