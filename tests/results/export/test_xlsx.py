"""Workbooks, read back by another program's eyes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from glmocr_desktop.core.model import Block, BlockKind, Cell, Document, Engine, Job, JobState, Page, Result, Rung
from glmocr_desktop.results.export import FORMATS
from glmocr_desktop.results.export.sheets.sheet import MAX_COLUMNS
from tests.support.results import done, failed

DOCUMENT = Document("a.pdf", "/a.pdf", "a.pdf")


def _open(results: list[Result]) -> Workbook:
    return load_workbook(io.BytesIO(FORMATS["xlsx"].render(results)))


def _values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _result(*blocks: Block) -> Result:
    return Result(Job(Page(DOCUMENT)), JobState.DONE, 1.0, engine=Engine.SERVER, rung=Rung.FIRST, blocks=blocks)


def _table(*rows: list[str | Cell]) -> Block:
    cells = tuple(tuple(each if isinstance(each, Cell) else Cell(each) for each in row) for row in rows)
    return Block(BlockKind.TABLE, rows=cells)


def test_a_sheet_a_table_and_one_for_the_text() -> None:
    page = "Before\nit\n\n<table><tr><td>A</td><td>7</td></tr></table>\n\nafter\n\n<table><tr><td>B</td></tr></table>"
    book = _open(
        [done(page, document=DOCUMENT), failed(document=DOCUMENT, number=2), done(page, document=DOCUMENT, number=3)]
    )
    assert book.sheetnames == ["Page 1 table 1", "Page 1 table 2", "Page 3 table 1", "Page 3 table 2", "Text"]
    assert _values(book["Page 3 table 1"]) == [["A", 7]]
    assert _values(book["Text"]) == [
        ["Page", "Text"],
        *[[1, "Before"], [1, "it"], [1, "after"]],
        [2, "[Page 2 was not read: The server gave up this page without a result.]"],
        *[[3, "Before"], [3, "it"], [3, "after"]],
    ]
    assert book["Text"].freeze_panes == "A2"


def test_one_page_of_nothing_but_tables_has_nothing_else() -> None:
    book = _open([done("<table><tr><td>A</td></tr></table>")])
    assert book.sheetnames == ["Table 1"]
    assert _values(_open([done("")])["Text"]) == [["Page", "Text"]]


def test_several_documents_are_told_apart() -> None:
    table = "<table><tr><td>A</td></tr></table>"
    names = ["a.pdf", "A.png", "会议[1]: a long name.png", "b\n.png"]
    book = _open([done(f"{table}\n\nx", document=Document(name, name, name)) for name in names])
    assert book.sheetnames == ["a table 1", "A table 1 (2)", "会议_1__ a lon table 1", "b_ table 1", "Text"]
    assert [row[0] for row in _values(book["Text"])] == ["Document", *names[:3], "b .png"]


def test_spans_heads_and_looks() -> None:
    text = (
        "<table><tr><th rowspan=2>Item</th><th colspan=2>Price</th></tr><tr><th>Net</th><th>Gross</th></tr>"
        "<tr><td>会议纪要会议纪要会议纪要</td><td>3.20</td><td>1,234</td></tr>"
        "<tr><td>Ink<br>black</td><td colspan=2>12.5 %</td></tr></table>"
    )
    sheet = _open([done(text)])["Table 1"]
    assert _values(sheet) == [
        ["Item", "Price", None],
        [None, "Net", "Gross"],
        ["会议纪要会议纪要会议纪要", 3.2, 1234],
        ["Ink\nblack", 0.125, None],
    ]
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:A2", "B1:C1", "B4:C4"}
    assert sheet.freeze_panes == "A3"
    assert [sheet[place].font.bold for place in ("A1", "B2", "A3")] == [True, True, False]
    assert sheet["B1"].fill.fgColor.rgb == "FFF2F2F2"
    assert [sheet[place].number_format for place in ("B3", "C3", "B4")] == ["0.00", "#,##0", "0.0%"]
    assert sheet["A4"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width == pytest.approx(26, abs=1)  # Chinese takes the room of two
    assert 6 <= sheet.column_dimensions["B"].width < 10


def test_spans_that_overlap_make_a_file_that_opens() -> None:
    block = _table([Cell("A", 1, 1), Cell("B", 3, 1)], [Cell("C", 1, 3)], [Cell("D", 2, 2)], [Cell("E")])
    sheet = _open([_result(block)])["Table 1"]
    assert {str(value) for row in _values(sheet) for value in row if value} == set("ABCDE")
    ranges = [set(each.cells) for each in sheet.merged_cells.ranges]
    assert sum(map(len, ranges)) == len(set().union(*ranges))


def test_numbers_follow_the_numbers_around_them() -> None:
    german = _open([_result(_table(["1.234", "3,50"]), _table(["5.678"]))])
    assert [_values(sheet) for sheet in german] == [[[1234, 3.5]], [[5678]]]
    english = _open([_result(_table(["1,234", "3.50"]), _table(["5,678"]))])
    assert [_values(sheet) for sheet in english] == [[[1234, 3.5]], [[5678]]]
    assert _values(_open([_result(_table(["1,234", "007", "13812345678", "2024-05-16"]))])["Table 1"]) == [
        ["1,234", "007", "13812345678", "2024-05-16"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "=HYPERLINK('http://x','y')",
            "+1+A1",
            "-A1",
            "@SUM(1)",
            "{=1}",
            "'=1",
            "＝1",
            "00123",
            "1 234",
            "1/2",
        ),
        *(
            "https://example.com/x",
            "mailto:a@b.c",
            "internal:Sheet1!A1",
            "$ x _ {1} $",
            "_x000D_",
            "<b>&amp;</b>",
            "TRUE",
        ),
        *(" blanks ", "two\nlines", "tab\there", "6222021234567890123", "12E4", "#REF!", "😀" * 30),
    ],
)
def test_words_are_words(text: str) -> None:
    content = FORMATS["xlsx"].render([_result(_table([text, "x"]))])
    cell = load_workbook(io.BytesIO(content))["Table 1"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    sheet = _open([_result(_table(["a\x00b\x1b\x0bc\ufffe\ud800d", "x"]))])["Table 1"]
    assert _values(sheet) == [["abc\ufffdd", "x"]]


def test_what_does_not_fit_into_a_cell_goes_on_beside_the_table() -> None:
    long, emoji = "".join(f"{number} " for number in range(15_000)), "😀" * 20_000
    rows = _values(_open([_result(_table([long, emoji, "x"], ["1", "2", "3"]))])["Table 1"])
    first = [str(value) for value in rows[0] if value]
    assert all(len(value.encode("utf-16-le")) <= 2 * 32_767 for value in first)
    parts = len(long) // 32_767
    assert "".join([first[0], *first[3 : 3 + parts]]) == long
    assert "".join([first[1], *first[3 + parts :]]) == emoji
    assert (first[2], rows[1][:3]) == ("x", [1, 2, 3])
    text = _values(_open([done(long)])["Text"])
    assert "".join(str(row[1]) for row in text[1:]) == long.strip()


def test_what_does_not_fit_onto_a_sheet_goes_on_on_the_next() -> None:
    row = [str(number) for number in range(MAX_COLUMNS - 1)]
    book = _open([_result(_table([*row, Cell("wide", 1, 3), "last"]))])
    assert book.sheetnames == ["Table 1", "Table 1 (2)"]
    assert _values(book["Table 1"]) == [[*range(MAX_COLUMNS - 1), "wide"]]
    assert [value for value in _values(book["Table 1 (2)"])[0] if value] == ["last"]


def test_very_many_tables_share_a_sheet() -> None:
    tables = [_table([f"A{number}", "1,234"], [Cell("3,50", 2, 1)], []) for number in range(510)]
    book = _open([_result(*tables)])
    assert len(book.sheetnames) == 501
    rows = _values(book["More tables"])
    assert rows[:5] == [["Table 501", None], ["A500", 1.234], [3.5, None], [None, None], [None, None]]
    assert [row[0] for row in rows if str(row[0]).startswith("A")] == [f"A{number}" for number in range(500, 510)]


def test_the_same_results_make_the_same_file() -> None:
    results = [done("x\n\n<table><tr><td>1</td></tr></table>", document=DOCUMENT)]
    content = FORMATS["xlsx"].render(results)
    assert content == FORMATS["xlsx"].render(results)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        written = re.findall(rb"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml"))
    assert set(written) == {b"2000-01-01T"}
    assert load_workbook(io.BytesIO(content)).properties.created == datetime(2000, 1, 1)
