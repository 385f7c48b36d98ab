"""A dropped file becomes pages, and a page an image.

Nothing heavy is loaded before the first page is.
"""

from glmocr_desktop.documents.decoding import MAX_PIXELS
from glmocr_desktop.documents.finding import SUFFIXES, find_files
from glmocr_desktop.documents.names import printable
from glmocr_desktop.documents.open import check_page_range, open_document
from glmocr_desktop.documents.pages import Picture, load_page, picture, thumbnail

__all__ = [
    "MAX_PIXELS",
    "SUFFIXES",
    "Picture",
    "check_page_range",
    "find_files",
    "load_page",
    "open_document",
    "picture",
    "printable",
    "thumbnail",
]
