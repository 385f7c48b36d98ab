"""How fast and how well the offline engine reads: samples by time and character errors.

Run: python benchmarks/offline_reading.py
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.offline import OfflineEngine

_LATIN = "DejaVuSans.ttf"
_CHINESE = "wqy-microhei.ttc"
_A4_150_DPI = (1240, 1754)
_WORDS = """
    the committee met on Tuesday to review annual budget costs rose by 12.5 % against last year mostly for steel
    members asked three written offers before March harbour office reported quiet weeks two vessels were delayed
""".split()  # noqa: SIM905 - it reads better
_SENTENCES = (
    "本报告介绍了去年的主要工作和今年的计划，图书馆延长了开放时间，交通部门修建了两条新的公交线路，方便居民出行。"
)

Change = Callable[[Image.Image], Image.Image]
_CHANGES: dict[str, Change] = {
    "as it is": lambda image: image,
    "upside down": lambda image: image.rotate(180),
    "on its side": lambda image: image.rotate(90, expand=True),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(1.5)),
    "skewed by 2°": lambda image: image.rotate(2, Image.Resampling.BICUBIC, fillcolor="white"),
}


def _page(lines: list[str], font: str, size: int) -> Image.Image:
    image = Image.new("RGB", _A4_150_DPI, "white")
    draw, face = ImageDraw.Draw(image), ImageFont.truetype(font, size)
    for number, line in enumerate(lines):
        draw.text((110, 110 + number * size * 1.7), line, font=face, fill="black")
    return image


def _samples() -> dict[str, tuple[list[str], Image.Image]]:
    chance = random.Random(1)
    english = [" ".join(chance.choices(_WORDS, k=9)) for _ in range(14)]
    chinese = ["".join(chance.sample(_SENTENCES, 30)) for _ in range(13)]
    return {
        "English": (english, _page(english, _LATIN, 26)),
        "Chinese": (chinese, _page(chinese, _CHINESE, 30)),
    }


def _errors(text: str, wanted: str) -> float:
    """Edit distance without white space, by the length of what is wanted."""
    text, wanted = "".join(text.split()), "".join(wanted.split())
    row = list(range(len(wanted) + 1))
    for i, one in enumerate(text, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(wanted, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (one != other))
    return row[-1] / len(wanted)


def main() -> None:
    """Print the table."""
    engine = OfflineEngine(threads=2)
    began = time.perf_counter()
    engine.read(Image.new("RGB", (64, 64), "white"), Mode.TEXT, CancelToken())
    print(f"from the start to the first answer: {time.perf_counter() - began:.2f} s")
    print(f"{'sample':10}{'change':16}{'seconds':>8}{'errors':>9}  warnings")
    for name, (lines, image) in _samples().items():
        for change, make in _CHANGES.items():
            page = make(image)
            began = time.perf_counter()
            answer = engine.read(page, Mode.TEXT, CancelToken())
            seconds = time.perf_counter() - began
            errors = _errors(answer.text, "".join(lines))
            print(f"{name:10}{change:16}{seconds:8.2f}{errors:9.2%}  {', '.join(answer.warnings)}")
    engine.close()


if __name__ == "__main__":
    main()
