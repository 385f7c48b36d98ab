"""What docs/extending.md says is so: its format works, and what it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from glmocr_desktop.core.model import Document
from glmocr_desktop.results.export import FORMATS
from glmocr_desktop.results.export.format import Format
from tests.support.results import done, failed

_ROOT = Path(__file__).parents[1]
_TEXT = (_ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.]+/[\w./]*|[\w]+\.toml")
_NAME = re.compile(r"_?[A-Za-z]\w*(?:\.\w+)*")


def _format() -> Format:
    (source,) = _CODE.findall(_TEXT)
    names: dict[str, object] = {}
    exec(compile(source, "extending.md", "exec", dont_inherit=True), names)
    made = names["FORMAT"]
    assert isinstance(made, Format)
    return made


def test_the_format_of_the_document_works() -> None:
    made = _format()
    assert not {made.name, made.suffix} & {said for each in FORMATS.values() for said in (each.name, each.suffix)}
    page = Document("a", "/a", "a_.png")
    answer = "# A *title*\n\n1985. was\\_ `it` http://a.example\n\n$$x$$"
    results = [done(answer, document=page), failed(document=page, number=2)]
    text = made.render(results).decode()
    assert text.startswith("A title\n=======\n\n1985\\. was\\_ ")
    assert "http\\://a.example" in text
    assert "\n\\[Page 2 was not read: " in text
    both = made.render([*results, done("b", document=Document("b", "/b", "b.png"))]).decode()
    assert "a\\_.png\n=======\n" in both
    assert both.endswith("b.png\n=====\n\nb\n")


def test_what_the_document_names_is_there() -> None:
    """A name of code in a table stands in the modules of its row, every other one anywhere in the program."""
    missing = []
    for line in _CODE.sub("", _TEXT).splitlines():
        quoted = _QUOTED.findall(line)
        paths = [_ROOT / each for each in quoted if _PATH.fullmatch(each)]
        missing += [str(each) for each in paths if not each.exists()]
        named = [each for each in paths if line.startswith("|") and each.suffix == ".py" and each.exists()]
        code = _all_of(named) or _program()
        names = [each for each in quoted if _NAME.fullmatch(each) and not _PATH.fullmatch(each)]
        missing += [each for each in names if not re.search(rf"\b{each.rpartition('.')[2]}\b", code)]
    assert missing == []


@cache
def _program() -> str:
    """All code of the program and of its tests."""
    files = [path for folder in ("glmocr_desktop", "tests") for path in (_ROOT / folder).rglob("*.py")]
    return _all_of(path for path in files if path != Path(__file__))


def _all_of(files: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
