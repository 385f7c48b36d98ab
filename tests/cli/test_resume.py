"""A run that was interrupted goes on: ``--resume``, ``--journal``, signals, kills, full disks."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.settings_file import home_dirs
from glmocr_desktop.results.export import writer
from tests.cli.program import Program, Run
from tests.support.pages import numbered_image
from tests.support.run_kills import kill_and_resume, make_batch
from tests.support.servers import ServerProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def _runs() -> list[Path]:
    return sorted((home_dirs()[1] / "runs").glob("*"))


def _asked(server: ServerProcess) -> list[str]:
    return sorted(line for line in server.log() if line.startswith("start"))


@pytest.fixture
def failing(server: ServerProcess, tmp_path: Path) -> ServerProcess:
    """Three pages, of which the second cannot be read."""
    for number in (1, 2, 3):
        numbered_image(tmp_path, number)
    server.control(pages={"2": {"error": "no"}})
    return server


def test_what_failed_is_read_and_nothing_else(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    """Files, journal, standard output; a document that is new is read, too; and nothing stays."""
    arguments = ["page 1.png", "page 2.png", "page 3.png", "-o", "out", "--journal", "log/j.jsonl", "--json"]
    first = run(*arguments, "--resume")  # with nothing to go on with it just runs
    assert first.code == 1
    assert first.errors.splitlines()[0] == "There is nothing to go on with; this run begins anew."
    assert [(stat.S_IMODE(each.stat().st_mode), each.suffix) for each in _runs()] == [(0o600, ".db")]
    assert stat.S_IMODE(_runs()[0].parent.stat().st_mode) == 0o700
    failing.begin_log()
    second = run(*arguments, "--resume")
    assert second.code == 0
    assert second.errors.splitlines()[0] == "Going on: 2 pages were read before."
    assert _asked(failing) == ["start 2"]
    assert [json.loads(line)["document"] for line in second.output.splitlines()] == ["page 2.png"]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["page 1.txt", "page 2.txt", "page 3.txt"]
    assert _runs() == []

    lines = _lines(tmp_path / "log" / "j.jsonl")
    assert [each["event"] for each in lines if each["event"] not in ("page", "written")] == ["began", "ended"] * 2
    assert len({each["run"] for each in lines}) == 1
    ends = sorted((each["document"], each["state"]) for each in lines if each["event"] == "page")
    assert ends == [("page 1.png", "done"), ("page 2.png", "done"), ("page 2.png", "failed"), ("page 3.png", "done")]
    assert sum(each["event"] == "written" for each in lines) == 3
    assert "Text Recognition" not in (tmp_path / "log" / "j.jsonl").read_text()


def test_a_folder_that_has_grown(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    """The text of the pages that were printed is not printed again; a page that changed is read anew."""
    assert run(".").code == 1
    failing.begin_log()
    numbered_image(tmp_path, 0)
    os.utime(tmp_path / "page 3.png", (1, 1))
    ended = run(".", "--resume")
    assert ended.code == 0
    assert _asked(failing) == ["start 0", "start 2", "start 3"]
    assert [line for line in ended.output.splitlines() if line.startswith("Text")] == [
        f"Text Recognition: page {number}" for number in (0, 2, 3)
    ]


def test_the_file_of_a_document_that_changed_is_written_anew(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    """In its place, unless somebody else has changed it."""
    assert run(".", "-o", "out").code == 1
    for number in (1, 3):
        os.utime(tmp_path / f"page {number}.png", (1, 1))
    (tmp_path / "out" / "page 3.txt").write_text("mine now")
    failing.begin_log()
    failing.control(answer="another page")
    assert run(".", "-o", "out", "--resume").code == 0
    assert {each.name: each.read_text().strip() for each in (tmp_path / "out").iterdir()} == {
        "page 1.txt": "another page",
        "page 2.txt": "another page",
        "page 3.txt": "mine now",
        "page 3 (2).txt": "another page",
    }


def test_all_in_one_file_under_the_same_name(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    assert run(".", "-o", "all.md").code == 1
    assert "page 3" in (tmp_path / "all.md").read_text()
    failing.begin_log()
    assert run(".", "-o", "all.md", "--resume").code == 0
    text = (tmp_path / "all.md").read_text()
    assert [text.count(f"Recognition: page {number}") for number in (1, 2, 3)] == [1, 1, 1]
    assert [each.name for each in tmp_path.glob("*.md")] == ["all.md"]


def test_files_of_other_people_are_never_replaced(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    """Not even where this run had its own, when somebody changed it; temporary files of others stay, too."""
    assert run(".", "-o", "out/all.txt").code == 1
    (tmp_path / "out" / "all.txt").write_text("mine now")
    (tmp_path / "out" / ".glmocr-0123456789abcdef-1.part").write_text("theirs")
    stale = tmp_path / "out" / f".glmocr-{_runs()[0].stem[:16]}-1.part"
    stale.write_text("left by a kill")
    failing.begin_log()
    assert run(".", "-o", "out/all.txt", "--resume").code == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        ".glmocr-0123456789abcdef-1.part",
        "all (2).txt",
        "all.txt",
    ]
    assert (tmp_path / "out" / "all.txt").read_text() == "mine now"


def test_a_full_disk_for_files_says_how_to_go_on(
    run: Run, tmp_path: Path, failing: ServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> Path:
        raise ExportError("cannot_write", name="page 1.txt", detail="no room") from OSError(errno.ENOSPC, "no room")

    failing.control()
    with monkeypatch.context() as patch:
        patch.setattr(writer, "write_free", full)
        ended = run(".", "-o", "out")
    assert ended.code == 1
    assert "out cannot be written: the disk is full. What was read is kept: add --resume to go on" in ended.errors
    assert run(".", "-o", "out", "--resume").code == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["page 1.txt", "page 2.txt", "page 3.txt"]


def test_without_the_option_it_begins_anew_and_says_so(run: Run, failing: ServerProcess) -> None:
    assert run(".").code == 1
    failing.begin_log()
    ended = run(".")
    assert (ended.code, len(_asked(failing))) == (0, 3)
    assert ended.errors.splitlines()[0] == (
        "Beginning anew, though 2 of 3 pages were read before. --resume would have gone on."
    )


def test_another_prompt_is_another_run(run: Run, failing: ServerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = [{"name": name, "text": f"{name}:"} for name in ("Sum", "Date")]
    monkeypatch.setenv("GLMOCR_OWN_PROMPTS", json.dumps(prompts))
    assert run(".", "--prompt", "Sum").code == 1
    failing.begin_log()
    ended = run(".", "--prompt", "Date", "--resume")
    assert ended.errors.splitlines()[0] == "There is nothing to go on with; this run begins anew."
    assert (ended.code, len(_asked(failing))) == (0, 3)
    assert run(".", "--prompt", "Sum", "--resume").errors.splitlines()[0] == "Going on: 2 pages were read before."


def test_a_run_that_cannot_be_kept(run: Run, failing: ServerProcess) -> None:
    """It reads all the same; going on is refused with the reason."""
    home_dirs()[1].mkdir(parents=True)
    (home_dirs()[1] / "runs").write_text("")
    failing.control()
    ended = run("page 1.png")
    assert ended.code == 0
    assert "This run cannot be continued when it is interrupted." in ended.errors.splitlines()[0]
    assert run("page 1.png", "--resume").code == 2


@pytest.mark.parametrize(
    "content",
    ["a letter\n", '{"event": 1}\n', "no end", '{"event": "' + "a" * 1_000_000, "[" * 100_000 + "\n"],
    ids=["text", "other", "cut off", "endless", "deep"],
)
def test_another_file_is_no_journal(run: Run, tmp_path: Path, failing: ServerProcess, content: str) -> None:
    (tmp_path / "letter.txt").write_text(content)
    ended = run("page 1.png", "--journal", "letter.txt")
    assert ended.code == 2
    assert "letter.txt is not a journal of this program." in ended.errors
    assert (tmp_path / "letter.txt").read_text() == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("name", ["/dev/full", "pipe"])
def test_what_never_ends_is_no_journal(run: Run, tmp_path: Path, failing: ServerProcess, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    ended = run("page 1.png", "--journal", name)
    assert ended.code == 2
    assert "is not a journal of this program." in ended.errors


def test_a_journal_that_was_cut_off_at_once_goes_on(run: Run, tmp_path: Path, failing: ServerProcess) -> None:
    (tmp_path / "j.jsonl").write_text('{"event": "be')
    assert run("page 1.png", "--journal", "j.jsonl").code == 0
    assert _lines(tmp_path / "j.jsonl")[0]["event"] == "began"


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Processes that end with the test."""
    started: list[Program] = []
    yield started
    for each in started:
        each.process.kill()
        each.end(10)


