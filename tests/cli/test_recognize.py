"""``recognize`` called in this process, with a real server."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.cli import main
from tests.cli.program import Run
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _tiff(path: Path, count: int, first: int = 0) -> Path:
    """A TIFF of numbered pages."""
    pages = [Image.new("RGB", (48, 32), (0, 0, number)) for number in range(first, first + count)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def test_text_goes_to_standard_output_and_the_rest_to_standard_error(run: Run, tmp_path: Path) -> None:
    numbered_image(tmp_path, 7)
    ended = run("page 7.png")
    assert (ended.code, ended.output) == (0, "Text Recognition: page 7\n")
    assert ended.errors.startswith("[1/1] page 7.png: read by the server in ")


def test_pages_come_in_their_order_whichever_is_read_first(run: Run, tmp_path: Path) -> None:
    """20 pages on 8 lanes of a server that needs longer for some."""
    _tiff(tmp_path / "pages.tif", 20)
    ended = run("pages.tif", "--jobs", "8")
    assert ended.code == 0
    assert ended.output.splitlines() == [f"Text Recognition: page {n}" for n in range(20)]


def test_a_prompt_of_ones_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked instead of the prompt of a mode, and found by its name."""
    monkeypatch.setenv("GLMOCR_OWN_PROMPTS", json.dumps([{"name": "Due date", "text": "When is it due?"}]))
    monkeypatch.setenv("GLMOCR_MODE", "table")
    numbered_image(tmp_path, 7)
    ended = run("page 7.png", "--prompt", "due  Date", "--json")
    assert ended.code == 0
    page = json.loads(ended.output)
    assert (page["text"], page["mode"], page["prompt"]) == ("When is it due? page 7", "text", "Due date")
    assert json.loads(run("page 7.png", "--json").output)["prompt"] is None
    unknown = run("page 7.png", "--prompt", "Sum")
    assert (unknown.code, unknown.output) == (2, "")
    assert unknown.errors.startswith("glmocr-desktop: No prompt of the settings is called Sum. There are: Due date.")
    assert run("page 7.png", "--prompt", "Due date", "--mode", "text").code == 2


def test_several_files_get_headings(run: Run, tmp_path: Path) -> None:
    numbered_image(tmp_path, 1)
    _tiff(tmp_path / "会议.tif", 2, first=5)
    ended = run("会议.tif", "page 1.png", "会议.tif")
    page = "Text Recognition: page"
    twice = f"=== 会议.tif ===\n{page} 5\n\n{page} 6\n\n"
    assert ended.output == f"{twice}=== page 1.png ===\n{page} 1\n\n{twice}"


def test_pages_are_chosen(run: Run, tmp_path: Path) -> None:
    _tiff(tmp_path / "a.tif", 9)
    assert [line[-1] for line in run("a.tif", "--pages", "8-,1,2-3").output.splitlines()] == ["7", "8", "0", "1", "2"]
    wrong = run("a.tif", "--pages", "3-99")
    assert wrong.code == 1
    assert "a.tif: a.tif has no pages 3-99: it has 9. Write a range like 1-3,7." in wrong.errors


def test_a_folder_is_read_with_all_below_it(run: Run, tmp_path: Path) -> None:
    deep = tmp_path / "archive" / "box 2"
    deep.mkdir(parents=True)
    numbered_image(tmp_path / "archive", 1)
    numbered_image(deep, 2)
    (deep / "notes.txt").write_text("no image")
    ended = run("archive", "--json")
    documents = {json.loads(line)["document"] for line in ended.output.splitlines()}
    assert documents == {os.path.join("archive", "page 1.png"), os.path.join("archive", "box 2", "page 2.png")}  # noqa: PTH118
    assert ended.code == 0


def test_an_empty_folder_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run("empty")
    assert (ended.code, ended.output) == (1, "")
    assert "There are no images or PDFs in empty." in ended.errors


