"""Hostile and broken files: does each cost one page, and no more?

Several hundred files are made (tests/support/hostile_images.py and hostile_pdfs.py), those in build/hostile are taken
too (scripts/collect_hostile.py), and each is opened, drawn small and loaded as the window does it. Then all are dropped
at once on a real window without a screen.

Run: ``python -m benchmarks.hostile_files [--only images|pdfs|collected] [--no-window]``, from the project's folder. It
prints how many ended in which way, the slowest, and what they took of the memory. It ends with 1 when a promise is
broken: a file ends otherwise than it should, by something that is no sentence, by a crash or a hang, or not at all.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.hostile_window import dropped_at_once
from glmocr_desktop.core.errors import SENTENCES
from tests.support.hostile import Hostile
from tests.support.hostile_images import hostile_images
from tests.support.hostile_pdfs import hostile_pdfs
from tests.support.hostile_trial import Ending, tried

COLLECTED = Path("build") / "hostile"
_SHOWN = 8
_SLOW_S = 10.0  # is told at once, since all of them take minutes


def main() -> int:
    """Try them all; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=("images", "pdfs", "collected"), help="some of the files")
    parser.add_argument("--no-window", action="store_true", help="without the window")
    options = parser.parse_args()
    made = {"images": hostile_images, "pdfs": hostile_pdfs}
    broken = 0
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        for name, source in made.items():
            if options.only in (None, name):
                (folder / name).mkdir()
                broken += _report(name, _written(folder / name, source()))
        collected = sorted(each for each in COLLECTED.rglob("*") if each.is_file())
        if collected and options.only in (None, "collected"):
            broken += _report("collected", ((path, None) for path in collected))
        if not options.no_window:
            broken += dropped_at_once([each for each in folder.rglob("*") if each.is_file()] + collected)
    print("kept" if not broken else f"BROKEN: {broken} promises")
    return 1 if broken else 0


def _written(folder: Path, files: Iterable[Hostile]) -> Iterator[tuple[Path, frozenset[str] | None]]:
    for each in files:
        (folder / each.name).write_bytes(each.content)
        yield folder / each.name, each.ends


def _report(name: str, files: Iterable[tuple[Path, frozenset[str] | None]]) -> int:
    """Try files and print how they ended; how many of them broke a promise."""
    right: dict[Path, frozenset[str] | None] = dict(files)
    endings: list[Ending] = []
    for each in tried(right):
        endings.append(each)
        if each.broken or each.took_s > _SLOW_S:
            print(f"  {name} {len(endings)} of {len(right)}: {each.took_s:.0f} s  {each.path.name}", flush=True)
    wrong = [each for each in endings if each.broken or not _is_right(each, right[each.path])]
    print(f"\n{name}: {len(endings)} files, {len(wrong)} ended as they must not")
    for kind, count in Counter("BROKEN" if each.broken else each.kind for each in endings).most_common():
        print(f"  {count:4}  {SENTENCES.get(kind, kind or 'a page')}")
    print("  slowest:")
    for each in sorted(endings, key=lambda each: -each.took_s)[:_SHOWN]:
        print(f"  {each.took_s:6.1f} s  {each.path.name}")
    print("  most memory (program and children):")
    for each in sorted(endings, key=lambda each: -each.peak_mb)[:_SHOWN]:
        print(f"  {each.peak_mb:6.0f} MB  {each.path.name}")
    for each in wrong:
        print(f"  WRONG  {each.path.name}: {each.broken or each.kind or 'a page'}")
    return len(wrong)


def _is_right(ending: Ending, right: frozenset[str] | None) -> bool:
    return right is None or ending.kind in right


if __name__ == "__main__":
    sys.exit(main())
