"""Whatever is looked for in the history, the same is found as by looking through all of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glmocr_desktop.jobs.kept import Asked
from glmocr_desktop.jobs.store import Store
from tests.support.kept import jobs_of, kept, read

pytestmark = pytest.mark.fuzz

_TEXTS = (
    'He said "stop" AND (perhaps) went* to a:b^2',
    "发票 总计 人民币 100% _off_ C:\\temp\\a",
    "NEAR the harbour, OR NOT; it's --no comment\0here half\ud800way",
)
_SIGNS = [*"\"*()^:-%_\\'; \0\n", "NEAR", "AND", "or", "not", "票 总", "人民", "harb", "ab", "e\0h", "\ud800"]
_CUT_OUT = st.sampled_from(_TEXTS).flatmap(
    lambda text: st.tuples(st.integers(0, len(text)), st.integers(0, 9)).map(lambda at: text[at[0] : sum(at)])
)
_ASKED = st.lists(st.sampled_from(_SIGNS), max_size=6).map("".join) | _CUT_OUT


def test_nothing_breaks_the_search() -> None:
    store = Store(None)
    numbers: dict[str, int] = {}
    for number, text in enumerate(_TEXTS):
        document = kept(f"{number}")
        store.add([document])
        store.assign(jobs := jobs_of(document))
        store.finish([read(job, f"```\n{text}\n```") for _, job in jobs]).result()  # as it is, and no Markdown
        numbers[jobs[0][0]] = number

    @settings(max_examples=max(300, settings().max_examples))  # each is quick
    @given(_ASKED)
    def look(asked: str) -> None:
        found = store.find(Asked(asked))
        words = _plain(asked).split()
        assert {numbers[each.page_id] for each in found} == {
            number for number, text in enumerate(_TEXTS) if all(word in _plain(f"{number}\n{text}") for word in words)
        }

    look()
    store.close()


def _plain(text: str) -> str:
    return text.replace("\0", " ").replace("\ud800", "\ufffd").lower()