def test_what_cannot_be_read_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    numbered_image(tmp_path, 1)
    numbered_image(tmp_path, 2)
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("not an image")
    (tmp_path / "broken.png").write_bytes((tmp_path / "page 1.png").read_bytes()[:60])
    ended = run("missing.png", "page 1.png", "empty.png", "text.png", "broken.png", "page 2.png", "--json")
    assert ended.code == 1
    ends = {(value["document"], value["state"]): value for value in map(json.loads, ended.output.splitlines())}
    assert ends["page 1.png", "done"]["text"] == "Text Recognition: page 1"
    assert ends["page 2.png", "done"]["text"] == "Text Recognition: page 2"
    kinds = {document: value["error"]["kind"] for (document, state), value in ends.items() if state == "failed"}
    assert kinds == {
        "missing.png": "not_found",
        "empty.png": "empty_file",
        "text.png": "is_text",
        "broken.png": "damaged",
    }
    assert "missing.png: There is no file or folder named missing.png." in ended.errors


def test_json_lines_are_the_contract(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    _tiff(tmp_path / "a.tif", 2)
    ended = run("a.tif", "--json", "--mode", "table")
    values = sorted(map(json.loads, ended.output.splitlines()), key=lambda value: value["page"])
    assert [value["page"] for value in values] == [1, 2]
    first = values[0]
    assert (first["document"], first["mode"], first["state"], first["engine"]) == ("a.tif", "table", "done", "server")
    assert (first["server"], first["rung"], first["error"], first["warnings"]) == (server.url, "first", None, [])
    assert first["blocks"] == [{"kind": "paragraph", "text": "Table Recognition: page 0"}]
    assert [(each["rung"], each["engine"], each["error"]) for each in first["attempts"]] == [("first", "server", None)]


def test_a_server_that_is_down_is_told(
    run: Run, tmp_path: Path, closed_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    numbered_image(tmp_path, 1)
    assert main(["recognize", "page 1.png", "--engine", "server", "--server", closed_url]) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("page 1.png: The server at 127.0.0.1:")
    assert len(errors.splitlines()) == 1


def test_an_error_of_the_server_is_told_in_its_words(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    numbered_image(tmp_path, 1)
    server.control(error="CUDA out of memory")
    ended = run("page 1.png")
    assert ended.code == 1
    assert "The server could not read this page: CUDA out of memory" in ended.errors


def test_standard_input_is_an_image(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = numbered_image(tmp_path, 3).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(image)))
    value = json.loads(run("-", "--json").output)
    assert (value["document"], value["text"]) == ("-", "Text Recognition: page 3")


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "standard input is empty."), (b"x", "standard input is text already")]
)
def test_standard_input_that_is_no_image(run: Run, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    ended = run("-", "--json")
    assert (ended.code, json.loads(ended.output)["document"]) == (1, "-")
    assert words in ended.errors


def test_a_closed_standard_input_is_empty(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "standard input is empty." in run("-").errors


def test_standard_input_gives_a_file_with_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = numbered_image(tmp_path, 3).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(image)))
    assert run("-", "-o", "out").code == 0
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["standard input.txt"]


def test_files_of_several_formats(run: Run, tmp_path: Path) -> None:
    _tiff(tmp_path / "a.tif", 3)
    numbered_image(tmp_path, 9)
    ended = run("a.tif", "page 9.png", "--to", "txt, .JSON,md,txt", "-o", "out/new")
    assert (ended.code, ended.output) == (0, "")
    names = sorted(each.name for each in (tmp_path / "out" / "new").iterdir())
    assert names == ["a.json", "a.md", "a.txt", "page 9.json", "page 9.md", "page 9.txt"]
    text = (tmp_path / "out/new/a.txt").read_text()
    assert text == "\n\n".join(f"Text Recognition: page {n}" for n in range(3)) + "\n"
    values = json.loads((tmp_path / "out/new/a.json").read_text())
    assert [value["page"] for value in values] == [1, 2, 3]


def test_files_and_json_lines_together(run: Run, tmp_path: Path) -> None:
    numbered_image(tmp_path, 1)
    ended = run("page 1.png", "-o", "out", "--json")
    assert json.loads(ended.output)["state"] == "done"
    assert (tmp_path / "out" / "page 1.txt").exists()


