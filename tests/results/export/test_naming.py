"""Names that are safe on every system, and those that a template makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Document, Job, Mode, Page, Result
from glmocr_desktop.results.export import FORMATS, Layout, export_folder
from glmocr_desktop.results.export.naming import safe_stem
from tests.support.results import done


def _page(
    name: str, number: int = 1, count: int = 1, mode: Mode = Mode.TEXT, document: Document | None = None
) -> Result:
    page = Page(document or Document(name, f"/{name}", name), number, count)
    result = done(f"text of {name} {number}")
    return result.__class__(Job(page, mode), result.state, 1.0, text=result.text, blocks=result.blocks)


def _names(results: list[Result], template: str, *, combined: bool = False) -> list[str]:
    return [stem for stem, _ in Layout(name=template, combined=combined).files(results)]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("scan.png", "scan"),
        ("会议纪要.pdf", "会议纪要"),
        ("e\u0301te\u0301.png", "été"),
        ("archive.2024.pdf", "archive.2024"),
        ("../../etc/passwd", "passwd"),
        ("..", "document"),
        (".", "document"),
        ("", "document"),
        ("...", "document"),
        ("-", "-"),
        ("C:\\Windows\\x.png", "C__Windows_x"),
        ('a<b>c:"d|e?f*.png', "a_b_c__d_e_f_"),
        ("line\nbreak\x00.png", "line_break_"),
        ("evil\u202egnp.pdf", "evil_gnp"),
        ("name .png", "name"),
        ("con.png", "_con"),
        ("CON", "_CON"),
        ("aux.tar.gz", "_aux.tar"),
        ("nul .x.png", "_nul .x"),
        ("COM1.png", "_COM1"),
        ("lpt².pdf", "_lpt²"),
        ("CONOUT$.pdf", "_CONOUT$"),
        ("console.png", "console"),
        ("com10.png", "com10"),
        ("b\udcff.png", "b_"),
    ],
)
def test_names_are_safe(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


@pytest.mark.parametrize("name", ["x" * 1000 + ".png", "档" * 300 + ".pdf", "😀" * 200, "a" * 179 + "😀.png"])
def test_long_names_are_cut_between_characters(name: str) -> None:
    stem = safe_stem(name)
    assert 150 < len(stem.encode()) <= 180
    assert name.startswith(stem)


def test_a_template_is_filled() -> None:
    scan = Document("a.pdf", "/a.pdf", "a.pdf")
    results = [_page("", 3, 12, Mode.TABLE, scan), _page("", 12, 12, Mode.TABLE, scan), _page("会议.png")]
    today = date.today().isoformat()
    assert _names(results, "{name}") == ["a", "会议"]
    assert _names(results, "{n} {name}, {mode} {date}") == [f"1 a, table {today}", f"2 会议, text {today}"]
    assert _names(results, "{name}-{page}") == ["a-03", "a-12", "会议-1"]
    assert _names(results, "all {n}", combined=True) == ["all 1"]
    assert _names(results[:2], "{name}", combined=True) == ["a"]
    assert _names(results, "{name}", combined=True) == ["results"]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("../{name}", "_a"),
        ("/etc/{name}", "_etc_a"),
        ("{name}\\..\\x", "a_.._x"),
        ("con", "_con"),
        ("..", "document"),
        ("", "document"),
        ("{name}.", "a"),
        ("a:b|{name}\x00", "a_b_a_"),
    ],
)
def test_a_template_makes_safe_names(tmp_path: Path, template: str, name: str) -> None:
    out = tmp_path / "out"
    written = export_folder([_page("a.png")], out, FORMATS["txt"], Layout(name=template)).written
    assert [path.relative_to(tmp_path) for path in written] == [Path("out") / f"{name}.txt"]
    assert list(tmp_path.iterdir()) == [out]


def test_fields_in_the_name_of_a_document_mean_nothing() -> None:
    assert _names([_page("{page} {x} \\1.png")], "{name} {n}") == ["{page} {x} _1 1"]


def test_what_the_template_adds_to_a_long_name_stays() -> None:
    scan = Document("x", "/x", "档" * 300 + ".pdf")
    names = _names([_page("", number, 999, document=scan) for number in (1, 2)], "{name} page {page}")
    assert [name[-9:] for name in names] == [" page 001", " page 002"]
    assert all(150 < len(name.encode()) <= 180 for name in names)
    assert len(_names([_page("b.png")], "y" * 500 + "{name}")[0].encode()) == 180


@pytest.mark.parametrize(
    ("template", "field"),
    [
        ("{x}", "{x}"),
        ("{name", "{name"),
        ("name}", "}"),
        ("{}", "{}"),
        ("{page:03}", "{page:03}"),
        ("{name.x}", "{name.x}"),
    ],
)
def test_a_template_with_an_unknown_field_is_told(template: str, field: str) -> None:
    with pytest.raises(ExportError) as told:
        Layout(name=template)
    assert (
        str(told.value)
        == f"{field} means nothing in a file name. Known: {{name}}, {{page}}, {{date}}, {{mode}}, {{n}}."
    )


def test_one_file_for_all_has_no_page() -> None:
    with pytest.raises(ExportError, match="A name with a page makes one file a page"):
        Layout(combined=True, name="{page}")
