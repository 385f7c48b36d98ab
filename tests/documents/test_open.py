from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Document, Page
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import SUFFIXES, find_files, load_page, open_document
from glmocr_desktop.documents.decoding import Request, Work, done
from glmocr_desktop.documents.names import visible_name
from tests.documents.pdf_files import BLACK_SQUARE, encrypted_pdf, pages_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file types and permissions")


def kind_of(path: object, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        open_document(str(path), **options)
    assert str(caught.value)
    return caught.value.kind


def numbers(path: Path, pages: str | None) -> list[int]:
    return [page.number for page in open_document(str(path), pages=pages)]


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """The superuser may read everything, so step down while permissions are tested."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def ten_pages(tmp_path: Path) -> Path:
    path = tmp_path / "ten.pdf"
    path.write_bytes(pages_pdf(*[BLACK_SQUARE] * 10))
    return path


class TestFindFiles:
    def test_folder_in_natural_order_files_first(self, tmp_path: Path) -> None:
        touch(tmp_path, "page 10.png", "page 2.png", "Page 1.PNG", "a/z.pdf", "b/10/x.jpg", "b/9/x.jpg")
        found = list(find_files([str(tmp_path)]))
        expected = ["Page 1.PNG", "page 2.png", "page 10.png", "a/z.pdf", "b/9/x.jpg", "b/10/x.jpg"]
        assert found == [str(tmp_path.joinpath(name)) for name in expected]

    def test_paths_begin_as_the_folder_was_given(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        touch(tmp_path, "in/x.png")
        monkeypatch.chdir(tmp_path)
        assert list(find_files(["./in", "in/"])) == [f"./in{os.sep}x.png", "in/x.png"]

    def test_only_readable_endings_and_nothing_hidden(self, tmp_path: Path) -> None:
        touch(tmp_path, "notes.txt", "data.json", ".hidden.png", ".git/x.png", "no-ending", "扫描.tiff", "._扫描.tiff")
        assert list(find_files([str(tmp_path)])) == [str(tmp_path / "扫描.tiff")]

    def test_given_file_is_taken_whatever_its_name(self, tmp_path: Path) -> None:
        touch(tmp_path, ".odd.dat")
        assert list(find_files([str(tmp_path / ".odd.dat")])) == [str(tmp_path / ".odd.dat")]

    def test_one_bad_path_does_not_stop_the_others(self, tmp_path: Path) -> None:
        touch(tmp_path, "good.png", "empty/readme.txt")
        paths = [tmp_path / "missing.png", tmp_path / "empty", tmp_path / "good.png", "bad\0name"]
        missing, empty, good, bad = find_files([str(each) for each in paths])
        assert isinstance(missing, InputError)
        assert (missing.kind, missing.values["name"]) == ("not_found", "missing.png")
        assert isinstance(empty, InputError)
        assert (empty.kind, empty.values["name"]) == ("no_documents", "empty")
        assert good == str(tmp_path / "good.png")
        assert isinstance(bad, InputError)
        assert bad.kind == "not_found"

    @posix
    def test_links_in_circles_and_special_files(self, tmp_path: Path) -> None:
        touch(tmp_path, "a/x.png")
        (tmp_path / "a" / "up").symlink_to(tmp_path)
        (tmp_path / "again").symlink_to(tmp_path / "a")
        (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
        (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
        os.mkfifo(tmp_path / "pipe.png")
        assert list(find_files([str(tmp_path)])) == [str(tmp_path / "a" / "x.png")]

    @posix
    def test_closed_folder_is_reported_and_the_walk_goes_on(self, tmp_path: Path) -> None:
        touch(tmp_path, "a/x.png", "b/y.png")
        for each in (tmp_path, *tmp_path.parents):
            if each.stat().st_uid == os.getuid() and str(each).startswith("/tmp/pytest-of"):
                each.chmod(0o755)
        (tmp_path / "a").chmod(0)
        with as_ordinary_user():
            closed, open_ = find_files([str(tmp_path)])
        (tmp_path / "a").chmod(0o755)
        assert isinstance(closed, InputError)
        assert closed.kind == "no_permission"
        assert open_ == str(tmp_path / "b" / "y.png")

    def test_samples_are_found_without_their_text(self) -> None:
        found = [str(each) for each in find_files([str(resource_path("samples"))])]
        assert len(found) >= 8
        assert all(each.endswith(SUFFIXES) for each in found)


class TestPages:
    @pytest.mark.parametrize(
        ("spec", "expected"),
        [
            (None, list(range(1, 11))),
            (" ", list(range(1, 11))),
            ("1-3,7", [1, 2, 3, 7]),
            ("7, 1 - 3 ,2", [7, 1, 2, 3]),
            ("9-", [9, 10]),
            ("-2", [1, 2]),
            ("2-2", [2]),
            ("1－2，４", [1, 2, 4]),
        ],
    )
    def test_chosen(self, ten_pages: Path, spec: str | None, expected: list[int]) -> None:
        assert numbers(ten_pages, spec) == expected

    @pytest.mark.parametrize(
        "spec", ["0", "11", "3-11", "5-2", "1-999999999", "9" * 5000, "a", "1,,2", "-", "1.5", "1-2-3"]
    )
    def test_refused(self, ten_pages: Path, spec: str) -> None:
        assert kind_of(ten_pages, pages=spec) == "page_range"

    def test_pages_share_their_document_and_know_the_count(self, ten_pages: Path) -> None:
        first, second = open_document(str(ten_pages), pages="2,4", password="unused")
        assert first.document is second.document
        assert (first.count, second.number) == (10, 4)
        assert first.document.password == "unused"

    def test_page_of_an_image(self, tmp_path: Path) -> None:
        Image.new("RGB", (9, 9)).save(tmp_path / "one.png")
        assert numbers(tmp_path / "one.png", "1") == [1]
        assert numbers(tmp_path / "one.png", "1-3") == [1]
        assert kind_of(tmp_path / "one.png", pages="2") == "page_range"


class TestContent:
    def test_ending_does_not_matter(self, tmp_path: Path) -> None:
        Image.new("RGB", (9, 9)).save(tmp_path / "really.png")
        (tmp_path / "really.png").rename(tmp_path / "an image.pdf")
        (tmp_path / "a pdf.png").write_bytes(b"\n\njunk" + pages_pdf(BLACK_SQUARE, BLACK_SQUARE))
        assert len(open_document(str(tmp_path / "an image.pdf"))) == 1
        assert len(open_document(str(tmp_path / "a pdf.png"))) == 2

    def test_label_and_file_may_differ(self, tmp_path: Path) -> None:
        Image.new("RGB", (9, 9)).save(tmp_path / "stdin.bin", "PNG")
        (page,) = open_document("-", file=str(tmp_path / "stdin.bin"))
        assert (page.document.path, page.document.name) == ("-", "-")
        assert page.document.file == str(tmp_path / "stdin.bin")

    def test_file_is_absolute(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Image.new("RGB", (9, 9)).save(tmp_path / "x.png")
        monkeypatch.chdir(tmp_path)
        (page,) = open_document("x.png")
        assert (page.document.path, page.document.file) == ("x.png", str(tmp_path / "x.png"))

    def test_tiff_has_pages_an_animation_one(self, tmp_path: Path) -> None:
        frames = [Image.new("L", (20, 20), shade) for shade in (0, 90, 180)]
        frames[0].save(tmp_path / "scan.tif", save_all=True, append_images=frames[1:])
        assert numbers(tmp_path / "scan.tif", None) == [1, 2, 3]
        for name in ("moving.gif", "moving.webp", "moving.png"):
            frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
            assert numbers(tmp_path / name, None) == [1], name

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", "empty_file"),
            (bytes(range(256)) * 40, "unknown_format"),
            (b"<!DOCTYPE html><html><body>Not found</body></html>", "is_web_page"),
            (b"just some text", "is_text"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is_other_image"),
            (b"\x89PNG\r\n\x1a\n", "damaged"),
            (b"\xff\xd8\xff\xe0", "damaged"),
            (b"%PDF-1.4 and then nothing", "damaged"),
            (pages_pdf(b"0 0 m " * 1000)[:3000], "damaged"),
            (pages_pdf(BLACK_SQUARE, kids=b"2 0 R"), "damaged"),
            (pages_pdf(), "no_pages"),
        ],
    )
    def test_refused(self, tmp_path: Path, content: bytes, kind: str) -> None:
        (tmp_path / "x.png").write_bytes(content)
        assert kind_of(tmp_path / "x.png") == kind

    @pytest.mark.parametrize("count", [-1, 0, 2, 70_000, 10**9])
    def test_pdf_that_lies_about_its_pages(self, tmp_path: Path, count: int) -> None:
        (tmp_path / "x.pdf").write_bytes(pages_pdf(BLACK_SQUARE, count=count))
        assert numbers(tmp_path / "x.pdf", None) == [1]


class TestPasswords:
    @pytest.fixture
    def locked(self, tmp_path: Path) -> Path:
        path = tmp_path / "locked.pdf"
        path.write_bytes(encrypted_pdf(BLACK_SQUARE, user=b"open sesame"))
        return path

    def test_needed_and_wrong(self, locked: Path) -> None:
        assert kind_of(locked) == "password_needed"
        assert kind_of(locked, password="") == "password_needed"
        assert kind_of(locked, password="sesame") == "password_wrong"
        assert kind_of(locked, password="口令") == "password_wrong"

    @pytest.mark.parametrize("password", ["open sesame", "owner"])
    def test_right_one_goes_along_with_the_page(self, locked: Path, password: str) -> None:
        (page,) = open_document(str(locked), password=password)
        assert page.document.password == password
        assert load_page(page, CancelToken()).getextrema()[0] == (0, 255)
        assert password not in repr(page)

    def test_owner_password_alone_asks_nobody(self, tmp_path: Path) -> None:
        (tmp_path / "x.pdf").write_bytes(encrypted_pdf(BLACK_SQUARE, user=b""))
        (page,) = open_document(str(tmp_path / "x.pdf"))
        assert load_page(page, CancelToken()).getextrema()[0] == (0, 255)

    def test_unknown_protection_says_so(self, tmp_path: Path) -> None:
        content = encrypted_pdf(BLACK_SQUARE, user=b"").replace(b"/Filter/Standard", b"/Filter/Adobe.PK")
        (tmp_path / "x.pdf").write_bytes(content)
        assert kind_of(tmp_path / "x.pdf") == "protected"


class TestWhatIsNoFile:
    def test_missing_and_folder(self, tmp_path: Path) -> None:
        assert kind_of(tmp_path / "missing.png") == "not_found"
        assert kind_of(tmp_path / "missing" / "x.png") == "not_found"
        assert kind_of("bad\0name.png") == "not_found"
        assert kind_of(tmp_path) == "not_a_file"

    @posix
    @pytest.mark.timeout(20)
    def test_special_files_do_not_block(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        os.mkfifo(tmp_path / "pipe.png")
        assert kind_of(tmp_path / "pipe.png") == "not_a_file"
        assert kind_of("/dev/zero") == "not_a_file"
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.png")
            assert kind_of("socket.png") == "not_a_file"

    @posix
    def test_links(self, tmp_path: Path) -> None:
        (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
        (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
        assert kind_of(tmp_path / "nowhere.png") == "not_found"
        assert kind_of(tmp_path / "self.png") == "not_a_file"

    @posix
    def test_not_allowed(self, tmp_path: Path) -> None:
        Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
        file = str(tmp_path / "secret.png")
        request = Request(Work.COUNT, Page(Document(file, file, "secret.png")))
        done(request)  # an ordinary user may be kept out of the program's own modules, too
        (tmp_path / "secret.png").chmod(0)
        with as_ordinary_user(), pytest.raises(InputError) as caught:
            done(request)
        assert caught.value.kind == "no_permission"

    @posix
    @pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8 there")
    def test_name_that_is_no_text_can_be_shown(self, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"scan-\xe9.pdf")
        path.write_bytes(pages_pdf(BLACK_SQUARE))
        (page,) = open_document(str(path))
        assert page.document.name.encode() == "scan-\ufffd.pdf".encode()
        assert load_page(page, CancelToken()).getextrema()[0] == (0, 255)


def test_a_name_that_is_no_text_can_be_said() -> None:
    assert visible_name("/in/\ud800 page \udcff.png") == "\ufffd page \ufffd.png"
    with pytest.raises(InputError):
        open_document("/in/\ud800.png")
