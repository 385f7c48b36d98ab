from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents import encode_png, open_document, thumbnail
from tests.documents.pdf_files import BLACK_SQUARE, pages_pdf

if TYPE_CHECKING:
    from pathlib import Path


def decoded(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (image.format, image.mode) == ("PNG", "RGB")
    return image


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "CMYK", "RGBA"])
def test_png_is_rgb_and_unscaled_within_the_budget(mode: str) -> None:
    image = Image.new(mode, (50, 40), "white")
    assert decoded(encode_png(image, 2000)).size == (50, 40)
    assert image.mode == mode


@pytest.mark.parametrize("size", [(3000, 2000), (100_000, 100), (3, 50_000)])
def test_png_keeps_to_the_budget(size: tuple[int, int]) -> None:
    width, height = decoded(encode_png(Image.new("RGB", size), 90_000)).size
    assert width * height <= 90_000
    assert min(width, height) >= 1


def test_png_loses_nothing() -> None:
    image = Image.effect_noise((300, 200), 80).convert("RGB")
    assert decoded(encode_png(image, 60_000)).tobytes() == image.tobytes()


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
