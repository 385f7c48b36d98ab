from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw

from glmocr_desktop.documents.tones import flattened


def written(mode: str, paper: object, ink: object) -> Image.Image:
    """A page of 100 × 100 with a bar of writing across it."""
    image = Image.new(mode, (100, 100), paper)  # type: ignore[arg-type]
    ImageDraw.Draw(image).rectangle((10, 40, 89, 59), fill=ink)  # type: ignore[arg-type]
    return image


def paper_and_ink(image: Image.Image) -> tuple[int, int]:
    """Brightness beside the bar and on it."""
    grey = flattened(image).convert("L")
    paper, ink = grey.getpixel((2, 2)), grey.getpixel((50, 50))
    assert isinstance(paper, int)
    assert isinstance(ink, int)
    return paper, ink


def deep(paper: float, ink: float, kind: str = "uint16", noise: float = 0) -> Image.Image:
    values = np.full((100, 100), paper, "float64")
    values[40:60, 10:90] = ink
    values += np.random.default_rng(1).normal(0, noise, values.shape) if noise else 0
    return Image.fromarray(values.astype(kind))


BLACK_ON_WHITE = {
    "grey": written("L", 255, 0),
    "bits": written("1", 1, 0),
    "palette": written("RGB", "white", "black").quantize(4),
    "CMYK": written("CMYK", (0, 0, 0, 0), (0, 0, 0, 255)),
    "YCbCr": written("RGB", "white", "black").convert("YCbCr"),
    "HSV": written("RGB", "white", "black").convert("HSV"),
    "ink on nothing": written("RGBA", (0, 0, 0, 0), (0, 0, 0, 255)),
    "grey on nothing": written("LA", (0, 0), (0, 255)),
    "16 bits": deep(65535, 0),
    "12 of 16 bits": deep(4000, 90),
    "10 of 16 bits": deep(1020, 3),
    "8 of 16 bits": deep(255, 0),
    "16 bits, stray pixels": deep(4000, 90),
    "32 bits": deep(65000, 300, "int32"),
    "fractions": deep(1.0, 0.0, "float32"),
    "float of 8 bits": deep(250.0, 10.0, "float32"),
    "below zero": deep(1.0, -1.0, "float32"),
    "huge": deep(1e9, 0, "float32"),
}
BLACK_ON_WHITE["16 bits, stray pixels"].putpixel((0, 0), 65535)


@pytest.mark.parametrize("name", BLACK_ON_WHITE)
def test_black_on_white(name: str) -> None:
    paper, ink = paper_and_ink(BLACK_ON_WHITE[name])
    assert paper > 240
    assert ink < 15


def test_lab() -> None:
    lab = ImageCms.profileToProfile(
        written("RGB", "white", "black"),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert lab is not None
    paper, ink = paper_and_ink(lab)
    assert (paper > 240, ink < 15) == (True, True)


def test_palette_with_a_transparent_colour() -> None:
    image = written("P", 0, 1)
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.info["transparency"] = 0
    assert paper_and_ink(image) == (255, 0)


def test_white_writing_on_nothing_stays_readable() -> None:
    paper, ink = paper_and_ink(written("RGBA", (255, 255, 255, 0), (255, 255, 255, 255)))
    assert abs(paper - ink) > 200


def test_half_transparent_ink_is_grey_on_white() -> None:
    paper, ink = paper_and_ink(written("RGBA", (0, 0, 0, 0), (0, 0, 0, 128)))
    assert paper == 255
    assert ink == pytest.approx(127, abs=2)


def test_nothing_at_all_is_white() -> None:
    assert flattened(Image.new("RGBA", (9, 9), (0, 0, 0, 0))).getextrema() == ((255, 255),) * 3


def test_grain_of_a_blank_deep_page_is_not_stretched() -> None:
    low, high = flattened(deep(63000, 63000, noise=400)).getextrema()
    assert isinstance(low, int | float)
    assert low > 200
    assert high == 255


@pytest.mark.parametrize("value", [0, 300, 65535])
def test_constant_deep_page_is_blank(value: int) -> None:
    low, high = flattened(deep(value, value)).getextrema()
    assert low == high


def test_pale_writing_gains_contrast() -> None:
    paper, ink = paper_and_ink(deep(34000, 30000))
    assert paper > 240
    assert paper - ink > 55


def test_what_is_not_a_number_is_no_obstacle() -> None:
    values = np.ones((100, 100), "float32")
    values[40:60, 10:90] = 0
    values[0, 0], values[1, 1], values[2, 3] = np.nan, np.inf, -np.inf
    paper, ink = paper_and_ink(Image.fromarray(values))
    assert (paper, ink) == (255, 0)
