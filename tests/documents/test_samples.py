from __future__ import annotations

import json
from pathlib import Path

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Mode
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.documents import find_files, load_page, open_document

FOLDER = resource_path("samples")
KNOWN = json.loads((FOLDER / "known-text.json").read_text(encoding="utf-8"))


def test_every_sample_has_its_text_and_the_other_way_round() -> None:
    found = [Path(str(each)).name for each in find_files([str(FOLDER)])]
    assert sorted(found) == sorted(KNOWN)
    for name, known in KNOWN.items():
        assert len(open_document(str(FOLDER / name))) == len(known["pages"])
        assert all(known["pages"])
        assert known["language"] in ("en", "zh", "mixed")
        assert Mode(known["mode"]) is not Mode.TABLE or {len(row) for row in known["rows"]} == {len(known["rows"][0])}


def test_every_page_loads_with_ink_on_it() -> None:
    for name in KNOWN:
        for page in open_document(str(FOLDER / name)):
            low, high = load_page(page, CancelToken(), 500_000).convert("L").getextrema()
            assert isinstance(low, int | float), name
            assert isinstance(high, int | float), name
            assert high - low > 100, name


def test_folder_stays_small() -> None:
    assert sum(each.stat().st_size for each in FOLDER.iterdir()) <= 1_500_000
