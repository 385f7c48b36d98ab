"""A window that is killed again and again while it reads, and what became of its pages."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from glmocr_desktop.core.model import JobState, Result
from glmocr_desktop.jobs.kept import KeptPage
from glmocr_desktop.jobs.store import Store
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_WINDOW = Path(__file__).parent / "window.py"
_PATIENCE_S = 180
_LOOK_S = 0.3


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of it.

    Attributes:
        done: Pages that were read, each with its own text.
        lost: Pages that were not.
        twice: Rows that are too many.
        again: How often the server was asked for a page whose end had been told before a kill.
        interrupted: How often it was asked once more for a page that was on its way at a kill.
        integrity: What SQLite says of its file.
    """

    kills: int
    done: int
    lost: int
    twice: int
    again: int
    interrupted: int
    integrity: str

    @property
    def good(self) -> bool:
        """Whether nothing was lost, and nothing was done twice."""
        return not (self.lost or self.twice or self.again) and self.integrity == "ok"


class Ordeal:
    """Kills a window that has documents to read, and opens it again.

    Args:
        server: Reads them.
        folder: An empty one, for the documents and the home of the program.
        pages: How many: half of them single images, the others in a TIFF and a PDF.
    """

    def __init__(self, server: ServerProcess, folder: Path, pages: int) -> None:
        self._server = server
        self._pages = pages
        self._folder = folder
        self._database = folder / "home" / "data" / "documents.db"
        self._told: set[int] = set()
        self._again = 0
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Open the window with all documents; they are kept when this comes back."""
        self._start([str(each) for each in self._documents()])
        self._wait(lambda pages: len(pages) == self._pages)

    def kill(self, after_s: float) -> None:
        """Kill the window after a while, and open it again."""
        assert not self._ends_within(after_s), (self._folder / "errors.txt").read_text()
        assert self._process is not None
        self._process.kill()
        self._ended()
        self._start([])

    def end(self, kills: int) -> Findings:
        """Let the window read to the end, close it, and look."""
        self._wait(lambda pages: all(page.result is not None for page in pages))
        assert self._process is not None
        self._process.terminate()
        self._ended()
        pages = self._kept()
        read = Counter(number for page in pages if (number := _number(page.result)) is not None)
        starts = Counter(line for line in self._server.log() if line.startswith("start"))
        with sqlite3.connect(self._database) as database:
            [integrity] = database.execute("PRAGMA integrity_check").fetchone()
        database.close()
        return Findings(
            kills=kills,
            done=len(read),
            lost=self._pages - len(read),
            twice=len(pages) - self._pages,
            again=self._again,
            interrupted=starts.total() - len(starts) - self._again,
            integrity=integrity,
        )

    def _documents(self) -> list[Path]:
        folder = self._folder / "documents"
        folder.mkdir()
        half, quarter = self._pages // 2, self._pages // 4
        images = [numbered_image(folder, number) for number in range(half)]
        tiff, pdf = folder / "scan.tiff", folder / "report.pdf"
        first, *others = (Image.new("RGB", (48, 32), (0, 0, number)) for number in range(half, half + quarter))
        first.save(tiff, save_all=True, append_images=others)
        pdf.write_bytes(_pdf(range(half + quarter, self._pages)))
        return [*images, tiff, pdf]

    def _start(self, arguments: list[str]) -> None:
        output = self._folder / "told.txt"
        environ = os.environ | {
            "GLMOCR_HOME": str(self._folder / "home"),
            "GLMOCR_SERVER_URL": self._server.url,
            "QT_QPA_PLATFORM": "offscreen",
        }
        with output.open("wb") as told, (self._folder / "errors.txt").open("ab") as errors:
            command = [sys.executable, "-X", "faulthandler", str(_WINDOW), *arguments]
            self._process = subprocess.Popen(command, stdout=told, stderr=errors, env=environ)

    def _ended(self) -> None:
        """Note what was told before the end; what the server was asked for again since is known now."""
        assert self._process is not None
        self._process.wait(_PATIENCE_S)
        starts = [int(line.split()[1]) for line in self._server.log() if line.startswith("start")]
        self._again += sum(number in self._told for number in starts[self._starts :])
        self._starts = len(starts)
        lines = (self._folder / "told.txt").read_bytes().split(b"\n")[:-1]
        self._told |= {number for line in lines if (number := _named(json.loads(line)["text"])) is not None}

    def _wait(self, enough: Callable[[list[KeptPage]], bool]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not enough(self._kept()):
            assert time.monotonic() < until, (self._folder / "errors.txt").read_text()
            assert not self._ends_within(_LOOK_S), (self._folder / "errors.txt").read_text()

    def _ends_within(self, seconds: float) -> bool:
        """Whether the window ends by itself."""
        assert self._process is not None
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _kept(self) -> list[KeptPage]:
        if not self._database.exists():
            return []
        store = Store(self._database)
        try:
            return [page for document in store.desk() for page in document.pages]
        finally:
            store.close()


def ordeal(server: ServerProcess, folder: Path, pages: int, kills: int, most_s: float, seed: int) -> Findings:
    """Kill a window at random moments after its starts."""
    chance = random.Random(seed)
    trial = Ordeal(server, folder, pages)
    trial.begin()
    for _ in range(kills):
        trial.kill(chance.uniform(0, most_s))
    return trial.end(kills)


def _number(result: Result | None) -> int | None:
    return _named(result.text) if result is not None and result.state is JobState.DONE else None


def _named(text: str) -> int | None:
    """The number of a page that the server has read."""
    return int(text.rsplit(" ", 1)[1]) if " page " in text else None


def _pdf(numbers: range) -> bytes:
    """Pages of one colour each, which says their number."""
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(len(numbers)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>"]
    for place, number in enumerate(numbers):
        drawing = f"0 0 {number / 255:.5f} rg 0 0 48 32 re f"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 48 32] /Contents {4 + 2 * place} 0 R >>")
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + end.encode()
