from __future__ import annotations

import base64
import io
import struct
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, TiffImagePlugin

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, JobCancelled
from glmocr_desktop.core.model import Document, Page
from glmocr_desktop.documents import load_page, open_document
from tests.documents.image_files import HEIC_OF_64_BY_64, gif_header, png, tiff

if TYPE_CHECKING:
    from pathlib import Path


def corner() -> Image.Image:
    """A page of 120 × 80 with ink in its upper left corner only."""
    image = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 39, 29), fill="black")
    return image


def load(path: Path, number: int = 1, max_pixels: int = 20_000_000) -> Image.Image:
    page = open_document(str(path))[number - 1]
    return load_page(page, CancelToken(), max_pixels)


def kind_of(path: Path) -> str:
    """How opening or, failing that, loading fails."""
    with pytest.raises(InputError) as caught:
        load(path)
    assert str(caught.value)
    return caught.value.kind


def is_upright(image: Image.Image) -> bool:
    grey = image.convert("L")
    spots = [grey.getpixel(spot) for spot in ((5, 5), (115, 5), (5, 75), (115, 75))]
    return image.size == (120, 80) and [int(bool(spot and spot > 128)) for spot in spots] == [0, 1, 1, 1]  # type: ignore[operator]


TURNED = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "avif"])
@pytest.mark.parametrize("orientation", TURNED)
def test_turned_upright(tmp_path: Path, orientation: int, suffix: str) -> None:
    image = corner()
    for step in TURNED[orientation]:
        image = image.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / f"x.{suffix}", exif=exif)
    assert is_upright(load(tmp_path / f"x.{suffix}"))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_does_not_matter(tmp_path: Path) -> None:
    corner().save(tmp_path / "x.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff broken", quality=95)
    assert is_upright(load(tmp_path / "x.jpg"))


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "gif", "tif", "avif", "jp2", "ppm", "ico"])
def test_formats(tmp_path: Path, suffix: str) -> None:
    options = {"sizes": [(120, 80)]} if suffix == "ico" else {}
    corner().save(tmp_path / f"x.{suffix}", **options)  # type: ignore[arg-type]
    image = load(tmp_path / f"x.{suffix}")
    assert image.mode == "RGB"
    assert not image.info
    assert is_upright(image)


def test_heic(tmp_path: Path) -> None:
    """An image of 64 × 64, black above and white below, as a telephone stores it."""
    (tmp_path / "x.heic").write_bytes(base64.b64decode(HEIC_OF_64_BY_64))
    image = load(tmp_path / "x.heic").convert("L")
    assert image.size == (64, 64)
    assert image.getpixel((32, 8)) == pytest.approx(0, abs=20)
    assert image.getpixel((32, 56)) == pytest.approx(255, abs=20)


def test_inverted_cmyk_of_adobe(tmp_path: Path) -> None:
    corner().convert("CMYK").save(tmp_path / "x.jpg", quality=95)
    assert b"Adobe" in (tmp_path / "x.jpg").read_bytes()
    assert is_upright(load(tmp_path / "x.jpg"))


def test_deep_png_and_tiff(tmp_path: Path) -> None:
    deep = corner().convert("L").convert("I;16").point(lambda value: value * 16)
    for name in ("x.png", "x.tif"):
        deep.save(tmp_path / name)
        assert is_upright(load(tmp_path / name)), name


def test_deep_tiff_whose_white_is_zero(tmp_path: Path) -> None:
    data = b"".join(struct.pack("<H", 65535 if x < 40 and y < 30 else 0) for y in range(80) for x in range(120))
    tags = {256: 120, 257: 80, 258: 16, 259: 1, 262: 0, 273: 8, 277: 1, 278: 80, 279: len(data)}
    (tmp_path / "x.tif").write_bytes(tiff(tags, data))
    assert is_upright(load(tmp_path / "x.tif"))


def test_pages_of_a_tiff_without_its_previews(tmp_path: Path) -> None:
    preview = TiffImagePlugin.ImageFileDirectory_v2()
    preview[254] = 1
    first, small, last = (Image.new("L", (30, 20), shade) for shade in (10, 99, 200))
    small.encoderinfo = {"tiffinfo": preview}
    first.save(tmp_path / "x.tif", save_all=True, append_images=[small, last])
    assert len(open_document(str(tmp_path / "x.tif"))) == 2
    assert load(tmp_path / "x.tif", 2).getpixel((1, 1)) == (200, 200, 200)


def test_animation_gives_its_first_frame(tmp_path: Path) -> None:
    first, second = corner(), Image.new("RGB", (120, 80), "red")
    for name in ("x.gif", "x.webp", "x.png"):
        first.save(tmp_path / name, save_all=True, append_images=[second])
        assert is_upright(load(tmp_path / name)), name


