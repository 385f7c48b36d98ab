"""Two hundred answers in every format: nothing is lost, and nothing comes alive."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile

import pytest

from glmocr_desktop.results.blocks import parse
from glmocr_desktop.results.clipboard import formulas
from glmocr_desktop.results.export import FORMATS
from tests.results.answer_set import ANSWER_SET
from tests.results.readers import ACTIVE, words_of
from tests.support.results import done

_SET = 20  # answers a test: one by one they would be 1,800
_SIGNS = re.compile(r"[\W_]+")
_LATEX = re.compile(r"[\\$^_{}<]")
_LIST_MARK = re.compile(r"-|\d+\.")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _words(name: str, answer: str, wanted: str) -> list[str]:
    """The words that a format must show, less marks of lists; signs of LaTeX are for real programs to see."""
    words = [word for word in wanted.split() if not _LIST_MARK.fullmatch(word)]
    if name in ("html", "docx", "tex") and any(True for block in parse(answer) for _ in formulas(block)):
        words = [word for word in words if not _LATEX.search(word)]  # it is drawn there
    return [_SIGNS.sub("", word) for word in words] if name == "tex" else words


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("begin", range(0, len(ANSWER_SET), _SET))
def test_all_words_of_an_answer_are_in_every_file(name: str, begin: int) -> None:
    missing = {}
    for title in list(ANSWER_SET)[begin : begin + _SET]:
        answer, wanted = ANSWER_SET[title]
        shown = _letters(words_of(name, FORMATS[name].render([done(answer)])))
        shown = _SIGNS.sub("", shown) if name == "tex" else shown
        lost = [word for word in _words(name, answer, wanted) if _letters(word) not in shown]
        if lost:
            missing[title] = lost, shown[:300]
    assert missing == {}


def _texts(name: str, content: bytes) -> str:
    """The source of a file, unpacked."""
    if name not in ("docx", "xlsx"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(part).decode() for part in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_holds_control_characters(name: str) -> None:
    content = FORMATS[name].render([done(answer) for answer, _ in ANSWER_SET.values()])
    text = _texts(name, content)
    if name == "json":  # what was parsed; the answer itself is kept as it was received
        text = json.dumps([page["blocks"] for page in json.loads(text)], ensure_ascii=False)
        assert "\\u00" not in text
    assert _CONTROL.search(text) is None


@pytest.mark.parametrize("name", ["html", "md"])
def test_nothing_of_an_answer_comes_alive(name: str) -> None:
    from markdown_it import MarkdownIt

    for title, (answer, _) in ANSWER_SET.items():
        source = FORMATS[name].render([done(answer)]).decode()
        if name == "md":  # as a program shows it that trusts everything
            source = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(source)
        body = re.sub(r"(?s)<head>.*?</head>", "", source)
        tags = "".join(re.findall(r"<[^<>]*>", body))
        assert ACTIVE.search(tags) is None, (title, ACTIVE.search(tags))


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_no_office_file_links_anywhere(name: str) -> None:
    content = FORMATS[name].render([done(answer) for answer, _ in ANSWER_SET.values()])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            source = archive.read(part).decode()
            assert 'TargetMode="External"' not in source
            assert not part.endswith((".bin", ".vml"))
            assert "<f>" not in source  # a formula of a spreadsheet
