"""Tables whose cells are known."""

from __future__ import annotations

import itertools

from PIL import Image, ImageDraw

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Answer, Mode
from glmocr_desktop.recognition.offline import OfflineEngine
from tests.recognition.offline.renders import CHINESE, blank, cells, frame, page, write

XS = [40, 220, 380, 540]
YS = [100, 150, 200, 250]
GOODS = [["Item", "Count", "Price"], ["Apples", "12", "3.50"], ["Bread & tea", "7", "10.25"]]
HTML = (
    "<table><tr><td>Item</td><td>Count</td><td>Price</td></tr><tr><td>Apples</td><td>12</td><td>3.50</td></tr>"
    "<tr><td>Bread &amp; tea</td><td>7</td><td>10.25</td></tr></table>"
)


def read(engine: OfflineEngine, image: Image.Image) -> Answer:
    return engine.read(image, Mode.TABLE, CancelToken())


def ruled(image: Image.Image, xs: list[int], ys: list[int]) -> Image.Image:
    for left, right in itertools.pairwise(xs):
        for top, bottom in itertools.pairwise(ys):
            frame(image, left, top, right, bottom)
    return image


def test_a_ruled_table_between_lines_of_text(engine: OfflineEngine) -> None:
    """The title above and the note below stay, in their places."""
    image = cells(ruled(blank(600, 340), XS, YS), XS, YS, GOODS)
    write(image, ["Sales of the kiosk"], y=30)
    write(image, ["Source: own data"], y=285)
    assert read(engine, image) == Answer(f"Sales of the kiosk\n\n{HTML}\n\nSource: own data", formatted=True)


def test_lines_around_a_table_stay_as_they_are(engine: OfflineEngine) -> None:
    """People copy them; only what would begin a table or a formula is written as an entity."""
    image = cells(ruled(blank(600, 340), XS, YS), XS, YS, GOODS)
    write(image, ["1. Sales <b> of [2024]"], y=30)
    write(image, ["See <table> on page 2"], y=285)
    assert read(engine, image).text == f"1. Sales <b> of [2024]\n\n{HTML}\n\nSee &#60;table> on page 2"


def test_merged_cells_have_spans(engine: OfflineEngine) -> None:
    image = blank(600, 300)
    frame(image, 40, 100, 220, 200)  # two rows
    frame(image, 220, 100, 540, 150)  # two columns
    for left, right, top, bottom in [(220, 380, 150, 200), (380, 540, 150, 200)]:
        frame(image, left, top, right, bottom)
    ruled(image, XS, [200, 250])
    cells(image, [40], [100, 200], [["Name"]])
    cells(image, [220], [100, 150], [["Results"]])
    cells(image, [220, 380], [150, 200], [["North", "South"]])
    cells(image, XS, [200, 250], [["Anna", "15", "27"]])
    assert read(engine, image).text == (
        '<table><tr><td rowspan="2">Name</td><td colspan="2">Results</td></tr><tr><td>North</td><td>South</td></tr>'
        "<tr><td>Anna</td><td>15</td><td>27</td></tr></table>"
    )


def test_a_photographed_table_is_straightened(engine: OfflineEngine) -> None:
    image = cells(ruled(blank(600, 340), XS, YS), XS, YS, GOODS)
    slanted = image.transform(
        (600, 340), Image.Transform.QUAD, (0, 0, 15, 340, 600, 325, 590, 10), Image.Resampling.BICUBIC
    )
    assert read(engine, slanted).text == HTML


def test_a_light_table_on_a_dark_page(engine: OfflineEngine) -> None:
    image = cells(ruled(blank(600, 300), XS, YS), XS, YS, GOODS)
    assert read(engine, image.point(lambda value: 255 - value)).text == HTML


def test_a_chinese_table(engine: OfflineEngine) -> None:
    texts = [["城市", "人口", "增长率"], ["北京", "2189", "1.2%"], ["上海", "2487", "0.8%"]]
    image = cells(ruled(blank(600, 300), XS, YS), XS, YS, texts, font=CHINESE)
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in texts)
    assert read(engine, image).text == f"<table>{rows}</table>"


def test_two_ruled_tables_on_a_page(engine: OfflineEngine) -> None:
    lower = [y + 240 for y in YS]
    image = cells(ruled(blank(600, 540), XS, YS), XS, YS, GOODS)
    cells(ruled(image, XS, lower), XS, lower, GOODS)
    write(image, ["The year after"], y=280)
    assert read(engine, image).text == f"{HTML}\n\nThe year after\n\n{HTML}"


def test_a_borderless_table_below_a_paragraph(engine: OfflineEngine) -> None:
    """Running text above and below does not become cells."""
    above = ["The kiosk at the harbour sold more than", "in any year before, mostly in the summer."]
    ys = [160, 205, 250, 295]
    image = cells(write(blank(700, 420), above), XS, ys, GOODS)
    write(image, ["All prices are in euros, with taxes."], y=345)
    text = "\n".join(above)
    assert read(engine, image) == Answer(f"{text}\n\n{HTML}\n\nAll prices are in euros, with taxes.", formatted=True)


def test_a_table_with_lines_above_and_below_only(engine: OfflineEngine) -> None:
    image = cells(blank(600, 300), XS, YS, GOODS)
    for y in (YS[0], YS[1], YS[-1]):
        ImageDraw.Draw(image).line((XS[0], y, XS[-1], y), fill="black", width=2)
    assert read(engine, image).text == HTML


def test_a_wrapped_cell_of_a_borderless_table_stays_one_cell(engine: OfflineEngine) -> None:
    image = cells(blank(700, 320), XS, [40, 100, 160, 220], [["Item", "Place", "Price"], ["Tea", "", "2.10"]])
    cells(image, XS, [40, 100, 160, 220], [["", "", ""], ["", "", ""], ["Bread", "Hall", "3.40"]])
    write(image, ["North", "gate"], x=XS[1] + 14, y=104, size=19)
    assert "<tr><td>Tea</td><td>North gate</td><td>2.10</td></tr>" in read(engine, image).text


def test_a_page_without_a_table_is_read_as_text(engine: OfflineEngine) -> None:
    lines = ["The harbour office reported", "a quiet week in spring."]
    assert read(engine, page(lines)) == Answer("\n".join(lines), formatted=False, warnings=("no_table",))


def test_columns_of_an_article_are_no_table(engine: OfflineEngine) -> None:
    left = [
        "The committee of the harbour met",
        "on Tuesday morning in the hall",
        "to look at the annual budget",
        "and at the repairs.",
    ]
    right = [
        "Costs rose by a tenth against the",
        "year before, for steel and for",
        "transport, while the number of",
        "vessels did not change.",
    ]
    image = write(write(blank(1100, 260), left), right, x=580)
    answer = read(engine, image)
    assert answer == Answer("\n".join(left) + "\n\n" + "\n".join(right), formatted=False, warnings=("no_table",))


def test_an_empty_page_in_table_mode(engine: OfflineEngine) -> None:
    assert read(engine, blank()) == Answer("", formatted=False, warnings=("empty",))
