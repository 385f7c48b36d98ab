"""Files with a few bytes changed: they are opened and shown, or refused in words."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobTimeout, OcrError
from glmocr_desktop.core.model import Cut, Document, Page, Region
from glmocr_desktop.documents import load_page, open_document, thumbnail
from glmocr_desktop.documents.open import check_page_range, visible_name
from glmocr_desktop.documents.pages import picture
from tests.documents.image_files import HEIC_OF_64_BY_64, png, tiff
from tests.documents.pdf_files import BLACK_SQUARE, encrypted_pdf, pages_pdf, pdf, stream
from tests.support.anything import changed_bytes

pytestmark = pytest.mark.fuzz

_MOST_PIXELS = 200_000
_LONGEST_S = 30.0


def _drawn(format: str, mode: str = "RGB", **more: object) -> bytes:
    image = Image.radial_gradient("L").resize((37, 29)).convert(mode)
    out = io.BytesIO()
    image.save(out, format, **more)
    return out.getvalue()


def _image_pdf() -> bytes:
    picture_bytes = _drawn("JPEG")
    entries = b"/Type/XObject/Subtype/Image/Width 37/Height 29/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
            stream(b"q 100 0 0 100 10 10 cm /I Do Q"),
            stream(picture_bytes, entries),
        ]
    )


_VALID: dict[str, Callable[[], bytes]] = {
    "png": lambda: _drawn("PNG"),
    "interlaced": lambda: _drawn("PNG", "P"),
    "bits": lambda: png(40, 30),
    "jpeg": lambda: _drawn("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"),
    "cmyk": lambda: _drawn("JPEG", "CMYK", progressive=True),
    "webp": lambda: _drawn("WEBP", lossless=True),
    "gif": lambda: _drawn("GIF", "P", save_all=True, append_images=[Image.new("P", (37, 29), 3)]),
    "bmp": lambda: _drawn("BMP"),
    "tiff": lambda: _drawn("TIFF", save_all=True, append_images=[Image.new("RGB", (20, 30))]),
    "lzw": lambda: _drawn("TIFF", "L", compression="tiff_lzw"),
    "fax": lambda: _drawn("TIFF", "1", compression="group4"),
    "by hand": lambda: tiff({256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: 8, 278: 1, 279: 1}),
    "jp2": lambda: _drawn("JPEG2000"),
    "avif": lambda: _drawn("AVIF"),
    "heic": lambda: base64.b64decode(HEIC_OF_64_BY_64),
    "ppm": lambda: _drawn("PPM"),
    "ico": lambda: _drawn("ICO"),
    "pdf": lambda: pages_pdf(BLACK_SQUARE, b"0 1 0 rg 10 10 50 50 re f"),
    "picture": _image_pdf,
    "locked": lambda: encrypted_pdf(BLACK_SQUARE, b"user"),
    "own sample": lambda: next(iter(sorted(Path("resources/samples").glob("*.pdf")))).read_bytes(),
}
_kept: dict[str, bytes] = {}


def _valid(kind: str) -> bytes:
    if kind not in _kept:
        _kept[kind] = _VALID[kind]()
    return _kept[kind]


def _token() -> CancelToken:
    token = CancelToken()
    token.start(_LONGEST_S)
    return token


def _says_why(error: OcrError) -> None:
    assert str(error)


def _read(path: Path) -> None:
    """All that the program does with a file; whatever fails says so in words."""
    try:
        pages = open_document(str(path), password="user")
    except OcrError as error:
        _says_why(error)
        return
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    cut = Cut(turn=90, region=Region(0.2, 0.2, 0.5, 0.5))
    for page in (*pages[:2], pages[-1], Page(pages[0].document, 1, len(pages), cut)):
        try:
            image = load_page(page, _token(), _MOST_PIXELS)
            assert image.mode == "RGB"
            assert 0 < image.width * image.height <= _MOST_PIXELS
            assert picture(page, _token(), _MOST_PIXELS).png.startswith(b"\x89PNG")
            assert thumbnail(page, 64).startswith(b"\x89PNG")
        except JobTimeout:
            raise
        except OcrError as error:
            _says_why(error)


@pytest.mark.parametrize("kind", _VALID)
def test_what_is_whole_is_read(tmp_path: Path, kind: str) -> None:
    """Otherwise the others would begin with something that is refused anyway."""
    path = tmp_path / "page"
    path.write_bytes(_valid(kind))
    for page in open_document(str(path), password="user"):
        load_page(page, _token(), _MOST_PIXELS)


@given(data=st.data(), kind=st.sampled_from(sorted(_VALID)))
def test_a_file_with_changed_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(data.draw(changed_bytes(_valid(kind))))
    _read(path)


@given(content=st.binary(max_size=200), kind=st.sampled_from(sorted(_VALID)))
def test_what_only_begins_like_a_file_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "begun"
    path.write_bytes(_valid(kind)[:16] + content)
    _read(path)


@given(path=st.text(st.characters(), max_size=30), pages=st.none() | st.text(max_size=12))
def test_any_path_and_any_pages_are_found_or_refused(path: str, pages: str | None) -> None:
    assert visible_name(path).isprintable() or {"\u200c", "\u200d"} & set(visible_name(path))
    try:
        open_document(path, pages=pages)
    except OcrError as error:
        _says_why(error)
    if pages is not None:
        try:
            check_page_range(pages)
        except ValueError:
            return
    assert Document(path, path, visible_name(path)).name == visible_name(path)
