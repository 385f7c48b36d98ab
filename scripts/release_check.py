"""Looks whether a release can be made of what is here, and says all that is missing."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import venv
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from glmocr_desktop import __version__
from scripts import audit, licences

ROOT = Path(__file__).resolve().parents[1]
_TOOL = ROOT / "build" / "release"
_DOCS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/architecture.md")
_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?(.*)$", re.MULTILINE)
_IN_WHEEL = (
    "glmocr_desktop/py.typed",
    "glmocr_desktop/resources/icons/app.svg",
    "glmocr_desktop/resources/samples/letter.png",
    "glmocr_desktop/resources/translations/glmocr-desktop_zh_CN.qm",
)


def main() -> int:
    """Print what is missing; 0 when nothing is."""
    missing = [*_files(), *_translations(), *_tree(), *_built()]
    missing += licences.refusals(licences.used())
    audited = audit.main()
    if audited == audit.FOUND:
        missing.append("The audit found something; see above.")
    print("\n".join(["", *(f"missing: {each}" for each in missing)] if missing else ["", f"{__version__} can go out."]))
    if audited == audit.NOT_ASKED:
        print("Not everything was looked at: run `make audit` where the internet can be reached.")
    return 1 if missing else audited


def heading_faults(changelog: str, version: str) -> Iterator[str]:
    """What is wrong with the newest heading of a changelog, for a version that is to go out."""
    named = [(name, rest) for name, rest in _HEADING.findall(changelog) if name.lower() != "unreleased"]
    if _unreleased_text(changelog):
        yield "CHANGELOG.md: there is something under Unreleased; it belongs to a version."
    if not named:
        yield "CHANGELOG.md has no version."
        return
    name, rest = named[0]
    if name != version:
        yield f"CHANGELOG.md: its newest version is {name}, that of the program {version}."
    if not re.search(r"\d{4}-\d{2}-\d{2}", rest):
        yield f"CHANGELOG.md: {name} has no date."


def _unreleased_text(changelog: str) -> str:
    found = re.search(
        r"^## \[?unreleased\]?[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.IGNORECASE | re.MULTILINE | re.DOTALL
    )
    return found[1].strip() if found else ""


def _files() -> Iterator[str]:
    yield from (f"{name} is not there." for name in _DOCS if not (ROOT / name).is_file())
    yield from heading_faults((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__)


def _translations() -> Iterator[str]:
    for ts in sorted((ROOT / "resources" / "translations").glob("*.ts")):
        count = sum(each.get("type") == "unfinished" for each in ET.parse(ts).getroot().iter("translation"))
        if count:
            yield f"{ts.name}: {count} texts are not translated."
        if not ts.with_suffix(".qm").is_file():
            yield f"{ts.stem}.qm is not there; run `make translations`."


def _tree() -> Iterator[str]:
    found = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        yield "This is not a clone of the repository, so that nobody knows what was changed."
    elif found.stdout:
        yield f"There are {len(found.stdout.splitlines())} files that are not committed."


def _built() -> Iterator[str]:
    """Build both packages, and say what is wrong with them."""
    python = _TOOL / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    venv.create(_TOOL / "env", with_pip=True, clear=True)
    out = _TOOL / __version__
    for old in out.glob("*"):
        old.unlink()
    install = ("pip", "install", "-qq", "--disable-pip-version-check", "-c", "constraints.txt")
    for step in (
        lambda: [*install, "build", "twine", "hatchling"],
        lambda: ["build", "--no-isolation", "--outdir", str(out)],
        lambda: ["twine", "check", "--strict", *sorted(map(str, out.glob("*")))],
    ):
        command = step()
        ran = subprocess.run([python, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
        if ran.returncode:
            yield f"{command[0]} failed: {(ran.stdout + ran.stderr).strip()[-2000:]}"
            return
    yield from _contents(out)


def _contents(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.whl"):
        yield from _lacking(path.name, _IN_WHEEL, zipfile.ZipFile(path).namelist())
    for path in folder.glob("*.tar.gz"):
        with tarfile.open(path) as archive:
            held = [name.partition("/")[2] for name in archive.getnames()]
        yield from _lacking(path.name, _tracked(), held)


def _tracked() -> list[str]:
    """What the repository holds, all of which the source package needs for `make test`."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [each for each in found.stdout.split("\0") if each and not each.startswith((".git", "docs/pictures/"))]


def _lacking(package: str, wanted: Iterable[str], held: Iterable[str]) -> Iterator[str]:
    there = set(held)
    yield from (f"{package} lacks {each}." for each in wanted if each not in there)


if __name__ == "__main__":
    sys.exit(main())
