"""Parts of pages, and pages that are turned: only what is read of a page is loaded, sent and shown small."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Cut, Page, Region
from glmocr_desktop.documents import load_page, open_document, picture, thumbnail
from tests.documents.pdf_files import pages_pdf

_RED, _GREEN, _BLUE, _BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)
_LEFT, _RIGHT_BELOW = Region(0.0, 0.0, 0.5, 1.0), Region(0.5, 0.5, 0.5, 0.5)
# A page of four fields: red and green above, blue and black below.
_FIELDS = {(0, 0): _RED, (1, 0): _GREEN, (0, 1): _BLUE, (1, 1): _BLACK}
_PDF = b"1 0 0 rg 0 50 100 50 re f 0 1 0 rg 100 50 100 50 re f 0 0 1 rg 0 0 100 50 re f 0 0 0 rg 100 0 100 50 re f"


@pytest.fixture(params=["png", "pdf"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Page:
    path = tmp_path / f"x.{request.param}"
    if request.param == "pdf":
        path.write_bytes(pages_pdf(_PDF, box=b"0 0 200 100"))
    else:
        image = Image.new("RGB", (400, 200))
        for (column, row), colour in _FIELDS.items():
            image.paste(colour, (200 * column, 100 * row, 200 * column + 200, 100 * row + 100))
        image.save(path)
    [found] = open_document(str(path))
    return found


def _fields(image: Image.Image) -> list[object]:
    """The colours in the middle of its four quarters: above, then below."""
    return [image.getpixel((image.width * x // 4, image.height * y // 4)) for y in (1, 3) for x in (1, 3)]


@pytest.mark.parametrize(
    ("cut", "fields"),
    [
        (Cut(), [_RED, _GREEN, _BLUE, _BLACK]),
        (Cut(90), [_BLUE, _RED, _BLACK, _GREEN]),
        (Cut(180), [_BLACK, _BLUE, _GREEN, _RED]),
        (Cut(270), [_GREEN, _BLACK, _RED, _BLUE]),
        (Cut(0, _LEFT), [_RED, _RED, _BLUE, _BLUE]),
        (Cut(90, _LEFT), [_BLUE, _BLUE, _BLACK, _BLACK]),
        (Cut(270, _RIGHT_BELOW), [_BLUE] * 4),
    ],
)
def test_a_page_is_turned_first_and_then_cut(page: Page, cut: Cut, fields: list[object]) -> None:
    image = load_page(replace(page, cut=cut), CancelToken())
    assert _fields(image) == fields
    width, height = (100, 200) if cut.turn in (90, 270) else (200, 100)
    part = cut.region or Region(0, 0, 1, 1)
    assert image.width / image.height == pytest.approx(width * part.width / (height * part.height), rel=0.02)


def test_what_is_sent_and_shown_small_is_cut_too(page: Page) -> None:
    cut = replace(page, cut=Cut(0, _RIGHT_BELOW))
    for png in (picture(cut, CancelToken(), 1_000_000).png, thumbnail(cut, 40)):
        image = Image.open(io.BytesIO(png)).convert("RGB")
        assert image.getcolors() == [(image.width * image.height, _BLACK)]
    sent = picture(replace(page, cut=Cut(180)), CancelToken(), 1_000_000)
    assert _fields(Image.open(io.BytesIO(sent.png)).convert("RGB")) == [_BLACK, _BLUE, _GREEN, _RED]


def test_a_part_has_the_room_of_the_whole(tmp_path: Path) -> None:
    """A part of a page is not made of the few pixels that it has on a page that was scaled down."""
    noise = Image.effect_noise((800, 800), 80).convert("RGB")
    noise.save(tmp_path / "x.png")
    [page] = open_document(str(tmp_path / "x.png"))
    quarter = replace(page, cut=Cut(0, Region(0.25, 0.5, 0.5, 0.5)))
    kept = load_page(quarter, CancelToken(), 160_000)
    assert kept.tobytes() == noise.crop((200, 400, 600, 800)).tobytes()
    assert load_page(quarter, CancelToken(), 10_000).size == (100, 100)


def test_a_part_of_a_pdf_is_drawn_finely_within_the_budget(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pages_pdf(_PDF))
    [page] = open_document(str(tmp_path / "x.pdf"))
    quarter = replace(page, cut=Cut(0, Region(0.0, 0.0, 0.5, 0.5)))
    whole = load_page(page, CancelToken())
    assert load_page(quarter, CancelToken()).width == pytest.approx(whole.width, rel=0.01)
    budget = load_page(quarter, CancelToken(), 1_000_000)
    assert 980_000 < budget.width * budget.height <= 1_000_000


@pytest.mark.parametrize("region", [Region(0.99999, 0.99999, 0.00001, 0.00001), Region(-0.5, -0.5, 5.0, 5.0)])
def test_a_part_of_nothing_or_more_than_all_is_still_a_picture(page: Page, region: Region) -> None:
    assert min(load_page(replace(page, cut=Cut(0, region)), CancelToken()).size) >= 1
