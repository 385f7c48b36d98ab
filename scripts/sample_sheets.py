"""What the sample documents are made of: sheets of paper, a camera, a scanner, a PDF file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

A4 = (1240, 1754)  # 150 dpi
INK, GREY, BLUE, RED = (28, 28, 32), (110, 110, 118), (24, 62, 112), (140, 32, 38)
LATIN = Path("/usr/share/fonts/truetype/liberation")
CHINESE = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2  # its place in the collections
WORDS = re.compile(r"[\u4e00-\u9fff《（“][，。；：、）》”！]*|[^\s\u4e00-\u9fff《（“]+\s*|\s+")


def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font by the name of its file."""
    if "CJK" in name:
        return ImageFont.truetype(CHINESE / f"{name}.ttc", size, index=SIMPLIFIED)
    return ImageFont.truetype(LATIN / f"Liberation{name}.ttf", size)


class Sheet:
    """A page that is written from the top, and remembers its lines."""

    def __init__(self, size: tuple[int, int] = A4, paper: Any = "white", margin: int = 140, top: int = 120) -> None:
        self.image = Image.new("RGB", size, paper)
        self.draw = ImageDraw.Draw(self.image)
        self.left, self.right, self.y = margin, size[0] - margin, top
        self.lines: list[str] = []

    def write(
        self, text: str, font: ImageFont.FreeTypeFont, fill: Any = INK, align: str = "left", lead: float = 1.5
    ) -> None:
        """One line."""
        spare = self.right - self.left - font.getlength(text)
        x = self.left + {"left": 0, "center": spare / 2, "right": spare}[align]
        self.draw.text((x, self.y), text, fill, font)
        self.lines.append(text)
        self.y += round(font.size * lead)

    def fill(self, text: str, font: ImageFont.FreeTypeFont, ink: Any = INK, lead: float = 1.5, after: int = 22) -> None:
        """A paragraph, wrapped between the margins."""
        line = ""
        for word in WORDS.findall(text):
            if font.getlength((line + word).rstrip()) > self.right - self.left:
                self.write(line.rstrip(), font, ink, lead=lead)
                line = ""
            line += word
        self.write(line.rstrip(), font, ink, lead=lead)
        self.y += after

    def rule(self, ink: Any = INK, width: int = 2, after: int = 20) -> None:
        """A line from margin to margin."""
        self.draw.line((self.left, self.y, self.right, self.y), ink, width)
        self.y += after

    def table(
        self, rows: list[list[str]], widths: list[int], font: ImageFont.FreeTypeFont, bold: ImageFont.FreeTypeFont
    ) -> list[int]:
        """Cells without lines; numbers to the right. Returns where the rows begin and end."""
        height, edges = round(font.size * 2.1), [self.y]
        for number, row in enumerate(rows):
            x = self.left
            for text, width in zip(row, widths, strict=True):
                used = bold if number == 0 else font
                numeric = re.fullmatch(r"[\d.,:–% ]+", rows[-1][row.index(text)] if number == 0 else text)
                start = x + width - 16 - used.getlength(text) if numeric else x + 16
                self.draw.text((start, self.y + (height - font.size * 1.25) / 2), text, INK, used)
                x += width
            self.lines.append("\t".join(row))
            self.y += height
            edges.append(self.y)
        return edges

    @property
    def text(self) -> str:
        """What is written, line by line."""
        return "\n".join(self.lines)


def photographed(page: Image.Image) -> Image.Image:
    """The page lying on a desk, seen at an angle, in the light of a lamp."""
    width, height = 1500, 1860
    corners = [(190, 120), (1370, 200), (1430, 1770), (90, 1700)]
    flat = [(0, 0), (page.width, 0), page.size, (0, page.height)]
    equations, values = [], []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    bend = np.linalg.solve(np.array(equations, float), np.array(values, float)).tolist()
    how = ((width, height), Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(*how)
    dice = np.random.default_rng(7)
    grain = np.repeat(dice.normal(0, 5, (height, 1)), width, 1)
    desk = Image.fromarray((np.array([112, 78, 50]) + grain[..., None]).clip(0, 255).astype("uint8"))
    shadow = Image.new("L", (width, height), 0)
    shadow.paste(150, (14, 22), mask)
    desk.paste((30, 20, 14), (0, 0), shadow.filter(ImageFilter.GaussianBlur(22)))
    desk.paste(page.transform(*how), (0, 0), mask)
    y, x = np.mgrid[0:height, 0:width]
    light = 1.02 - 0.34 * np.hypot((x - 420) / width, (y - 380) / height)
    lit = np.asarray(desk.filter(ImageFilter.GaussianBlur(0.8)), float) * light[..., None] * [1.0, 0.975, 0.93]
    return Image.fromarray((lit + dice.normal(0, 3.5, lit.shape)).clip(0, 255).astype("uint8"))


def scanned(page: Image.Image) -> Image.Image:
    """The page from a flatbed: grey, slightly askew, a little noisy."""
    grey = page.convert("L").rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    noise = np.random.default_rng(3).normal(0, 4, (page.height, page.width))
    return Image.fromarray((np.asarray(grey, float) * 0.93 + 8 + noise).clip(0, 255).astype("uint8"))


def in_stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object of a PDF."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def assembled(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n" % (count, table, count)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
