"""Files: whole or absent, with names that are safe on every system."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Document
from glmocr_desktop.results.contract import page_object
from glmocr_desktop.results.export import FORMATS, export_file, export_folder, find_format
from glmocr_desktop.results.export.files import free_path, safe_stem
from tests.results.answers import TABLE
from tests.support.results import done, failed


def _document(name: str) -> Document:
    return Document(name, f"/{name}", name)


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


def test_a_free_name_is_found_beside_what_is_there(tmp_path: Path) -> None:
    for wanted in ("scan.txt", "scan (2).txt", "scan (3).txt"):
        path = free_path(tmp_path, "scan.png", ".txt")
        assert path.name == wanted
        path.touch()
    assert free_path(tmp_path, "scan.png", ".md").name == "scan.md"


def test_one_file_a_document_in_the_order_of_its_pages(tmp_path: Path) -> None:
    one, other, twin = _document("a.pdf"), _document("会议.png"), _document("a.png")
    results = [done("A1", document=one), failed(document=one, number=2), done("会", document=other)]
    results += [done("A3", document=one, number=3), done("twin", document=twin)]
    written = export_folder(results, tmp_path / "new" / "folder", find_format("txt"))
    assert [path.name for path in written] == ["a.txt", "会议.txt", "a (2).txt"]
    mark = "[Page 2 was not read: The server gave up this page without a result.]"
    assert written[0].read_text(encoding="utf-8") == f"A1\n\n{mark}\n\nA3\n"
    assert written[1].read_text(encoding="utf-8") == "会\n"


def test_nothing_leaves_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    names = ["../up.png", "..\\..\\up.png", "/etc/passwd", "a/../../b.png", "con", "x" * 400]
    written = export_folder([done("x", document=_document(name)) for name in names], folder, find_format("md"))
    assert len(written) == len(names) == len(list(folder.iterdir()))
    assert {path.resolve().parent for path in written} == {folder.resolve()}
    assert list(tmp_path.iterdir()) == [folder]


def test_json_file_is_a_list_of_the_contract(tmp_path: Path) -> None:
    results = [done(TABLE), failed(number=2), done("half \ud83d")]
    path = export_file(results, tmp_path / "x.json", find_format("json"))
    assert json.loads(path.read_bytes()) == [page_object(each) for each in results]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_what_has_no_encoding(tmp_path: Path, name: str) -> None:
    content = export_file([done("a \udcff b 中")], tmp_path / "x", find_format(name)).read_bytes()
    assert "中" in content.decode()


def test_a_chosen_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")
    export_file([done("new")], path, find_format("md"))
    assert path.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["txt", "TXT", " .md ", "json"])
def test_formats_are_found_as_people_write_them(name: str) -> None:
    chosen = find_format(name)
    assert chosen.suffix == f".{name.strip(' .').lower()}"
    assert chosen.title


@pytest.mark.parametrize("name", ["", "exe", "t xt", "{name}"])
def test_an_unknown_format_is_told_with_those_that_are_known(name: str) -> None:
    with pytest.raises(ExportError, match="Known formats: txt, md, json"):
        find_format(name)


def test_nothing_is_not_exported(tmp_path: Path) -> None:
    for export in (
        lambda: export_folder([], tmp_path, FORMATS["txt"]),
        lambda: export_file([], tmp_path, FORMATS["txt"]),
    ):
        with pytest.raises(ExportError, match="no result"):
            export()
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="could not be written"):
        export_folder([done("x")], tmp_path / "file", find_format("txt"))
    assert (tmp_path / "file").read_text() == "x"


def test_a_folder_whose_name_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"scan\.txt could not be written: file name too long"):
        export_folder([done("x")], tmp_path / ("x" * 300), find_format("txt"))


def test_a_folder_in_place_of_the_file_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    with pytest.raises(ExportError, match=r"x\.md could not be written"):
        export_file([done("x")], tmp_path / "x.md", find_format("md"))
    assert [each.name for each in tmp_path.iterdir()] == ["x.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ExportError, match="permission denied"):
            export_folder([done("x")], tmp_path, find_format("txt"))
    finally:
        tmp_path.chmod(0o700)


def test_an_interrupted_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the middle of a write."""
    path = tmp_path / "x.txt"
    path.write_text("old")

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export_file([done("new")], path, find_format("txt"))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
