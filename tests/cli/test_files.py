"""``recognize`` writes files: formats, names, folders, one file for all."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from glmocr_desktop.cli import main
from glmocr_desktop.results.export import FORMATS
from tests.cli.program import Run
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

TABLE = "Before\n\n<table><tr><td>A</td><td>=1+1</td></tr><tr><td>3.50</td><td>007</td></tr></table>"


@pytest.fixture(autouse=True)
def _three_pages(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        numbered_image(tmp_path, number)


def _files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_every_format(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    server.control(answer=TABLE)
    ended = run("page 1.png", "--to", ",".join(FORMATS), "-o", "out")
    assert (ended.code, ended.output) == (0, "")
    assert _files(tmp_path / "out") == sorted(f"page 1{each.suffix}" for each in FORMATS.values())
    with (tmp_path / "out" / "page 1.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row for row in csv.reader(stream) if row] == [["Before"], ["A", "'=1+1"], ["3.50", "007"]]
    sheet = load_workbook(tmp_path / "out" / "page 1.xlsx")["Table 1"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A", "=1+1"], [3.5, "007"]]


def test_all_formats_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recognize", "--help"])
    words = capsys.readouterr().out.replace(",", " ").split()
    assert set(FORMATS) <= set(words)


def test_one_file_for_all_documents_in_the_order_in_which_they_were_given(run: Run, tmp_path: Path) -> None:
    ended = run(
        "page 3.png", "page 1.png", "page 2.png", "-o", "out", "--combine", "--name", "all {mode}", "--jobs", "3"
    )
    assert ended.code == 0
    assert _files(tmp_path / "out") == ["all text.txt"]
    texts = [f"=== page {n}.png ===\n\nText Recognition: page {n}" for n in (3, 1, 2)]
    assert (tmp_path / "out" / "all text.txt").read_text() == "\n\n".join(texts) + "\n"
    assert ended.errors.splitlines()[-1] == f"Written: {Path('out') / 'all text.txt'}"


def test_a_path_that_ends_like_a_format_is_one_file(run: Run, tmp_path: Path) -> None:
    assert run("page 1.png", "page 2.png", "-o", "new/all.XLSX").code == 0
    book = load_workbook(tmp_path / "new" / "all.XLSX")
    assert [row[2].value for row in book["Text"].iter_rows(min_row=2)] == [
        f"Text Recognition: page {n}" for n in (1, 2)
    ]
    ended = run("page 3.png", "-o", "new/all.XLSX")  # kept
    assert ended.errors.splitlines()[-1] == f"Written: {Path('new') / 'all (2).XLSX'}"
    assert run("page 3.png", "-o", "new/all.XLSX", "--to", "xlsx", "--overwrite").code == 0
    assert _files(tmp_path / "new") == ["all (2).XLSX", "all.XLSX"]
    assert load_workbook(tmp_path / "new" / "all.XLSX")["Text"]["B2"].value == "Text Recognition: page 3"


def test_a_folder_may_end_like_a_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.md").mkdir()
    for folder in ("out.md", "new.md/"):
        assert run("page 1.png", "-o", folder).code == 0
        assert _files(tmp_path / folder) == ["page 1.txt"]


def test_tables_get_files_of_their_own(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    server.control(answer=f"{TABLE}\n\n{TABLE}")
    assert run("page 1.png", "-o", "out", "--to", "csv,md", "--tables", "separate").code == 0
    names = ["page 1 table 1.csv", "page 1 table 2.csv", "page 1 text.csv", "page 1.md"]
    assert _files(tmp_path / "out") == names
    assert run("page 1.png", "-o", "all.tsv", "--tables", "separate").code == 0
    assert {"all table 1.tsv", "all table 2.tsv", "all text.tsv"} <= set(_files(tmp_path))


def test_names_are_numbered_in_the_order_in_which_documents_were_given(run: Run, tmp_path: Path) -> None:
    """Whichever is read first."""
    assert (
        run("page 2.png", "page 1.png", "page 3.png", "-o", "out", "--name", "{n}-{name}-{page}", "--jobs", "3").code
        == 0
    )
    assert _files(tmp_path / "out") == ["1-page 2-1.txt", "2-page 1-1.txt", "3-page 3-1.txt"]


def test_files_are_kept_unless_they_may_be_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "page 1.txt").write_text("mine")
    assert run("page 1.png", "-o", "out").code == 0
    assert (tmp_path / "out" / "page 1.txt").read_text() == "mine"
    assert run("page 1.png", "-o", "out", "--overwrite").code == 0
    assert (tmp_path / "out" / "page 1.txt").read_text() == "Text Recognition: page 1\n"
    assert _files(tmp_path / "out") == ["page 1 (2).txt", "page 1.txt"]


def test_what_cannot_be_written_is_told_and_the_rest_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "page 2.txt").mkdir(parents=True)
    ended = run("page 1.png", "page 2.png", "page 3.png", "-o", "out", "--to", "txt,md", "--overwrite", "--json")
    assert ended.code == 1
    assert [json.loads(line)["state"] for line in ended.output.splitlines()] == ["done"] * 3
    assert "page 2.txt could not be written: is a directory." in ended.errors.splitlines()
    written = {"page 1.md", "page 1.txt", "page 2.md", "page 3.md", "page 3.txt"}
    assert set(_files(tmp_path / "out")) == {*written, "page 2.txt"}
    assert ended.errors.splitlines()[-1] == "5 files were written to out."


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, server: ServerProcess) -> None:
    """A limit on the size of files stands in for it."""
    server.control(answer=" ".join(hashlib.md5(bytes([n % 256, n // 256])).hexdigest() for n in range(3000)))
    numbered_image(tmp_path, 1)
    start = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    start += "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)); "
    start += "from glmocr_desktop.__main__ import main; sys.exit(main())"
    arguments = ["recognize", "page 1.png", "-o", "out", "--server", server.url, "--engine", "server"]
    ended = subprocess.run([sys.executable, "-c", start, *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == "page 1.txt could not be written: file too large."
    assert _files(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--combine"], "--combine is for files, and they need a folder: -o DIR."),
        (["--tables", "separate"], "--tables is for files, and they need a folder: -o DIR."),
        (["--name", "x"], "--name is for files, and they need a folder: -o DIR."),
        (["--overwrite"], "--overwrite is for files, and they need a folder: -o DIR."),
        (["-o", "all.md", "--to", "txt"], "all.md is one file, which does not go with --to txt. Give a folder."),
        (["-o", "all.md", "--to", "md,txt"], "all.md is one file, which does not go with --to md,txt. Give a folder."),
        (["-o", "all.md", "--name", "x"], "all.md is one file, which does not go with --name. Give a folder."),
        (["-o", "all.pdf"], "There is no export format named .pdf. Known formats: "),
        (["-o", "out", "--name", "{who}"], "{who} means nothing in a file name. Known: {name}, {page}, {date}"),
        (["-o", "out", "--name", "{page}", "--combine"], "A name with a page makes one file a page, but all documents"),
        (["-o", "page 1.png/all.md"], "page 1.png could not be written: "),
    ],
)
def test_options_that_do_not_go_together(run: Run, tmp_path: Path, arguments: list[str], words: str) -> None:
    """Told before anything is read or made."""
    ended = run("page 1.png", *arguments)
    assert (ended.code, ended.output) == (2, "")
    assert ended.errors.startswith(f"glmocr-desktop: {words}")
    assert len(ended.errors.splitlines()) == 1
    assert _files(tmp_path) == ["page 1.png", "page 2.png", "page 3.png"]
