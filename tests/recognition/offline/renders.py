"""Pages with known text, drawn for the tests."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CHINESE = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"


def blank(width: int = 700, height: int = 260) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def write(
    image: Image.Image, lines: Sequence[str], x: int = 40, y: int = 40, *, size: int = 24, font: str = LATIN
) -> Image.Image:
    """Lines below each other; an empty one leaves more space."""
    draw = ImageDraw.Draw(image)
    face = ImageFont.truetype(font, size)
    for line in lines:
        draw.text((x, y), line, font=face, fill="black")
        y += round(size * (1.5 if line else 1.2))
    return image


def page(
    lines: Sequence[str], width: int = 700, height: int = 260, *, size: int = 24, font: str = LATIN
) -> Image.Image:
    return write(blank(width, height), lines, size=size, font=font)


def cells(
    image: Image.Image, xs: Sequence[int], ys: Sequence[int], texts: Sequence[Sequence[str]], *, font: str = LATIN
) -> Image.Image:
    """Texts in the left of the cells of a grid, without rulings."""
    draw = ImageDraw.Draw(image)
    face = ImageFont.truetype(font, 22)
    for row, values in enumerate(texts):
        for column, value in enumerate(values):
            middle = (ys[row] + ys[row + 1]) / 2
            draw.text((xs[column] + 14, middle), value, font=face, fill="black", anchor="lm")
    return image


def frame(image: Image.Image, left: int, top: int, right: int, bottom: int) -> None:
    ImageDraw.Draw(image).rectangle((left, top, right, bottom), outline="black", width=2)