@pytest.fixture
def heard() -> Iterator[None]:
    """A hang-up is heard even where the tests themselves were told not to hear it, as nohup does."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_orderly_and_a_second_process_waits_its_turn(
    programs: list[Program], tmp_path: Path, server: ServerProcess, number: signal.Signals, code: int
) -> None:
    """What was read is in the file and in the journal; half a line that a kill left there is taken off."""
    make_batch(tmp_path / "in", 8)
    arguments = ["recognize", "in", "--server", server.url, "--engine", "server", "--jobs", "1", "-o", "all.txt"]
    arguments += ["--journal", "j.jsonl", "--resume"]
    server.control(delay_s=2)
    programs.append(Program(arguments, tmp_path))
    programs[0].wait_for(lambda line: line.startswith("[1/"))
    second = Program(arguments, tmp_path)
    programs.append(second)
    assert second.end() == 2
    assert second.errors.startswith("glmocr-desktop: This command is already running")
    programs[0].interrupt(number)
    assert programs[0].end() == code
    assert "Traceback" not in programs[0].errors
    assert _lines(tmp_path / "j.jsonl")[-1] == _lines(tmp_path / "j.jsonl")[-1] | {"event": "interrupted", "code": code}
    with (tmp_path / "j.jsonl").open("a") as journal:
        journal.write('{"event": "pa')
    server.control()
    programs.append(Program(arguments, tmp_path))
    assert programs[2].end() == 0
    text = (tmp_path / "all.txt").read_text().replace("\n", " ")
    assert [f"Recognition: page {each}" in text for each in range(8)] == [True] * 8
    done = [each for each in _lines(tmp_path / "j.jsonl") if each.get("state") == "done"]
    assert len(done) == 8


def test_no_page_is_lost_or_doubled_when_it_is_killed(tmp_path: Path, server: ServerProcess) -> None:
    make_batch(tmp_path / "in", 16)
    server.control(delay_s=0.4)
    outcome = kill_and_resume(tmp_path, server, 16, 4, 3)
    assert not outcome.broken, outcome


def test_a_full_disk_ends_it_and_it_goes_on_later(tmp_path: Path, server: ServerProcess) -> None:
    """A limit on the size of files stands in for it: the database can grow no more."""
    make_batch(tmp_path / "in", 40)
    start = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    start += "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "
    start += "from glmocr_desktop.__main__ import main; sys.exit(main())"
    arguments = ["recognize", "in", "-o", "out", "--server", server.url, "--engine", "server", "--resume"]
    small, large = (
        subprocess.run([sys.executable, "-c", start.format(size), *arguments], cwd=tmp_path, capture_output=True)
        for size in (150_000, 100_000_000)
    )
    assert small.returncode == 1
    assert b"What was read is kept: add --resume to go on when that has passed." in small.stderr
    assert (large.returncode, large.stderr.splitlines()[0][:9]) == (0, b"Going on:")
    assert len(list((tmp_path / "out").iterdir())) == 20 + 1 + 1
