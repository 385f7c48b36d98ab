"""Every error can be told, wherever it is raised."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import glmocr_desktop
from glmocr_desktop.core import errors
from glmocr_desktop.core.errors import SENTENCES, InputError, JobCancelled, JobTimeout, OcrError
from glmocr_desktop.core.model import Failure

_PACKAGE = Path(glmocr_desktop.__file__).parent
_CLASSES = {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, OcrError)}
_SAMPLES: dict[str, object] = {"limit_s": 40.0, "width": 30_000, "height": 30_000, "limit": 80, "count": 12}


def _wanted(kind: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(SENTENCES[kind]) if name}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _raise_sites() -> Iterator[tuple[str, str, set[str]]]:
    """Place, kind and the names of the values of every error that is made with a kind that is written there."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or any(each.arg is None for each in node.keywords):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _CLASSES and node.args and isinstance(node.args[0], ast.Constant):
                values = {str(each.arg) for each in node.keywords}
                yield f"{path.relative_to(_PACKAGE)}:{node.lineno}", str(node.args[0].value), values


def test_every_raise_site_gives_what_its_sentence_names() -> None:
    """A sentence with a value that the code forgot would fail in the moment in which a user needs it."""
    sites = list(_raise_sites())
    assert len(sites) > 40  # the search itself works
    wrong = [site for site in sites if site[1] not in SENTENCES or _wanted(site[1]) != site[2]]
    assert wrong == []


def test_every_sentence_is_used() -> None:
    """A sentence that nobody says is a leftover."""
    said = {
        node.value
        for path, tree in _trees()
        if path.name != "errors.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(SENTENCES) - said - {"cancelled"} == set()  # the one that is a default


@pytest.mark.parametrize("kind", SENTENCES)
def test_sentence_reads_like_one(kind: str) -> None:
    """It begins and ends as a sentence does, and leaves no hole for a value."""
    text = str(OcrError(kind, **{name: _SAMPLES.get(name, "X") for name in _wanted(kind)}))
    assert text.endswith((".", "X"))
    assert text[0].isupper() or text[0] in "'-"
    assert not {"{", "}", "!"} & set(text)


def test_long_limits_are_told_without_needless_digits() -> None:
    assert str(JobTimeout("timeout_total", limit_s=120.0)).startswith("Not read within 120 s.")
    assert str(JobTimeout("timeout_total", limit_s=0.5)).startswith("Not read within 0.5 s.")


@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_errors_travel_between_processes(name: str) -> None:
    error = getattr(errors, name)("damaged", name="中文 {0} %s.pdf")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (copy.kind, copy.values, str(copy)) == (
        "damaged",
        error.values,
        "中文 {0} %s.pdf is damaged and cannot be read.",
    )


def test_a_failure_says_the_same_as_its_error() -> None:
    error = InputError("page_range", pages="9-7", name="a.pdf", count=3)
    assert Failure.of(error).message == str(error)
    assert pickle.loads(pickle.dumps(Failure.of(error))) == Failure.of(error)


def test_a_cancel_needs_no_words() -> None:
    assert str(JobCancelled()) == "Cancelled."
    assert pickle.loads(pickle.dumps(JobCancelled("cancelled_on_server"))).kind == "cancelled_on_server"
