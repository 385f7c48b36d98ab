"""docs/troubleshooting.md has every error, as it is said."""

from __future__ import annotations

import re
from pathlib import Path

from glmocr_desktop.core.errors import SENTENCES

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "troubleshooting.md"
_ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \| `(\w+)` \|$", re.MULTILINE)


def test_every_error_is_on_the_page_once_with_its_sentence() -> None:
    rows = _ROW.findall(_PAGE.read_text(encoding="utf-8"))
    said = {kind: re.sub(r"\{[^{}]*\}", "…", sentence) for kind, sentence in SENTENCES.items()}
    assert sorted(kind for *_, kind in rows) == sorted(said)
    assert {kind: sentence for sentence, *_, kind in rows} == said
