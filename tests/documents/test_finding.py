from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents import find_files, open_document, paths
from glmocr_desktop.documents.paths import ask, place
from glmocr_desktop.gui.named_paths import all_exist

if TYPE_CHECKING:
    from collections.abc import Iterator

posix = pytest.mark.skipif(sys.platform == "win32", reason="file names and types of POSIX")


@pytest.fixture
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of a drive that is gone: whoever asks for it waits until the test is over."""
    folder, over = tmp_path / "dead", threading.Event()
    usual = os.stat

    def stat(path: object, *args: object, **options: object) -> object:
        if isinstance(path, str | Path) and str(path).startswith(str(folder)):
            over.wait()
        return usual(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(paths, "_LIMIT_S", 0.2)
    monkeypatch.setattr(paths, "_mounts", lambda: ["/", str(folder)])
    monkeypatch.setattr(paths, "_silent", {})
    yield folder
    over.set()
    for thread in threading.enumerate():
        if thread.name == "path":
            thread.join()


class TestDeadDrives:
    def test_one_wait_and_one_thread_for_all_files(self, dead: Path, tmp_path: Path) -> None:
        (tmp_path / "x.png").touch()
        given = [str(tmp_path / "x.png"), *(str(dead / f"{number}.png") for number in range(500)), str(dead)]
        first, *others = find_files(given)
        assert first == given[0]
        assert {str(each) for each in others[1:-1]} >= {
            "7.png does not answer. It may be on a network drive that is gone."
        }
        assert {each.kind for each in others if isinstance(each, InputError)} == {"path_hangs"}
        with pytest.raises(InputError) as caught:
            open_document(str(dead / "1.png"))
        assert caught.value.kind == "path_hangs"
        assert not all_exist([str(dead / "1.png")])
        assert len([each for each in threading.enumerate() if each.name == "path"]) == 1

    def test_it_is_asked_again_after_a_while(self, dead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paths, "_REMEMBERED_S", 0.0)
        for _ in range(2):
            with pytest.raises(InputError):
                open_document(str(dead / "1.png"))
        assert len([each for each in threading.enumerate() if each.name == "path"]) == 2

    def test_an_answer_that_says_it_took_too_long_is_an_answer(self) -> None:
        def answer(_path: str) -> None:
            raise TimeoutError("the server of the drive")

        with pytest.raises(TimeoutError, match="of the drive"):
            ask(answer, "/x/y.png", "y.png")


@pytest.mark.parametrize(
    ("path", "windows", "expected"),
    [
        (r"\\server\share\a\b.png", True, r"\\server\share"),
        (r"//Server/Share/a\..\b.png", True, r"\\server\share"),
        (r"C:\Users\x\b.png", True, "c:"),
        (r"\\?\UNC\server\share\b.png", True, r"\\?\unc\server\share"),
        ("b.png", True, ""),
        ("/mnt/nas/deep/in/b.png", False, "/mnt/nas"),
        ("/mnt/nas", False, "/mnt/nas"),
        ("/mnt/nas2/b.png", False, "/mnt/nas2"),
        ("/mnt/nas/inner/b.png", False, "/mnt/nas/inner"),
        ("/mnt/nas/../b.png", False, "/mnt"),
        ("/Volumes/Scans/a/b.png", False, "/Volumes/Scans"),
        ("/home/a\\b/c.png", False, "/home/a\\b"),
    ],
)
def test_what_answers_for_a_path(path: str, windows: bool, expected: str) -> None:
    assert place(path, ["/", "/mnt/nas", "/mnt/nas/inner"], windows=windows) == expected


@posix
class TestFolders:
    def test_deep_ones_end_in_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "x.png").touch()
        home = Path.cwd()
        os.chdir(tmp_path)
        try:
            for _ in range(1500):  # deeper than a path can be written, and than Python calls itself
                Path("deeper").mkdir()
                os.chdir("deeper")
        finally:
            os.chdir(home)
        first, last = find_files([str(tmp_path)])
        subprocess.run(["rm", "-r", str(tmp_path / "deeper")], check=True)  # which Python itself could not
        assert first == str(tmp_path / "x.png")
        assert isinstance(last, InputError)
        assert last.kind == "too_deep"
        (long,) = find_files([str(tmp_path) + "/deeper" * 1000])
        assert isinstance(long, InputError)

    def test_very_many_files_are_found_one_after_the_other(self, tmp_path: Path) -> None:
        (tmp_path / "0.png").touch()
        for number in range(1, 10_000):
            os.link(tmp_path / "0.png", tmp_path / f"{number}.png")
        tracemalloc.start()
        try:
            found = find_files([str(tmp_path)])
            assert list(itertools.islice(found, 3)) == [str(tmp_path / f"{number}.png") for number in range(3)]
            assert sum(1 for _ in found) == 9_997
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 10_000_000

    @pytest.mark.parametrize(
        "name",
        [
            b"a\nb.png",
            b"scan-\xe9\xff.png",
            "\u202egnp.exe.png".encode(),
            b"-rf.png",
            b"$(touch x).png",
            b"x" * 251 + b".png",
        ],
    )
    def test_any_name_is_found_and_can_be_shown(self, tmp_path: Path, name: bytes) -> None:
        (tmp_path / os.fsdecode(name)).write_bytes(b"\x89PNG\r\n\x1a\n")
        (found,) = find_files([str(tmp_path)])
        assert isinstance(found, str)
        with pytest.raises(InputError) as caught:
            open_document(found)
        assert caught.value.kind == "damaged"
        assert str(caught.value).isprintable()

    @pytest.mark.parametrize("path", ["/proc", "/sys", "/dev", "/proc/self"])
    def test_what_the_system_shows_as_files_is_left_alone(self, path: str) -> None:
        if not Path(path).is_dir() or Path(path).stat().st_dev == Path("/").stat().st_dev:
            pytest.skip("not on this system")
        assert [each.kind for each in find_files([path]) if isinstance(each, InputError)] == ["no_documents"]

    def test_a_name_that_no_file_can_have(self) -> None:
        (found,) = find_files(["/tmp/" + "x" * 1000 + ".png"])
        assert isinstance(found, InputError)

    def test_what_changes_between_finding_and_reading(self, tmp_path: Path) -> None:
        for name in ("1.png", "2.png", "3.png"):
            (tmp_path / name).touch()
        kinds = []
        for number, found in enumerate(find_files([str(tmp_path)])):
            path = Path(str(found))
            path.unlink()
            if number == 1:
                path.mkdir()
            elif number == 2:
                os.mkfifo(path)
            with pytest.raises(InputError) as caught:
                open_document(str(path))
            kinds.append(caught.value.kind)
        assert kinds == ["not_found", "not_a_file", "not_a_file"]