def test_a_document_without_any_page_read_gives_no_file(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    """A file of nothing but excuses would look like a result."""
    _tiff(tmp_path / "a.tif", 2)
    server.control(delay_s=3)
    ended = run("a.tif", "--timeout", "1", "-o", "out", "--json")
    assert [json.loads(line)["state"] for line in ended.output.splitlines()] == ["timed_out", "timed_out"]
    assert ended.code == 1
    assert "a.tif, page 2: Not read within 1 s." in ended.errors
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x.png", "--to", "txt"], "--to txt is for files, and they need a folder: -o DIR."),
        (["x.png", "--to", "exe", "-o", "out"], "There is no export format named exe. Known formats: txt, md"),
        (["x.png", "--timeout", "0"], "Timeout: 0.0 is not between 1 and 3600."),
        (["x.png", "--timeout", "nan"], "Timeout: nan is not between"),
        (["x.png", "--jobs", "100"], "Pages at once: 100 is not between 0 and 64."),
        (["x.png", "-o", "file"], "file could not be written"),
    ],
)
def test_options_that_cannot_be_used(run: Run, tmp_path: Path, arguments: list[str], words: str) -> None:
    """Told before anything is read."""
    (tmp_path / "file").touch()
    ended = run(*arguments)
    assert (ended.code, ended.output) == (2, "")
    assert ended.errors.startswith(f"glmocr-desktop: {words}")
    assert len(ended.errors.splitlines()) == 1


def test_settings_from_the_environment_that_cannot_be_used(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLMOCR_LANES", "many")
    assert run("x.png").errors == "glmocr-desktop: GLMOCR_LANES: 'many' is not a whole number.\n"


def test_a_damaged_settings_file_is_told_and_the_page_is_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLMOCR_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "settings.json").write_text("{")
    numbered_image(tmp_path, 1)
    ended = run("page 1.png")
    assert (ended.code, ended.output) == (0, "Text Recognition: page 1\n")
    assert "The settings file was damaged. It was kept as " in ended.errors
    assert "damaged" not in run("page 1.png").errors


def test_a_file_name_that_is_no_utf8(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xff.png")
    try:
        numbered_image(tmp_path, 4).rename(tmp_path / name)
    except OSError:
        pytest.skip("this file system has no such names")
    ended = run(name, "-o", "out", "--to", "json,txt,md", "--json")
    assert ended.code == 0
    assert json.loads(ended.output)["document"] == name
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_formulas_offline_are_told_clearly(run: Run, tmp_path: Path) -> None:
    numbered_image(tmp_path, 1)
    ended = run("page 1.png", "--mode", "formula", engine="offline")
    assert ended.code == 1
    assert ended.errors == (
        "page 1.png: Formulas need the server. Text mode reads this page offline as unformatted text.\n"
    )


def test_it_says_what_was_written(run: Run, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        Image.new("RGB", (48, 32), "white").save(tmp_path / name)
    one = run("recognize", "a.png", "--engine", "offline", "-o", "out")
    assert one.errors.splitlines()[-1] == f"Written: {Path('out') / 'a.txt'}"
    many = run("recognize", "a.png", "b.png", "--engine", "offline", "-o", "out", "--to", "txt,md")
    assert many.errors.splitlines()[-1] == "4 files were written to out."


def test_the_parts_of_the_time_can_be_limited(run: Run, tmp_path: Path, server: ServerProcess) -> None:
    numbered_image(tmp_path, 1)
    server.control(delay_s=30)
    ended = run("page 1.png", "--json", "--first-timeout", "0.5", "--no-retry", "--no-degraded", engine="auto")
    page = json.loads(ended.output)
    assert page["engine"] == "offline"
    assert [each["error"] and each["error"]["kind"] for each in page["attempts"]] == ["rung_timeout", None]


def test_another_server_reads_what_the_preferred_one_cannot(
    run: Run, tmp_path: Path, server: ServerProcess, closed_url: str
) -> None:
    numbered_image(tmp_path, 1)
    ended = run("page 1.png", "--json", "--server", closed_url)  # the one that is up comes second
    assert json.loads(ended.output)["server"] == server.url


def test_pages_stay_on_this_computer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The address is one of those that are set aside for documentation: nobody answers there, and nobody is asked."""
    path = str(numbered_image(tmp_path, 1))
    options = ["--server", "http://203.0.113.1:7860", "--local-only", "--engine", "server", "--json"]
    assert main(["recognize", path, *options]) == 1
    page = json.loads(capsys.readouterr().out)
    assert page["error"]["kind"] in ("not_this_computer", "server_down")
    assert page["elapsed_s"] < 2  # a connection would be waited for longer