class TestSize:
    def test_long_screenshot_stays_as_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "x.png").write_bytes(png(1240, 8050))
        assert load(tmp_path / "x.png").size == (1240, 8050)

    @pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
    def test_scaled_into_the_budget(self, tmp_path: Path, suffix: str) -> None:
        corner().resize((1200, 800)).save(tmp_path / f"x.{suffix}", quality=95)
        image = load(tmp_path / f"x.{suffix}", max_pixels=9600)
        assert is_upright(image)

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (png(9000, 9000), "too_large"),
            (png(30_000, 30_000), "too_large"),
            (png(40_000, 2), "too_long"),
            (png(1, 60_000), "too_long"),
            (gif_header(30_000, 30_000), "too_large"),
            (gif_header(65_535, 65_535), "too_long"),
            (tiff({256: 60_000, 257: 60_000, 258: 1, 259: 1, 262: 0, 273: 8, 278: 60_000, 279: 1}), "too_long"),
            (tiff({256: 20_000, 257: 20_000, 258: 1, 259: 1, 262: 0, 273: 8, 278: 20_000, 279: 1}), "too_large"),
        ],
    )
    def test_bombs_are_refused_unopened(self, tmp_path: Path, content: bytes, kind: str) -> None:
        (tmp_path / "x").write_bytes(content)
        with pytest.raises(InputError) as caught:
            open_document(str(tmp_path / "x"))
        assert caught.value.kind == kind
        assert "60000" not in str(caught.value) or caught.value.values["limit"]

    def test_bomb_on_a_later_page(self, tmp_path: Path) -> None:
        Image.new("L", (9, 9)).save(tmp_path / "x.tif", save_all=True, append_images=[Image.new("1", (9500, 9000))])
        assert load(tmp_path / "x.tif", 1).size == (9, 9)
        with pytest.raises(InputError) as caught:
            load(tmp_path / "x.tif", 2)
        assert caught.value.kind == "too_large"

    def test_icon_that_hides_a_bomb(self, tmp_path: Path) -> None:
        """The directory of an ICO may say 16 × 16 while the image in it is anything."""
        inner = png(20_000, 20_000)
        entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(inner), 22)
        (tmp_path / "x.ico").write_bytes(struct.pack("<HHH", 0, 1, 1) + entry + inner)
        assert kind_of(tmp_path / "x.ico") == "damaged"


class TestDamage:
    @pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tif", "gif", "jp2", "avif", "bmp"])
    def test_cut_off(self, tmp_path: Path, suffix: str) -> None:
        noise = Image.effect_noise((200, 200), 80)
        stream = io.BytesIO()
        noise.save(stream, {"jpg": "JPEG", "tif": "TIFF", "jp2": "JPEG2000"}.get(suffix, suffix))
        (tmp_path / "x").write_bytes(stream.getvalue()[: len(stream.getvalue()) // 2])
        assert kind_of(tmp_path / "x") == "damaged"

    def test_flipped_bytes(self, tmp_path: Path) -> None:
        corner().save(tmp_path / "x.png")
        content = bytearray((tmp_path / "x.png").read_bytes())
        content[60:80] = bytes(20)
        (tmp_path / "x.png").write_bytes(content)
        assert kind_of(tmp_path / "x.png") == "damaged"

    def test_vanished_emptied_or_replaced_after_it_was_opened(self, tmp_path: Path) -> None:
        path = tmp_path / "x.tif"
        corner().save(path, save_all=True, append_images=[corner()])
        second = open_document(str(path))[1]
        for change, kind in (
            (lambda: corner().save(path), "page_range"),
            (lambda: path.write_text("something else"), "is_text"),
            (lambda: path.write_bytes(b""), "empty_file"),
            (path.unlink, "not_found"),
        ):
            change()
            with pytest.raises(InputError) as caught:
                load_page(second, CancelToken())
            assert caught.value.kind == kind


class TestEnding:
    def test_ended_job_loads_nothing(self, tmp_path: Path) -> None:
        page = Page(Document(path="x", file=str(tmp_path / "missing"), name="x"))
        token = CancelToken()
        token.cancel()
        with pytest.raises(JobCancelled):
            load_page(page, token)


def test_many_threads_at_once(tmp_path: Path) -> None:
    """Neither the plug-ins nor the guard against bombs may depend on who comes first."""
    corner().save(tmp_path / "good.png")
    (tmp_path / "bomb.png").write_bytes(png(9000, 9000))

    def outcome(name: str) -> bool | str:
        return is_upright(load(tmp_path / name)) if name == "good.png" else kind_of(tmp_path / name)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(outcome, ["good.png", "bomb.png"] * 40))
    assert results == [True, "too_large"] * 40
