"""Spreadsheets as LibreOffice opens them: without a repair, with the same values, and with nothing that it runs."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from glmocr_desktop.core.model import Document
from glmocr_desktop.results.export import FORMATS, export_file
from tests.support.results import done, failed

_SOFFICE = shutil.which("soffice")
_COMMA, _SEMICOLON, _EVERY_SHEET = 44, 59, -1
pytestmark = [pytest.mark.exports, pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")]

_TABLE = (
    "<table><tr><th rowspan=2>Item</th><th colspan=2>Price</th></tr><tr><th>Net</th><th>Gross</th></tr>"
    "<tr><td>会议纪要</td><td>3.20</td><td>1,234.50</td></tr><tr><td>=1+1</td><td>-3.5</td><td>007</td></tr>"
    '<tr><td>two<br>lines; "quoted"</td><td>12.5 %</td><td>$x_{1}$</td></tr>'
    "<tr><td>6222021234567890123</td><td>1,234,567</td><td>https://example.com</td></tr></table>"
)


def _converted(source: Path, folder: Path, options: str, *, reading: str = "") -> list[Path]:
    """The sheets of a file as LibreOffice saves them as CSV."""
    arguments = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    arguments += [f"--infilter={reading}"] if reading else []
    arguments += ["--convert-to", f"csv:Text - txt - csv (StarCalc):{options}", "--outdir", str(folder / "out")]
    subprocess.run([str(_SOFFICE), *arguments, str(source)], check=True, capture_output=True, timeout=100)
    return sorted((folder / "out").iterdir())


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_workbook_opens_with_the_same_values(tmp_path: Path) -> None:
    document = Document("a.pdf", "/a.pdf", "a.pdf")
    pages = [done(f"Before\n\n{_TABLE}\n\nafter", document=document), failed(document=document, number=2)]
    source = export_file(pages, tmp_path / "a.xlsx", FORMATS["xlsx"])
    # In UTF-8, texts in quotes, values as they are shown, every sheet
    sheets = _converted(source, tmp_path, f"{_COMMA},34,76,1,,0,false,true,true,false,false,{_EVERY_SHEET}")
    assert [path.name for path in sheets] == ["a-Page 1 table 1.csv", "a-Text.csv"]
    assert _rows(sheets[0]) == [
        ["Item", "Price", ""],
        ["", "Net", "Gross"],
        ["会议纪要", "3.20", "1,234.50"],
        ["=1+1", "-3.5", "007"],
        ['two\nlines; "quoted"', "12.5%", "$x_{1}$"],
        ["6222021234567890123", "1,234,567", "https://example.com"],
    ]
    missing = "[Page 2 was not read: The server gave up this page without a result.]"
    assert _rows(sheets[1]) == [["Page", "Text"], ["1", "Before"], ["1", "after"], ["2", missing]]


@pytest.mark.parametrize("separator", [_COMMA, _SEMICOLON])
def test_nothing_in_a_csv_file_is_run(tmp_path: Path, separator: int) -> None:
    """Neither where cells are separated as in the file, nor where a computer expects something else."""
    cells = ["=1+1", "+1+1", "-1+1", " =1+1", "a;=1+1", 'a; "=1+1', "x<br>=1+1", "＝1+1", "'=1+1", "-3.5"]
    rows = "".join(f"<tr><td>{cell}</td><td>x</td></tr>" for cell in cells)
    source = export_file([done(f"<table>{rows}</table>")], tmp_path / "a.csv", FORMATS["csv"])
    with source.open("a", encoding="utf-8") as stream:
        stream.write("=3+4\r\n")  # this one is run: the others could be
    reading = f"Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,false,0,true"
    (saved,) = _converted(source, tmp_path, f"{_COMMA},34,76,1,,0,false,false,false,true", reading=reading)
    values = [value for row in _rows(saved) for value in row]
    assert [value for value in values if value.startswith("=")] == ["=3+4"]
