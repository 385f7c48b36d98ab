"""Pages of a PDF, drawn by PDFium, which only one thread may use.

So all calls are made on one thread of their own, in turn; whoever needs one waits for its result and is free to
leave. A page is drawn in slices, between which others have their turn and a job that has ended is noticed. PDFium
cannot interrupt a single drawing (a form XObject or an image): such a page keeps others waiting for their turn.

A document is opened anew for each page: that is measured to take 4 ms of 40 for a page of 300, and nothing stale
is ever shown.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import pypdfium2  # noqa: TID253 - this module is itself imported for the first PDF only
import pypdfium2.raw as pdfium  # noqa: TID253
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, OcrError
from glmocr_desktop.core.model import Region
from glmocr_desktop.documents.bounds import fitted
from glmocr_desktop.documents.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glmocr_desktop.core.model import Page

T = TypeVar("T")

_DPI = 200  # small print keeps 16 pixels a line
_FINE_DPI = 400  # of a part of a page, which has the room of all of it
_POINTS_PER_INCH = 72
_MAX_SIDE = 32_767
_SLICE_S = 0.05

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")


def count_pages(file: str, name: str, password: str | None) -> int:
    """How many pages a PDF has.

    Args:
        file: Path of the PDF.
        name: What errors call it.
        password: Opens it when it is encrypted.

    Raises:
        InputError: It cannot be opened; among others ``password_needed``, ``password_wrong`` and ``no_pages``.

    Thread: any.
    """

    def count() -> int:
        with _opened(file, name, password) as document:
            return _reachable(document)

    return _on_thread(count, name).result()


def render(
    page: Page, token: CancelToken, max_pixels: int, max_side: int | None = None, limit_s: float | None = None
) -> Image.Image:
    """Draw what is read of a page on white, at 200 dpi or at what fits into the limits; a part of it up to twice that.

    Args:
        page: What to draw; its cut is made.
        token: Frees the caller at once, and ends the drawing at its next pause.
        max_pixels: Limit of width × height.
        max_side: Limit of the longer side, in pixels.
        limit_s: Give the page as far as it is drawn by then, in seconds; None draws to the end.

    Raises:
        InputError: The page cannot be drawn.
        JobCancelled: The job was cancelled.
        JobTimeout: The job's deadline passed.

    Thread: any.
    """
    name = page.document.name
    drawing = _Drawing(page, max_pixels, min(max_side or _MAX_SIDE, _MAX_SIDE), limit_s)
    try:
        while not token.wait_for(_on_thread(drawing.advance, name)):
            token.check()
        return token.wait_for(_on_thread(drawing.picture, name))
    finally:
        _on_thread(drawing.close, name)


class _Drawing:
    """One page on its way to a picture; what it holds belongs to PDFium's thread alone."""

    def __init__(self, page: Page, max_pixels: int, max_side: int, limit_s: float | None) -> None:
        self._page = page
        self._max_pixels = max_pixels
        self._max_side = max_side
        self._limit_s = math.inf if limit_s is None else limit_s
        self._drawn_s = 0.0
        self._slice_end = 0.0
        self._state: int | None = None
        self._open = ExitStack()
        # PDFium asks this now and then whether it should pause; the object has to live as long as the drawing.
        self._pause = pdfium.IFSDK_PAUSE(version=1)
        pypdfium2.internal.set_callback(
            self._pause, "NeedToPauseNow", lambda _pause: int(time.monotonic() >= self._slice_end)
        )

    def advance(self) -> bool:
        """Draw for a slice of time; whether that was the last one."""
        begun = time.monotonic()
        if self._state is None:
            self._begin()
        self._slice_end = begun + _SLICE_S
        if self._state is None:
            self._state = pdfium.FPDF_RenderPageBitmap_Start(self._bitmap, self._pdf_page, *self._placing, self._pause)
            self._open.callback(pdfium.FPDF_RenderPage_Close, self._pdf_page)
        else:
            self._state = pdfium.FPDF_RenderPage_Continue(self._pdf_page, self._pause)
        if self._state == pdfium.FPDF_RENDER_FAILED:
            raise pypdfium2.PdfiumError("The page could not be drawn.")
        self._drawn_s += time.monotonic() - begun
        return self._state == pdfium.FPDF_RENDER_DONE or self._drawn_s >= self._limit_s

    def picture(self) -> Image.Image:
        """What has been drawn, with the values of form fields, as a copy."""
        bitmap, formenv = self._bitmap, self._document.formenv
        if formenv:
            pdfium.FPDF_FFLDraw(formenv, bitmap, self._pdf_page, *self._placing)
        size = (bitmap.width, bitmap.height)
        return Image.frombytes("RGB", size, memoryview(bitmap.buffer), "raw", "RGBX", bitmap.stride)

    def close(self) -> None:
        """Give everything back to PDFium; it must not be left to the garbage collector of another thread."""
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


def _on_thread(call: Callable[[], T], name: str) -> Future[T]:
    """Make a call to PDFium when it is its turn, with its errors in our words."""

    def mapped() -> T:
        try:
            return call()
        except OcrError:
            raise
        except MemoryError as error:
            raise InputError("out_of_memory", name=name) from error
        except (pypdfium2.PdfiumError, OSError, ValueError) as error:
            raise InputError("damaged", name=name) from error

    return _thread.submit(mapped)


@contextmanager
def _opened(file: str, name: str, password: str | None) -> Iterator[Any]:
    """A PDF, open as long as the block lasts. PDFium's thread only."""
    with Source(file, name, CancelToken()) as source:
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
