"""Files: whole or absent, one a document, a page or a table, or one for all."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Document
from glmocr_desktop.results.contract import page_object
from glmocr_desktop.results.export import FORMATS, Layout, Writer, export_file, export_folder, find_format
from tests.results.answers import TABLE
from tests.support.results import done, failed


def _document(name: str) -> Document:
    return Document(name, f"/{name}", name)


def test_one_file_a_document_in_the_order_of_its_pages(tmp_path: Path) -> None:
    one, other, twin = _document("a.pdf"), _document("会议.png"), _document("a.png")
    results = [done("A1", document=one), failed(document=one, number=2), done("会", document=other)]
    results += [done("A3", document=one, number=3), done("twin", document=twin)]
    written = export_folder(results, tmp_path / "new" / "folder", find_format("txt")).written
    assert [path.name for path in written] == ["a.txt", "会议.txt", "a (2).txt"]
    mark = "[Page 2 was not read: The server gave up this page without a result.]"
    assert written[0].read_text(encoding="utf-8") == f"A1\n\n{mark}\n\nA3\n"
    assert written[1].read_text(encoding="utf-8") == "会\n"


def test_nothing_leaves_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    names = ["../up.png", "..\\..\\up.png", "/etc/passwd", "a/../../b.png", "con", "x" * 400]
    written = export_folder([done("x", document=_document(name)) for name in names], folder, find_format("md")).written
    assert len(written) == len(names) == len(list(folder.iterdir()))
    assert {path.resolve().parent for path in written} == {folder.resolve()}
    assert list(tmp_path.iterdir()) == [folder]


def test_json_file_is_a_list_of_the_contract(tmp_path: Path) -> None:
    results = [done(TABLE), failed(number=2), done("half \ud83d")]
    path = export_file(results, tmp_path / "x.json", find_format("json"))
    assert json.loads(path.read_bytes()) == [page_object(each) for each in results]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_what_has_no_encoding(tmp_path: Path, name: str) -> None:
    """And the name of its document, and a page that was not read."""
    document = _document("b\udcff.png")
    results = [done("a \udcff b 中", document=document), failed(number=2), done("")]
    content = export_file(results, tmp_path / "x", find_format(name)).read_bytes()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(map(parts.read, parts.namelist()))
    text = content.decode()
    assert "中" in text
    assert "was not read: The server gave up this page without a result." in text or name == "json"


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
    with pytest.raises(ExportError, match=r"Known formats: txt, md, .*json"):
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


def _tree(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8-sig") for path in sorted(folder.iterdir())}


def test_existing_files_are_kept_unless_they_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a (2).txt").write_text("older")
    txt = find_format("txt")
    twins = [done("new", document=_document("a.png")), done("twin", document=_document("a.pdf"))]
    export_folder(twins[:1], tmp_path, txt)
    assert _tree(tmp_path) == {"a.txt": "old", "a (2).txt": "older", "a (3).txt": "new\n"}
    written = export_folder(twins, tmp_path, txt, Layout(overwrite=True)).written
    assert [path.name for path in written] == ["a.txt", "a (2).txt"]
    assert _tree(tmp_path) == {"a.txt": "new\n", "a (2).txt": "twin\n", "a (3).txt": "new\n"}


def test_a_name_that_another_program_takes_at_the_same_time(tmp_path: Path) -> None:
    """Many at once into one folder: every text gets a file of its own."""
    results = [[done(f"{number}", document=_document("a.png"))] for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: export_folder(each, tmp_path, find_format("txt")), results))
    assert sorted(int(text) for text in _tree(tmp_path).values()) == list(range(40))


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_args: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unsupported)
    for text in ("one", "two"):
        export_folder([done(text, document=_document("a.png"))], tmp_path, find_format("txt"))
    assert _tree(tmp_path) == {"a.txt": "one\n", "a (2).txt": "two\n"}


def test_one_file_for_all_names_the_documents(tmp_path: Path) -> None:
    results = [done("A1", document=_document("a.pdf")), done("B*", document=_document("b [x]\n.png"), formatted=False)]
    for name in ("txt", "md"):
        export_folder(results, tmp_path, find_format(name), Layout(combined=True))
    assert _tree(tmp_path) == {
        "results.txt": "=== a.pdf ===\n\nA1\n\n=== b [x] .png ===\n\nB*\n",
        "results.md": "# a\\.pdf\n\nA1\n\n# b \\[x\\] \\.png\n\nB\\*\n",
    }


def test_one_file_a_page(tmp_path: Path) -> None:
    one = _document("a.pdf")
    results = [done("A1", document=one), failed(document=one, number=2), done("B", document=_document("b.png"))]
    export_folder(results, tmp_path, find_format("txt"), Layout(name="{name} {page}"))
    mark = "[Page 2 was not read: The server gave up this page without a result.]"
    assert _tree(tmp_path) == {"a 1.txt": "A1\n", "a 2.txt": f"{mark}\n", "b 1.txt": "B\n"}


def test_one_file_a_table_and_one_for_the_text(tmp_path: Path) -> None:
    one = _document("a.pdf")
    table = "<table><tr><td>{0}</td><td>x</td></tr></table>"
    results = [
        done(f"Before\n\n{table.format(1)}\n\n{table.format(2)}", document=one),
        failed(document=one, number=2),
        done(f"{table.format(3)}\n\nafter", document=one, number=3),
        done("only words", document=_document("b.png")),
        done(table.format(4), document=_document("c.png")),
    ]
    export_folder(results, tmp_path, find_format("csv"), Layout(separate_tables=True))
    mark = "[Page 2 was not read: The server gave up this page without a result.]"
    assert _tree(tmp_path) == {
        "a table 1.csv": "1,x\n",
        "a table 2.csv": "2,x\n",
        "a table 3.csv": "3,x\n",
        "a text.csv": f"Before\n\n{mark}\n\nafter\n",
        "b.csv": "only words\n",
        "c table 1.csv": "4,x\n",
    }
    export_folder(results[-1:], tmp_path / "md", find_format("md"), Layout(separate_tables=True))
    assert list(_tree(tmp_path / "md")) == ["c.md"]  # in which tables stay where they are


def test_a_file_that_cannot_be_written_does_not_keep_others_from_it(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    results = [done(name, document=_document(f"{name}.png")) for name in "abc"]
    export = export_folder(results, tmp_path, find_format("txt"), Layout(overwrite=True))
    assert [path.name for path in export.written] == ["a.txt", "c.txt"]
    assert [str(each) for each in export.problems] == ["b.txt could not be written: is a directory."]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows says it when a spreadsheet is open in Excel."""
    (tmp_path / "a.txt").write_text("old")

    def held(_source: object, _target: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    sentence = "a.txt could not be replaced. Close it if it is open in another program."
    with pytest.raises(ExportError) as told:
        export_file([done("new")], tmp_path / "a.txt", find_format("txt"))
    assert str(told.value) == sentence
    with pytest.raises(ExportError) as told:
        export_folder([done("x", document=_document("a"))], tmp_path, find_format("txt"), Layout(overwrite=True))
    assert str(told.value) == sentence
    assert _tree(tmp_path) == {"a.txt": "old"}


def test_a_folder_that_was_deleted_in_between_is_made_again(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "out", [find_format("txt")], Layout())
    for name in ("a", "b"):
        writer.write([done(name, document=_document(f"{name}.png"))])
        shutil.rmtree(tmp_path / "out") if name == "a" else None
    assert writer.problems == []
    assert _tree(tmp_path / "out") == {"b.txt": "b\n"}


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_full_disk_is_told_and_smaller_files_are_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for it: a write fails in the middle."""
    program = """
import resource, signal, sys
from pathlib import Path
from glmocr_desktop.core.model import Document
from glmocr_desktop.results.export import FORMATS, export_folder
from tests.support.results import done
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
texts = {"small.png": "x", "large.png": "x" * 100_000, "last.png": "y"}
results = [done(text, document=Document(name, name, name)) for name, text in texts.items()]
export = export_folder(results, Path(sys.argv[1]), FORMATS["txt"])
print(*export.problems)
"""
    out = tmp_path / "out"
    ended = subprocess.run([sys.executable, "-c", program, out], capture_output=True, text=True, check=True)
    assert ended.stdout == "large.txt could not be written: file too large.\n"
    assert _tree(out) == {"small.txt": "x\n", "last.txt": "y\n"}


def test_the_registry_loads_no_large_package() -> None:
    program = "import sys, glmocr_desktop.results.export; print(*{'docx', 'xlsxwriter', 'lxml'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""


def test_several_parts_of_one_page_are_files_of_their_own(tmp_path: Path) -> None:
    document = _document("a.pdf")
    page, part = done("all", document=document, number=3), done("part", document=document, number=3)
    layout = Layout(name="{name} {page}", overwrite=True)
    for _ in range(2):
        writer = Writer(tmp_path, [find_format("txt")], layout)
        writer.write([page, part])
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {
        "a 3.txt": "all\n",
        "a 3 (2).txt": "part\n",
    }
