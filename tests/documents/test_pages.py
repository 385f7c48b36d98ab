from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents import Picture, open_document, picture, thumbnail
from tests.documents.pdf_files import BLACK_SQUARE, pages_pdf

if TYPE_CHECKING:
    from pathlib import Path


def decoded(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (image.format, image.mode) == ("PNG", "RGB")
    return image


def _picture(path: Path, max_pixels: int) -> Picture:
    (page,) = open_document(str(path))
    return picture(page, CancelToken(), max_pixels)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "CMYK", "RGBA"])
def test_a_server_gets_rgb_unscaled_within_the_budget(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("x.tif" if mode == "CMYK" else "x.png")
    Image.new(mode, (50, 40), "white").save(path)
    made = _picture(path, 2000)
    assert (decoded(made.png).size, made.pixels) == ((50, 40), 2000)


@pytest.mark.parametrize("size", [(3000, 2000), (30_000, 100), (3, 20_000)])
def test_a_server_gets_no_more_than_its_budget(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size).save(tmp_path / "x.png")
    made = _picture(tmp_path / "x.png", 20_000)
    width, height = decoded(made.png).size
    assert width * height == made.pixels <= 20_000
    assert min(width, height) >= 1


@pytest.mark.parametrize("suffix", ["png", "bmp"])
def test_a_server_gets_every_pixel(tmp_path: Path, suffix: str) -> None:
    image = Image.effect_noise((300, 200), 80).convert("RGB")
    image.save(tmp_path / f"x.{suffix}")
    assert decoded(_picture(tmp_path / f"x.{suffix}", 60_000).png).tobytes() == image.tobytes()


def test_a_plain_png_is_sent_as_it_is_without_what_is_nobodys_business(tmp_path: Path) -> None:
    """Text, comments and whatever else hides in a file or behind its end stay here; the pixels are not encoded anew."""
    secret = PngInfo()
    secret.add_text("Author", "the secret name")
    secret.add_itxt("Comment", "the secret name")
    path = tmp_path / "x.png"
    Image.effect_noise((200, 100), 80).convert("RGB").save(path, pnginfo=secret, dpi=(300, 300), compress_level=9)
    path.write_bytes(path.read_bytes() + b"the secret name")
    made = _picture(path, 100_000)
    assert b"secret" not in made.png
    assert decoded(made.png).info == {}
    begin = path.read_bytes().index(b"IDAT")
    assert path.read_bytes()[begin : begin + 5000] in made.png


def test_a_png_that_is_not_simply_its_pixels_is_encoded_anew(tmp_path: Path) -> None:
    """One that a camera turned, and one with holes in it."""
    turned = Image.new("RGB", (20, 10), "white")
    turned.paste((255, 0, 0), (0, 0, 5, 5))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    turned.save(tmp_path / "turned.png", exif=exif)
    upright = decoded(_picture(tmp_path / "turned.png", 1000).png)
    assert (upright.size, upright.getpixel((9, 0))) == ((10, 20), (255, 0, 0))
    holes = Image.new("RGB", (20, 10), (1, 2, 3))
    holes.paste("black", (5, 5, 10, 8))
    holes.save(tmp_path / "holes.png", transparency=(1, 2, 3))
    assert decoded(_picture(tmp_path / "holes.png", 1000).png).getpixel((0, 0)) == (255, 255, 255)


def test_a_damaged_png_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    Image.effect_noise((200, 100), 80).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(InputError):
        _picture(path, 100_000)


def test_an_empty_sheet_is_known_even_when_it_was_scanned(tmp_path: Path) -> None:
    grain = Image.effect_noise((800, 600), 6).point(lambda level: level + 110).convert("RGB")
    grain.save(tmp_path / "empty.png")
    assert _picture(tmp_path / "empty.png", 1_000_000).blank
    grain.paste("black", (300, 300, 340, 306))  # a dash
    grain.save(tmp_path / "written.png")
    assert not _picture(tmp_path / "written.png", 1_000_000).blank


@pytest.mark.parametrize("name", ["x.jpg", "x.png"])
def test_thumbnail_of_an_image(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (2000, 1000), (200, 30, 30)).save(tmp_path / name, quality=95)
    (page,) = open_document(str(tmp_path / name))
    image = decoded(thumbnail(page, 96))
    assert image.size == (96, 48)
    assert image.getpixel((48, 24)) == pytest.approx((200, 30, 30), abs=6)


def test_thumbnail_of_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pages_pdf(b"", BLACK_SQUARE))
    image = decoded(thumbnail(open_document(str(tmp_path / "x.pdf"))[1], 96))
    assert max(image.size) == 96
    assert image.getextrema()[0] == (0, 255)


def test_thumbnail_of_what_is_gone(tmp_path: Path) -> None:
    Image.new("RGB", (20, 10)).save(tmp_path / "x.png")
    (page,) = open_document(str(tmp_path / "x.png"))
    (tmp_path / "x.png").unlink()
    with pytest.raises(InputError):
        thumbnail(page, 96)


def test_nothing_heavy_is_loaded_at_start() -> None:
    code = "import sys, glmocr_desktop.documents; print({m.split('.')[0] for m in sys.modules} & set(sys.argv[1:]))"
    heavy = ["PIL", "numpy", "pypdfium2", "pypdfium2_raw", "pi_heif", "cv2"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
