"""CSV and TSV: the same grid comes back, nothing is lost, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io

import pytest

from glmocr_desktop.core.model import Block, BlockKind, Cell, Document, Engine, Job, JobState, Page, Result, Rung
from glmocr_desktop.results.export import FORMATS
from tests.support.results import done, failed

SPANS = (
    "<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><th>C</th><th>D</th></tr>"
    "<tr><td>1</td><td>2</td><td>3</td></tr></table>"
)
GRID = [["A", "B", ""], ["", "C", "D"], ["1", "2", "3"]]


def _table(*rows: list[str]) -> Result:
    """A page with one table, whatever is in its cells."""
    block = Block(BlockKind.TABLE, rows=tuple(tuple(Cell(text) for text in row) for row in rows))
    job = Job(Page(Document("a.png", "/a.png", "a.png")))
    return Result(job, JobState.DONE, 1.0, engine=Engine.SERVER, rung=Rung.FIRST, blocks=(block,))


def _read(results: list[Result], name: str = "csv") -> list[list[str]]:
    content = FORMATS[name].render(results)
    text = content.decode("utf-8-sig" if name == "csv" else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="," if name == "csv" else "\t", strict=True))


def test_the_bytes_of_a_file() -> None:
    result = _table(["a", "b c", "会"], ["", 'x "y"', "1,5"], ["l1\nl2", "t\tu", "\tv"])
    assert (
        FORMATS["csv"].render([result])
        == ("\ufeffa,b c,会\r\n" + ',"x ""y""","1,5"\r\n' + '"l1\nl2","t\tu","\tv"\r\n').encode()
    )
    assert (
        FORMATS["tsv"].render([result]) == ("a\tb c\t会\r\n" + '\t"x ""y"""\t1,5\r\n' + "l1 l2\tt u\t v\r\n").encode()
    )


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_comes_back_with_its_spans(name: str) -> None:
    assert _read([done(SPANS)], name) == GRID


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_nothing_around_the_tables_is_lost(name: str) -> None:
    text = f"# Title\n\nfirst\nsecond\n\n{SPANS}\n\n{SPANS}\n\n$$a=b$$\n\nend"
    document = Document("a.pdf", "/a.pdf", "a.pdf")
    rows = _read([done(text, document=document), failed(document=document, number=2)], name)
    missing = "[Page 2 was not read: The server gave up this page without a result.]"
    begin = [["Title"], ["first"], ["second"]]
    filled = [row for row in rows if row != []]
    assert filled == [*begin, *GRID, *GRID, ["a=b"], ["end"], [missing]]
    assert [number for number, row in enumerate(rows) if row == []] == [3, 7, 11, 14]


def test_several_documents_in_one_file_are_told_apart() -> None:
    results = [done("one"), done("two", document=Document("b.png", "/b", "=b\n.png"))]
    assert [row for row in _read(results) if row] == [["scan.png"], ["one"], ["'=b .png"], ["two"]]


DANGEROUS = [
    *("=1+1", "=cmd|' /C calc'!A0", "+1+cmd|x", "-2+3+cmd|x", "@SUM(1)", " =1", "\t=1", "\r=1", "\n=1", "\u00a0=1"),
    *('"=1', "'=1", " ' \"=1", "＝1", "＋1+A1", "－1-A1", "＠SUM(1)", "=", "==", "=\u200b1", "- 1 + cmd|x", "-cmd|x"),
    *("+49 170 12 34", "+/", "-3.5 kg", "- item", "-1-2", "+(1)", "-A1"),
]
SAFE = [
    *(
        "",
        "a=b",
        "1+1",
        "a@b.c",
        "3",
        "-3",
        "-3.5",
        "+4 %",
        "+4%",
        "- 5",
        "-1,234.50",
        "-1.234,5",
        "-1 234",
        "-.5",
        "-1e-5",
    ),
    *("-", "--", "---", "+", "—", "–", "− 5", "+491701234567"),
]


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("text", DANGEROUS)
def test_what_would_run_is_neutralised(name: str, text: str) -> None:
    ((cell, _),) = _read([_table([text, "x"])], name)
    blanked = text if name == "csv" else text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    assert cell.replace("'", "", 1) == blanked.replace("'", "", 1) or cell == f"'{blanked}"
    for line in cell.split("\n"):
        assert not line or line.lstrip()[0] == "'", cell


@pytest.mark.parametrize("text", SAFE)
def test_what_is_harmless_stays(text: str) -> None:
    assert _read([_table([text, "x"])]) == [[text, "x"]]


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("a;=cmd|x", "a;'=cmd|x"),
        ('a; "=cmd|x;-2;b', "a;' \"=cmd|x;-2;b"),
        ("a\t+A1", "a\t'+A1"),
        ("Sum\n=A1\n- 3\nend", "Sum\n'=A1\n- 3\nend"),
    ],
)
def test_what_another_sign_would_make_a_cell_of_is_neutralised(text: str, neutral: str) -> None:
    """Where a comma is a decimal sign, Excel splits lines at semicolons, also in quotes that began before."""
    assert _read([_table([text, "x"])]) == [[neutral, "x"]]
    assert _read([_table(["a,=cmd|x;@y", "x"])], "tsv") == [["a,'=cmd|x;'@y", "x"]]


def test_a_looping_answer_is_written() -> None:
    row = "<tr><td>" + "=-+@;" * 20 + "</td><td>-" + "1" * 60 + "</td></tr>"
    rows = _read([done(f"<table>{row * 1000}</table>"), done(("- x;" * 50 + "\n") * 1000)])
    assert len(rows) == 2005  # with the names of two documents
