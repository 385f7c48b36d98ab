"""The store beside plain dictionaries that say the same in a slow and simple way."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from glmocr_desktop.core.model import Failure, Job, JobState, Result, new_id
from glmocr_desktop.jobs.kept import Asked, KeptDocument, KeptPage
from glmocr_desktop.jobs.store import Store
from tests.support.kept import kept, read

pytestmark = pytest.mark.fuzz

_WORDS = ("harbour", "发票", "form 3082", "100%", "a_b")
_SOME = st.sets(st.integers(0, 12), min_size=1, max_size=6)


@dataclass
class _Row:
    document: str
    page: KeptPage
    on_desk: bool = True
    waited_for: Job | None = None  # which is not the page's own after an earlier result was given back


class StoreMachine(RuleBasedStateMachine):
    """Everything that may happen to what is kept, in any order, with the program's end in between."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "documents.db"
        self.store = Store(self.path)
        self.documents: dict[str, KeptDocument] = {}
        self.rows: dict[str, _Row] = {}
        self.notes: dict[str, str] = {}

    def teardown(self) -> None:
        self.store.close(60)
        self._folder.cleanup()

    def _chosen(self, places: set[int]) -> list[str]:
        ids = list(self.rows)
        return list(dict.fromkeys(ids[place % len(ids)] for place in sorted(places))) if ids else []

    @initialize()
    def begin(self) -> None:
        """Something has been read already."""
        self.add(3, owned=True)
        self.assign({0, 1})
        self.finish({0, 1}, _WORDS[0], JobState.DONE)

    @rule(count=st.integers(1, 3), owned=st.booleans())
    def add(self, count: int, owned: bool) -> None:
        document = replace(
            kept(f"{len(self.documents)}.pdf", count, order=len(self.documents), owned=owned), added_at=1.0
        )
        self.store.add([document]).result()
        self.documents[document.document.id] = replace(document, pages=())
        self.rows |= {each.id: _Row(document.document.id, each) for each in document.pages}

    @rule(places=_SOME)
    def assign(self, places: set[int]) -> None:
        jobs = [(each, Job(self.rows[each].page.page)) for each in self._chosen(places)]
        self.store.assign(jobs).result()
        for page_id, job in jobs:
            row = self.rows[page_id]
            done = row.page.result is not None and row.page.result.state is JobState.DONE
            previous = row.page.result if done else row.page.previous
            row.page = replace(row.page, job=job, result=None, previous=previous, paused=False, turn=0)
            row.waited_for = job

    @rule(places=_SOME, word=st.sampled_from(_WORDS), state=st.sampled_from([JobState.DONE, JobState.FAILED]))
    def finish(self, places: set[int], word: str, state: JobState) -> None:
        rows = [self.rows[each] for each in self._chosen(places)]
        results = [self._end(row.page.job, word, state) for row in rows if row.page.job is not None]
        self.store.finish([*results, read(Job(kept("nobody").pages[0].page))]).result()
        for row in rows:
            page = row.page
            if page.job is not None and page.result is None:
                result = next(each for each in results if each.job.id == page.job.id)
                row.page = replace(page, result=result, other=page.previous or page.other, previous=None, checked=False)

    @rule(places=_SOME)
    def cancel(self, places: set[int]) -> None:
        rows = [self.rows[each] for each in self._chosen(places)]
        ends = {row.page.id: self._end(row.page.job, "", JobState.CANCELLED) for row in rows if row.page.job}
        self.store.finish(list(ends.values())).result()
        for row in rows:
            page = row.page
            if page.job is not None and page.result is None:
                if page.previous is not None:
                    row.page = replace(page, result=page.previous, job=page.previous.job, previous=None)
                else:
                    row.page = replace(page, result=ends[page.id], other=page.other, checked=False)

    @rule(places=_SOME, turn=st.integers(-1, 1), checked=st.booleans())
    def put(self, places: set[int], turn: int, checked: bool) -> None:
        pages = [replace(self.rows[each].page, turn=turn, checked=checked) for each in self._chosen(places)]
        self.store.put(pages).result()
        for page in pages:
            self.rows[page.id].page = page
            self.rows[page.id].waited_for = page.job

    @precondition(lambda self: any(row.page.result is not None for row in self.rows.values()))
    @rule()
    def put_late(self) -> None:
        """A page that was written down before its end does not undo it."""
        row = next(row for row in self.rows.values() if row.page.result is not None)
        self.store.put([replace(row.page, job=row.waited_for, result=None, previous=None)]).result()

    @rule(places=_SOME)
    def take_off(self, places: set[int]) -> None:
        ids = self._chosen(places)
        self.store.take_off(ids).result()
        for page_id in ids:
            row = self.rows[page_id]
            if row.page.result is None and row.page.previous is not None:
                row.page = replace(row.page, result=row.page.previous, job=row.page.previous.job, previous=None)
            row.on_desk = False
            if row.page.result is None or row.page.result.state is not JobState.DONE:
                self._drop([page_id])

    @rule(places=_SOME)
    def put_on(self, places: set[int]) -> None:
        ids = self._chosen(places)
        self.store.put_on(ids).result()
        for page_id in ids:
            self.rows[page_id].on_desk = True

    @rule(places=_SOME)
    def delete(self, places: set[int]) -> None:
        ids = self._chosen(places)
        owned = self.store.delete([*ids, new_id()]).result()
        assert sorted(owned) == sorted(self._drop(ids))

    @rule()
    def delete_history(self) -> None:
        owned = self.store.delete_history().result()
        assert sorted(owned) == sorted(self._drop([name for name, row in self.rows.items() if not row.on_desk]))

    @rule(key=st.sampled_from("ab"), value=st.text(st.characters(codec="utf-8"), max_size=5))
    def note(self, key: str, value: str) -> None:
        self.store.set_note(key, value).result()
        self.notes[key] = value

    @rule()
    def end_and_begin(self) -> None:
        assert self.store.close(60)
        self.store = Store(self.path)
        assert self.store.damaged is None

    @rule(word=st.sampled_from([*_WORDS, "f", "票", "no such", ""]))
    def find(self, word: str) -> None:
        found = {each.page_id: each.on_desk for each in self.store.find(Asked(word))}
        assert found == {name: row.on_desk for name, row in self.rows.items() if self._has(row, word)}
        assert self.store.count(Asked(word)) == len(found)

    @invariant()
    def same(self) -> None:
        expected: dict[str, list[KeptPage]] = {}
        for row in self.rows.values():
            if row.on_desk:
                expected.setdefault(row.document, []).append(row.page)
        desk = [replace(self.documents[name], pages=tuple(pages)) for name, pages in expected.items()]
        assert self.store.desk() == sorted(desk, key=lambda each: each.order)
        assert {key: self.store.note(key) for key in self.notes} == self.notes

    def _has(self, row: _Row, words: str) -> bool:
        result = row.page.result
        if result is None:
            return False
        text = f"{self.documents[row.document].document.name} {result.text if result.state is JobState.DONE else ''}"
        return all(word in text for word in words.split())

    def _drop(self, ids: list[str]) -> list[str]:
        """Forget pages; the files of documents that are gone with them, and were the program's own."""
        concerned = {self.rows.pop(each).document for each in ids}
        gone = concerned - {row.document for row in self.rows.values()}
        return [self.documents[each].document.file for each in gone if self.documents[each].owned]

    @staticmethod
    def _end(job: Job | None, word: str, state: JobState) -> Result:
        assert job is not None
        if state is JobState.DONE:
            return read(job, word)
        return Result(job, state, 0.1, error=Failure("cancelled" if state is JobState.CANCELLED else "damaged"))


TestStoreModel = StoreMachine.TestCase
# Each step is on the disk: making a failure smaller would take longer than a test may.
TestStoreModel.settings = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
