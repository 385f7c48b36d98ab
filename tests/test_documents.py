"""What the documents say is so: their links lead somewhere, and their labels are in the window."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from glmocr_desktop.results.export import FORMATS

_ROOT = Path(__file__).parents[1]
_DOCUMENTS = sorted([*_ROOT.glob("*.md"), *_ROOT.glob("docs/*.md"), *_ROOT.glob("packaging/*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TEXTS = ET.parse(_ROOT / "resources" / "translations" / "glmocr-desktop_zh_CN.ts").getroot()


def _anchors(path: Path) -> set[str]:
    """What can be linked to within a document, as GitHub names its headings."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        if not link.startswith(("http://", "https://")):
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), link
            assert not anchor or anchor in _anchors(target), link


@pytest.mark.parametrize(("name", "tag"), [("guide.md", "source"), ("guide.zh_CN.md", "translation")])
def test_the_guide_calls_everything_as_the_window_does(name: str, tag: str) -> None:
    shown = {text for message in _TEXTS.iter("message") if (text := message.findtext(tag))}
    bold = re.findall(r"\*\*(.+?)\*\*", (_ROOT / "docs" / name).read_text(encoding="utf-8"))
    actions = {"Drop", "拖放"}  # of people, not of the window
    assert [each for each in bold if each not in shown | actions] == []


@pytest.mark.parametrize(("name", "tag"), [("guide.md", "source"), ("guide.zh_CN.md", "translation")])
def test_the_guide_tells_of_every_format(name: str, tag: str) -> None:
    formats = next(context for context in _TEXTS.iter("context") if context.findtext("name") == "Formats")
    called = {each.findtext("source"): each.findtext(tag) for each in formats.iter("message")}
    table = re.findall(r"^\| (\*\*.+?) \|", (_ROOT / "docs" / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = {bold for row in table for bold in re.findall(r"\*\*(.+?)\*\*", row)}
    assert [each.name for each in FORMATS.values() if called[each.title] not in told] == []


def test_the_chinese_documents_and_the_english_ones_know_each_other() -> None:
    for name in ("README", "docs/guide"):
        english, chinese = _ROOT / f"{name}.md", _ROOT / f"{name}.zh_CN.md"
        assert f"({chinese.name})" in english.read_text(encoding="utf-8")
        assert f"({english.name})" in chinese.read_text(encoding="utf-8")
