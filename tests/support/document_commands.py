"""The commands that the documents tell people to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^[ ]*```([\w-]*)\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
_SHELLS = ("sh", "console", "bash")
_OURS = ("glmocr-desktop", "make")
_JOINS = ("|", "&&", ";", "&")


class Typed(NamedTuple):
    """A line of a document, as a shell takes it: programs with their arguments, and what they read and write."""

    document: str
    line: str

    @property
    def calls(self) -> list[list[str]]:
        """Each program of the line with its arguments, without what is redirected."""
        words = shlex.shlex(self.line, posix=True, punctuation_chars="|&;<>")
        words.whitespace_split = True
        calls: list[list[str]] = [[]]
        skip = False
        for word in words:
            if word in _JOINS:
                calls.append([])
            elif word[0] in "<>":
                skip = True
            elif skip:
                skip = False
            else:
                calls[-1].append(word)
        return [call for call in calls if call]

    @property
    def input(self) -> str:
        """The file that stands at standard input; empty when none does."""
        found = re.search(r"(?:<|\bcat)\s*([^\s|#]+)", self.line)
        return found[1] if found else ""


def typed() -> list[Typed]:
    """All lines of all documents, each once."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    lines: dict[str, Typed] = {}
    for path in sorted(documents):
        for line in _lines(path.read_text(encoding="utf-8")):
            lines.setdefault(" ".join(shlex.split(line, comments=True)), Typed(path.name, line))
    return list(lines.values())


def _lines(text: str) -> Iterator[str]:
    for language, block in _BLOCK.findall(text):
        lines = [line.strip() for line in block.replace("\\\n", " ").splitlines()]
        if language == "console":  # what follows a prompt; the other lines are what comes back
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        elif not language and not re.search(r"[…\[]", block):  # with those, it is no command but how one is written
            lines = [line for line in lines if line.startswith(_OURS)]
        elif language not in _SHELLS:
            continue
        yield from (line for line in lines if line and not line.startswith("#"))
