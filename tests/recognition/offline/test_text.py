"""Text of pages whose text is known."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Answer, Mode
from glmocr_desktop.recognition.offline import OfflineEngine
from tests.recognition.offline.renders import CHINESE, blank, page, write

ENGLISH = ["The harbour office reported", "a quiet week; two vessels", "were delayed by fog."]
LEFT = ["The committee met on", "Tuesday and reviewed", "the annual budget", "of the harbour."]
RIGHT = ["Costs rose by 12.5 %", "against last year, for", "steel and transport", "above all."]


def read(engine: OfflineEngine, image: Image.Image) -> Answer:
    return engine.read(image, Mode.TEXT, CancelToken())


def test_english_lines_and_paragraphs(engine: OfflineEngine) -> None:
    """A larger space between lines is a blank line, and words keep their spaces."""
    image = page([*ENGLISH, "", "A new timetable follows."], height=320)
    answer = read(engine, image)
    assert answer.text == "\n".join(ENGLISH) + "\n\nA new timetable follows."
    assert not answer.formatted
    assert not answer.warnings
    first, second = answer.regions
    assert first.top + first.height < second.top


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_paragraph_knows_where_it_stands_on_the_page_as_it_is(engine: OfflineEngine, angle: int) -> None:
    image = page(ENGLISH, width=800, height=500).rotate(angle, expand=True)
    left, top, right, bottom = ImageOps.invert(image.convert("L")).getbbox()  # the ink
    (region,) = read(engine, image).regions
    assert region.left * image.width == pytest.approx(left, abs=12)
    assert region.top * image.height == pytest.approx(top, abs=12)
    assert (region.left + region.width) * image.width == pytest.approx(right, abs=12)
    assert (region.top + region.height) * image.height == pytest.approx(bottom, abs=12)


def test_chinese_has_no_odd_spaces(engine: OfflineEngine) -> None:
    lines = ["本报告介绍了去年的主要工作，", "全市共有三十二所学校参加了活动。"]
    assert read(engine, page(lines, font=CHINESE)).text == "\n".join(lines)


def test_chinese_and_english_in_one_line(engine: OfflineEngine) -> None:
    lines = ["订单 2024-118 已于三月十日确认", "请回复 office@example.org"]
    text = read(engine, page(lines, font=CHINESE)).text
    assert text.replace(" ", "") == "\n".join(lines).replace(" ", "")


@pytest.mark.parametrize("offset", [0, 13])
def test_two_columns_below_a_title(engine: OfflineEngine, offset: int) -> None:
    """Columns are read one after the other, whether or not their lines are level."""
    image = write(blank(800, 320), ["Report of the harbour"], x=160, size=36)
    write(image, LEFT, y=120)
    write(image, RIGHT, x=430, y=120 + offset)
    assert read(engine, image).text == "\n\n".join(["Report of the harbour", "\n".join(LEFT), "\n".join(RIGHT)])


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_are_turned_back(engine: OfflineEngine, angle: int) -> None:
    image = page(ENGLISH).rotate(angle, expand=True)
    assert read(engine, image).text == "\n".join(ENGLISH)


def test_a_long_screenshot_keeps_every_line_once(engine: OfflineEngine) -> None:
    """No line is lost or doubled where the tiles meet, and none is shrunk away."""
    lines = [f"Entry {number:03d}" for number in range(64)]
    image = page(lines, width=260, height=2400)
    assert read(engine, image).text.split() == " ".join(lines).split()


def test_a_wide_strip_is_read_without_shrinking(engine: OfflineEngine) -> None:
    words = [f"Word{number:02d}" for number in range(24)]
    image = page([" ".join(words)], width=3100, height=90)
    assert read(engine, image).text.split() == words


@pytest.mark.parametrize("size", [(700, 260), (8, 8), (1, 1), (1, 3000), (3000, 1), (7, 2500), (2500, 7)])
def test_nothing_to_read_is_an_empty_answer(engine: OfflineEngine, size: tuple[int, int]) -> None:
    assert read(engine, blank(*size)) == Answer("", formatted=False, warnings=("empty",))


@pytest.mark.parametrize("mode", ["L", "RGBA", "1", "P"])
def test_any_kind_of_image_is_read(engine: OfflineEngine, mode: str) -> None:
    assert read(engine, page(["Quiet harbour"], 320, 110).convert(mode)).text == "Quiet harbour"


def test_a_doubtful_reading_says_so(engine: OfflineEngine) -> None:
    """What can hardly be recognised is marked, a clean page is not."""
    noise = np.random.default_rng(1).normal(0, 130, (260, 700, 1))
    blurred = page(ENGLISH).filter(ImageFilter.GaussianBlur(1.5))
    noisy = Image.fromarray(np.clip(np.asarray(blurred) + noise, 0, 255).astype(np.uint8))
    answer = read(engine, noisy)
    assert answer.warnings in [("low_confidence",), ("empty",)]
    assert read(engine, page(ENGLISH)).warnings == ()
