"""Make the images in `resources/canaries/`, from what `glmocr_desktop.recognition.canary` says is on them.

Needs the installed program and matplotlib, and the Debian package fonts-liberation.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw
from sample_sheets import face

from glmocr_desktop.core.model import Block, Mode
from glmocr_desktop.recognition.canary import CANARIES
from glmocr_desktop.results.blocks import grid, parse

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "canaries"
SIZE = (400, 136)
MARGIN = 16


def text(known: str) -> Image.Image:
    """Lines of text."""
    image = Image.new("L", SIZE, 255)
    ImageDraw.Draw(image).multiline_text((MARGIN, MARGIN), known, 0, face("Sans-Regular", 23), spacing=12)
    return image


def table(block: Block) -> Image.Image:
    """A table with ruled lines."""
    image = Image.new("L", SIZE, 255)
    draw, font, rows = ImageDraw.Draw(image), face("Sans-Regular", 21), grid(block)
    width, height = (SIZE[0] - 2 * MARGIN) // len(rows[0]), (SIZE[1] - 2 * MARGIN) // len(rows)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            x, y = MARGIN + j * width, MARGIN + i * height
            draw.rectangle((x, y, x + width, y + height), outline=0, width=2)
            draw.text((x + 10, y + height / 2), cell, 0, font, anchor="lm")
    return image


def formula(latex: str) -> Image.Image:
    """A formula as a book prints it."""
    from matplotlib import mathtext, rcParams

    rcParams["mathtext.fontset"] = "cm"
    stream = io.BytesIO()
    mathtext.math_to_image(f"${latex.replace('frac', 'dfrac')}$", stream, dpi=200, format="png")
    ink = Image.open(stream).convert("L")
    image = Image.new("L", SIZE, 255)
    image.paste(ink, ((SIZE[0] - ink.width) // 2, (SIZE[1] - ink.height) // 2))
    return image


def main() -> None:
    """Draw and write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for canary in CANARIES:
        if canary.mode is Mode.TABLE:
            image = table(parse(canary.known)[0])
        else:
            image = formula(canary.known) if canary.mode is Mode.FORMULA else text(canary.known)
        image.convert("RGB").save(FOLDER / canary.file, optimize=True)


if __name__ == "__main__":
    main()
