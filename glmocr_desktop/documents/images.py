"""Images as they should be read: upright, on white, RGB, of a size that is safe."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from glmocr_desktop.core.errors import InputError, OcrError
from glmocr_desktop.documents.bounds import fitted, pixels_of
from glmocr_desktop.documents.foreign import foreign_kind
from glmocr_desktop.documents.tones import flattened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.ImageFile import ImageFile

    from glmocr_desktop.core.model import Cut, Page
    from glmocr_desktop.documents.source import Source

_MAX_PIXELS = 80_000_000  # decoded 240 MB, and a few times that while it is converted
_MAX_SIDE = 32_767  # the longest screenshot that a browser makes
_MAGIC_BYTES = 16  # how much of a file Pillow's plug-ins want to see
_MAX_FRAMES = 10_000

# EPS is left out because it would be run as a program, the exotic ones because nobody scans to them.
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "HEIF", "JPEG2000", "PPM", "ICO")
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def is_image(head: bytes) -> bool:
    """Whether a file that begins so claims to be an image of a known format."""
    return bool(_claimed(head))


def count_frames(source: Source, name: str) -> int:
    """How many pages an image has: those of a TIFF, or one.

    Raises:
        InputError: It is not an image that can be opened, or its first page is too large.
    """
    with _in_words(name), _opened(source, name) as image:
        _check_size(image)
        return len(_frames(image))


def load(source: Source, page: Page, max_pixels: int, max_side: int | None = None) -> Image.Image:
    """What is read of one page of an image.

    Args:
        source: Its bytes.
        page: Which one.
        max_pixels: A larger image is scaled down to this many pixels.
        max_side: A larger image is scaled down until its longer side has this many pixels.

    Raises:
        InputError: It cannot be read.
    """
    number, name = page.number, page.document.name
    with _in_words(name), _opened(source, name) as image:
        frames = _frames(image) if number > 1 else [_first(image)]
        if number > len(frames):
            raise InputError("page_range", pages=str(number), name=name, count=len(frames))
        if frames[number - 1] != image.tell():
            image.seek(frames[number - 1])
        _check_size(image)
        if page.cut.region is not None:  # what is left of the page has the room of all of it
            shown = _finished(image, _MAX_PIXELS, None)
            cut = _cut(shown, page.cut)
            return scaled(cut, fitted(*cut.size, max_pixels, max_side))
        size = fitted(*image.size, max_pixels, max_side)
        # A JPEG decodes itself at a half, a quarter or an eighth, for a fraction of time and memory.
        image.draft(None, size)
        image.load()
        return _cut(_finished(image, max_pixels, max_side), page.cut)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Whatever a decoder raises, told as what it means for the file."""
    try:
        yield
    except (OcrError, MemoryError):  # the latter ends the process
        raise
    except Exception as error:  # a decoder may raise anything on hostile data
        raise InputError("damaged", name=name) from error


def scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The image at another size, or itself when it has that size."""
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _finished(image: Image.Image, max_pixels: int, max_side: int | None) -> Image.Image:
    """A decoded image, flattened, scaled (while it may still be grey), turned upright and in RGB."""
    turn = _UPRIGHT.get(_orientation(image))
    flat = flattened(image)
    flat = scaled(flat, fitted(*flat.size, max_pixels, max_side))
    if turn is not None:
        flat = flat.transpose(turn)
    plain = flat.convert("RGB")  # always another object than the one that holds the file open
    plain.info = {}  # no Exif that would turn it once more
    return plain


def _cut(image: Image.Image, cut: Cut) -> Image.Image:
    """The part of an upright image that is read, turned as it is read."""
    if cut.turn:
        image = image.transpose(_TURNS[cut.turn])
    if cut.region is None:
        return image
    return image.crop(pixels_of(cut.region, *image.size))


def _orientation(image: Image.Image) -> int:
    """How a camera was held; a damaged Exif block is no reason to refuse the picture."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):
        return 1


def _opened(source: Source, name: str) -> ImageFile:
    """The image with its header read and nothing decoded.

    `Image.open` is not used: it warns of large images before their size can be asked for, and warnings
    can be caught in one thread at a time only.
    """
    source.seek(0)
    claimed = _claimed(source.read(_MAGIC_BYTES))
    if not claimed:
        raise InputError(foreign_kind(source), name=name)
    problem: Exception | None = None
    for factory in claimed:
        source.seek(0)
        try:
            return factory(source, "")
        except (SyntaxError, IndexError, TypeError, KeyError, EOFError, struct.error) as error:
            problem = error
    raise InputError("damaged", name=name) from problem


def _claimed(head: bytes) -> list[Callable[[Source, str], ImageFile]]:
    """The plug-ins that know this beginning."""
    _load_plugins()
    known = ((Image.OPEN[each][0], Image.OPEN[each][1]) for each in _FORMATS if each in Image.OPEN)
    # A plug-in built without its library answers with a text.
    return [factory for factory, accepts in known if accepts is not None and accepts(head[:_MAGIC_BYTES]) is True]


@cache
def _load_plugins() -> None:
    """Register the formats; should two threads meet here, registering twice does no harm."""
    import pi_heif
    from PIL import (  # noqa: F401 - each registers itself
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        IcoImagePlugin,
        Jpeg2KImagePlugin,
        JpegImagePlugin,
        PngImagePlugin,
        PpmImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    pi_heif.register_heif_opener()


def _check_size(image: Image.Image) -> None:
    """Refuse what would need too much memory, before anything is decoded."""
    width, height = image.size
    if max(width, height) > _MAX_SIDE:
        raise InputError("too_long", width=width, height=height, limit=_MAX_SIDE)
    if width * height > _MAX_PIXELS:
        raise InputError("too_large", width=width, height=height, limit=_MAX_PIXELS // 1_000_000)
    if width < 1 or height < 1:
        raise ValueError("an image without pixels")


def _first(image: ImageFile) -> int:
    """The frame that is page 1."""
    return 0 if image.format == "TIFF" else image.tell()


def _frames(image: ImageFile) -> list[int]:
    """The frames that are pages: one of an animation, all of a TIFF but its previews."""
    if image.format != "TIFF":
        return [image.tell()]
    pages: list[int] = []
    for frame in range(_MAX_FRAMES):
        try:
            image.seek(frame)
        except EOFError:
            image.seek(0)
            return pages
        if frame == 0 or not _is_preview(image):
            pages.append(frame)
    raise ValueError(f"more than {_MAX_FRAMES} frames")


def _is_preview(image: ImageFile) -> bool:
    """Whether a TIFF's frame is another one in a smaller size (bit 0 of NewSubfileType)."""
    kind = getattr(image, "tag_v2", {}).get(254, 0)
    return isinstance(kind, int) and kind & 1 == 1
