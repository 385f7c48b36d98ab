"""What it costs to decode pages in child processes: time and processor of a page there, and in the process itself.

For a small PNG, a photo of 12 million pixels and a page of a PDF, one page after another: milliseconds a page from
beginning to end, of the processor (the program's and the child's together), and how much more that is than in the
process. Then all processors at once, which a single process cannot do with PDFs, and how long the first page takes,
for which a child is started.

Run: ``python -m benchmarks.decoding [--pages 30]``, from the project's folder; it takes about a minute.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from PIL import Image

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Page
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import open_document
from glmocr_desktop.documents.decoders import Decoders
from glmocr_desktop.documents.decoding import Request, Work, done

_THREADS = 4


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=30, help="of each kind")
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        kinds = _pages(Path(folder))
        first = _first_page_s(kinds["PNG"])
        print(f"first page, with the start of its child: {first:.2f} s\n")
        print(f"{'':<14}{'here':>16}{'in a child':>20}{'ratio':>16}{_THREADS:>12} at once")
        print(f"{'':<14}{'ms':>8}{'CPU':>8}{'ms':>12}{'CPU':>8}{'time':>10}{'CPU':>6}{'pages/s':>19}")
        for name, page in kinds.items():
            for work in (Work.LOAD, Work.PICTURE):
                _compare(f"{name} {work}", Request(work, page), count)
    return 0


def _pages(folder: Path) -> dict[str, Page]:
    """One of each kind."""
    photo = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB")
    photo.save(folder / "photo.jpg", quality=88)
    samples = resource_path("samples")
    files = {"PNG": samples / "newsletter.png", "photo": folder / "photo.jpg", "PDF": samples / "report.pdf"}
    return {name: open_document(str(file))[0] for name, file in files.items()}


def _first_page_s(page: Page) -> float:
    decoders, began = Decoders(1), time.perf_counter()
    _ask(decoders, Request(Work.LOAD, page))
    return time.perf_counter() - began


def _compare(name: str, request: Request, count: int) -> None:
    decoders = Decoders(1)
    several = Decoders(_THREADS)
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(lambda _: _ask(several, request), range(_THREADS * 2)))  # all are started
        began = time.perf_counter()
        list(threads.map(lambda _: _ask(several, request), range(count)))
        rate = count / (time.perf_counter() - began)
    done(request)
    _ask(decoders, request)
    here, here_cpu = _cost(lambda: done(request), count, [psutil.Process()])
    children = [psutil.Process(), *(psutil.Process(pid) for pid in decoders.pids)]
    there, there_cpu = _cost(lambda: _ask(decoders, request), count, children)
    print(
        f"{name:<18}{here:>4.0f}{here_cpu:>8.0f}{there:>12.0f}{there_cpu:>8.0f}"
        f"{there / here:>10.2f}{there_cpu / max(here_cpu, 0.01):>6.2f}{rate:>19.1f}"
    )


def _ask(decoders: Decoders, request: Request) -> object:
    return decoders.call(request, request.page.document.name, CancelToken())


def _cost(act: Callable[[], object], count: int, processes: list[psutil.Process]) -> tuple[float, float]:
    """Milliseconds of time and of processor for one page."""
    used, began = _used_s(processes), time.perf_counter()
    for _ in range(count):
        act()
    return (time.perf_counter() - began) * 1000 / count, (_used_s(processes) - used) * 1000 / count


def _used_s(processes: list[psutil.Process]) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in processes)


if __name__ == "__main__":
    sys.exit(main())
