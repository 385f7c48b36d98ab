from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import pytest

from tests.support.hostile_images import hostile_images
from tests.support.hostile_pdfs import hostile_pdfs
from tests.support.hostile_trial import tried

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.timeout(240)
def test_each_file_ends_by_a_page_or_a_sentence(tmp_path: Path) -> None:
    right = {}
    for each in islice(chain(hostile_images(quick=True), hostile_pdfs(quick=True)), None, None, 2):
        (tmp_path / each.name).write_bytes(each.content)
        right[tmp_path / each.name] = each.ends
    assert len(right) > 150
    wrong = [each for each in tried(right) if each.broken or each.kind not in right[each.path]]
    assert not wrong
