"""Pages of a PDF, drawn by PDFium.

A document is opened anew for each page: that is measured to take 4 ms of 40 for a page of 300, and nothing stale
is ever shown.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2  # noqa: TID253 - this module is itself imported for the first PDF only
import pypdfium2.raw as pdfium  # noqa: TID253
from PIL import Image

from glmocr_desktop.core.errors import InputError, OcrError
from glmocr_desktop.core.model import Region
from glmocr_desktop.documents.bounds import fitted
from glmocr_desktop.documents.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glmocr_desktop.core.model import Page

_DPI = 200  # small print keeps 16 pixels a line
_FINE_DPI = 400  # of a part of a page, which has the room of all of it
_POINTS_PER_INCH = 72
_MAX_SIDE = 32_767


def count_pages(file: str, name: str, password: str | None) -> int:
    """How many pages a PDF has.

    Args:
        file: Path of the PDF.
        name: What errors call it.
        password: Opens it when it is encrypted.

    Raises:
        InputError: It cannot be opened; among others ``password_needed``, ``password_wrong`` and ``no_pages``.

    """
    with _in_words(name), _opened(file, name, password) as document:
        return _reachable(document)


def render(page: Page, max_pixels: int, max_side: int | None = None, limit_s: float | None = None) -> Image.Image:
    """Draw what is read of a page on white, at 200 dpi or at what fits into the limits; a part of it up to twice that.

    Args:
        page: What to draw; its cut is made.
        max_pixels: Limit of width × height.
        max_side: Limit of the longer side, in pixels.
        limit_s: Give the page as far as it is drawn by then, in seconds; None draws to the end.

    Raises:
        InputError: The page cannot be drawn.

    """
    with (
        _in_words(page.document.name),
        closing(_Drawing(page, max_pixels, min(max_side or _MAX_SIDE, _MAX_SIDE))) as drawing,
    ):
        drawing.draw(limit_s)
        return drawing.picture()


class _Drawing:
    """One page on its way to a picture."""

    def __init__(self, page: Page, max_pixels: int, max_side: int) -> None:
        self._page = page
        self._max_pixels = max_pixels
        self._max_side = max_side
        self._open = ExitStack()

    def draw(self, limit_s: float | None) -> None:
        """Draw the page, as far as that is done within the limit; a single image or form is always drawn whole."""
        self._begin()
        until = math.inf if limit_s is None else time.monotonic() + limit_s
        # PDFium asks this now and then whether it should pause; the object has to live as long as the drawing.
        pause = pdfium.IFSDK_PAUSE(version=1)
        pypdfium2.internal.set_callback(pause, "NeedToPauseNow", lambda _pause: int(time.monotonic() >= until))
        state = pdfium.FPDF_RenderPageBitmap_Start(self._bitmap, self._pdf_page, *self._placing, pause)
        self._open.callback(pdfium.FPDF_RenderPage_Close, self._pdf_page)
        if state == pdfium.FPDF_RENDER_FAILED:
            raise pypdfium2.PdfiumError("The page could not be drawn.")

    def picture(self) -> Image.Image:
        """What has been drawn, with the values of form fields, as a copy."""
        bitmap, formenv = self._bitmap, self._document.formenv
        if formenv:
            pdfium.FPDF_FFLDraw(formenv, bitmap, self._pdf_page, *self._placing)
        size = (bitmap.width, bitmap.height)
        return Image.frombytes("RGB", size, memoryview(bitmap.buffer), "raw", "RGBX", bitmap.stride)

    def close(self) -> None:
        """Give everything back to PDFium."""
        self._open.close()

    def _begin(self) -> None:
        document = self._page.document
        self._document = self._open.enter_context(_opened(document.file, document.name, document.password))
        count, number = len(self._document), self._page.number
        if number > count:
            raise InputError("page_range", pages=str(number), name=document.name, count=count)
        self._document.init_forms()
        self._pdf_page = self._open.enter_context(closing(self._document[number - 1]))
        # Sizes are settled before a single pixel is made: a page may claim to be 70 m wide.
        width_pt, height_pt = (max(1.0, each) for each in self._pdf_page.get_size())
        cut = self._page.cut
        if cut.turn in (90, 270):
            width_pt, height_pt = height_pt, width_pt
        part = cut.region or Region(0.0, 0.0, 1.0, 1.0)
        dots = (_DPI if cut.region is None else _FINE_DPI) / _POINTS_PER_INCH
        part_width_pt, part_height_pt = max(1.0, part.width * width_pt), max(1.0, part.height * height_pt)
        wanted = math.ceil(part_width_pt * dots), math.ceil(part_height_pt * dots)
        size = fitted(*wanted, self._max_pixels, self._max_side)
        # The whole page is laid so that its part comes to lie on the bitmap.
        across, down = size[0] / part_width_pt, size[1] / part_height_pt
        whole = max(1, round(width_pt * across)), max(1, round(height_pt * down))
        begin = -round(part.left * whole[0]), -round(part.top * whole[1])
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        self._placing = (*begin, *whole, cut.turn // 90, flags)
        self._bitmap = self._open.enter_context(
            closing(pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGRx, rev_byteorder=True))
        )
        self._bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """What PDFium raises, told as what it means for the file."""
    try:
        yield
    except (OcrError, MemoryError):  # the latter ends the process
        raise
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise InputError("damaged", name=name) from error


@contextmanager
def _opened(file: str, name: str, password: str | None) -> Iterator[Any]:
    """A PDF, open as long as the block lasts."""
    with Source(file, name) as source:
        # PdfDocument would open it as well, but cannot tell a PDF without pages from a damaged one.
        reader, _callbacks = pypdfium2.internal.get_bufreader(source)
        key = (password or "").encode("utf-8", "surrogateescape") + b"\0"
        handle = pdfium.FPDF_LoadCustomDocument(reader, key)
        if not handle:
            raise InputError(_why_closed(pdfium.FPDF_GetLastError(), password), name=name)
        with pypdfium2.PdfDocument(handle) as document:
            if len(document) < 1:
                raise InputError("no_pages", name=name)
            yield document


def _why_closed(code: int, password: str | None) -> str:
    """The kind of error behind PDFium's code."""
    if code == pdfium.FPDF_ERR_PASSWORD:
        return "password_wrong" if password else "password_needed"
    return "protected" if code == pdfium.FPDF_ERR_SECURITY else "damaged"


def _reachable(document: Any) -> int:
    """How many pages there really are: PDFium believes a ``/Count`` of up to a million."""
    size = pdfium.FS_SIZEF()

    def missing(index: int) -> bool:
        return not pdfium.FPDF_GetPageSizeByIndexF(document, index, size)

    claimed = len(document)
    if not missing(claimed - 1):
        return claimed
    if count := bisect_left(range(claimed), True, key=missing):
        return count
    raise pypdfium2.PdfiumError("Not even the first page can be found.")
