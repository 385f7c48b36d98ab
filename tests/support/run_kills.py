"""``recognize --resume``, killed again and again until a batch of images, TIFFs and a PDF is read."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.documents.pdf_files import pages_pdf
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_FRAMES = 10
_LIMIT_S = 300


@dataclass
class Outcome:
    """What was found after the last start.

    Attributes:
        kills: How often the program was killed while it ran.
        lost: Pages that are in no file.
        twice: Pages that are in the files more than once.
        journal_lost: Pages that the journal does not tell of.
        journal_twice: Pages that it tells of as read more than once.
        left: Temporary files, and what is left of the run's database.
        damaged: What was wrong with the database after a kill.
        again: Pages that the server was asked for more than once.
        code: Exit code of the last start.
    """

    kills: int = 0
    lost: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    journal_lost: int = 0
    journal_twice: int = 0
    left: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    again: int = 0
    code: int = -1

    @property
    def broken(self) -> bool:
        """Whether a promise was."""
        found = (self.lost, self.twice, self.journal_lost, self.journal_twice, self.left, self.damaged, self.code)
        return any(found)


def make_batch(folder: Path, pages: int) -> None:
    """So many pages: half of them images, a quarter in TIFFs, a quarter in one PDF."""
    folder.mkdir()
    images, frames = pages // 2, pages // 4
    for number in range(images):
        numbered_image(folder, number)
    for first in range(images, images + frames, _FRAMES):
        numbers = range(first, min(first + _FRAMES, images + frames))
        shown = [Image.new("RGB", (48, 32), (0, number >> 8, number & 255)) for number in numbers]
        shown[0].save(folder / f"tiff {first}.tif", save_all=True, append_images=shown[1:])
    fill = b"0 %.5f %.5f rg 0 0 48 32 re f"
    filled = [fill % ((number >> 8) / 255, (number & 255) / 255) for number in range(images + frames, pages)]
    (folder / "all.pdf").write_bytes(pages_pdf(*filled, box=b"0 0 48 32"))


def kill_and_resume(folder: Path, server: ServerProcess, pages: int, kills: int, latest_s: float) -> Outcome:
    """Start, kill at a random moment, start again; the last start may end by itself.

    Args:
        folder: Where everything is.
        pages: Made by `make_batch` in ``folder/in``.
        latest_s: The longest time between a start and its kill, beyond the time in which it begins to read.
    """
    outcome = Outcome()
    chance = random.Random(kills)
    for _ in range(kills):
        process = _started(folder, server)
        moment = chance.uniform(0.2, latest_s)
        try:
            process.wait(moment)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        outcome.kills += 1
        outcome.damaged += _damage(folder)
    last = _started(folder, server)
    outcome.code = last.wait(_LIMIT_S)
    _count(folder, server, pages, outcome)
    return outcome


def _started(folder: Path, server: ServerProcess) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "glmocr_desktop", "recognize", "in", "--resume", "--journal", "journal.jsonl"]
    with (folder / "errors.txt").open("ab") as errors:
        return subprocess.Popen(
            [*command, "-o", "out", "--server", server.url, "--engine", "server", "--jobs", "4"],
            cwd=folder,
            env=os.environ | {"GLMOCR_HOME": str(folder / "home")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


def _damage(folder: Path) -> list[str]:
    found = []
    for path in (folder / "home" / "data" / "runs").glob("*.db"):
        connection = sqlite3.connect(path)
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        connection.close()
        found += [answer] if answer != "ok" else []
    return found


def _count(folder: Path, server: ServerProcess, pages: int, outcome: Outcome) -> None:
    texts = " ".join(each.read_text() for each in (folder / "out").glob("*.txt"))
    words = texts.replace("\n", " ").split("Text Recognition: page ")
    in_files = Counter(int(each.split()[0]) for each in words[1:])
    outcome.lost = [number for number in range(pages) if not in_files[number]]
    outcome.twice = [number for number, times in in_files.items() if times > 1]
    read = Counter(
        (value["document"], value["page"])
        for value in _lines(folder / "journal.jsonl")
        if value["event"] == "page" and value["state"] == "done"
    )
    outcome.journal_lost = pages - len(read)
    outcome.journal_twice = sum(times > 1 for times in read.values())
    outcome.left = [each.name for each in (folder / "out").iterdir() if each.suffix != ".txt"]
    outcome.left += [each.name for each in (folder / "home" / "data" / "runs").iterdir()]
    asked = Counter(line for line in server.log() if line.startswith("start "))
    outcome.again = sum(times > 1 for times in asked.values())


def _lines(path: Path) -> Iterator[dict[str, object]]:
    return map(json.loads, path.read_text().splitlines())
