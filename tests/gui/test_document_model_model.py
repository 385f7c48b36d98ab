"""The tree of documents beside plain lists, under the eyes of Qt's own model tester."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from PySide6.QtCore import QMessageLogContext, QPersistentModelIndex, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QAbstractItemModelTester

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Cut, Engine, Failure, Job, JobState, Phase, Progress, Region, Result, Rung
from glmocr_desktop.gui.document_model import STATE, DocumentModel
from glmocr_desktop.gui.filtering import Filter, with_words, words_of
from glmocr_desktop.gui.rows import Opened, Row, RowState, Turn
from glmocr_desktop.gui.sorting import Order
from tests.gui.opened import opened

pytestmark = [pytest.mark.fuzz, pytest.mark.usefixtures("qapp")]

_WHICH = st.integers(0, 60)
_SOME = st.lists(_WHICH, min_size=1, max_size=5)
_ENDS = st.sampled_from(["server", "offline", "doubtful", "failed", "timed_out", "cancelled", "leaving"])
_CUT = Cut(region=Region(0.1, 0.1, 0.5, 0.5))
_LOCKED = Failure.of(InputError("password_needed", name="locked.pdf"))
_FILTERS = st.sampled_from(
    [
        Filter(),
        Filter(words="read 1"),
        Filter(words="doc 2"),
        Filter(states=frozenset({RowState.DONE})),
        Filter(states=frozenset({RowState.WAITING, RowState.LOCKED})),
        Filter(engines=frozenset({Engine.OFFLINE})),
        Filter(doubtful=True),
    ]
)


def _result(job: Job, end: str, number: int) -> Result:
    if end in ("failed", "timed_out", "cancelled", "leaving"):
        state = JobState.CANCELLED if end == "leaving" else JobState(end)
        kind = {"leaving": "cancelled_leaving", "cancelled": "cancelled"}.get(end, "server_cancelled")
        return Result(job, state, 1.0, error=Failure(kind))
    warnings = ("loop",) if end == "doubtful" else ()
    engine = Engine.OFFLINE if end == "offline" else Engine.SERVER
    return Result(
        job, JobState.DONE, number / 7, engine=engine, rung=Rung.FIRST, text=f"read {number}", warnings=warnings
    )


class TreeMachine(RuleBasedStateMachine):
    """Everything that may happen to documents, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self._before = qInstallMessageHandler(self._on_message)
        self.model = DocumentModel()
        self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        self.tops: list[tuple[Row, list[Row]]] = []
        self.jobs: dict[str, Row] = {}
        self.gone: list[Row] = []
        self.held: list[tuple[QPersistentModelIndex, Row]] = []
        self.seen: set[Row] = set()
        self.number = 0

    def _on_message(self, _kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        self.complaints.append(message)

    def teardown(self) -> None:
        """The next run has a model of its own."""
        self.tester.deleteLater()
        self.model.deleteLater()
        qInstallMessageHandler(self._before)

    def _pages(self) -> list[Row]:
        return [page for top, children in self.tops for page in (children or [top])]

    def _page(self, which: int) -> Row | None:
        pages = [page for page in self._pages() if page.page is not None]
        return pages[which % len(pages)] if pages else None

    def _all(self) -> Iterator[Row]:
        for top, children in self.tops:
            yield top
            yield from children

    def _opened(self, count: int) -> Opened:
        self.number += 1
        name = f"doc {self.number % 13}.pdf"
        return Opened(f"/in/{name}", error=_LOCKED) if count == 0 else opened(name, count)

    # Coming and going

    @rule(counts=st.lists(st.integers(0, 4), min_size=1, max_size=4))
    def append(self, counts: list[int]) -> None:
        """Documents come to the end."""
        rows = self.model.append([self._opened(count) for count in counts])
        self.tops += [(row, list(row.children)) for row in rows]

    @rule(which=_WHICH, count=st.integers(1, 3))
    def replace(self, which: int, count: int) -> None:
        """A document stands where another one stood."""
        if self.tops:
            place = which % len(self.tops)
            old, children = self.tops[place]
            self._forget([old, *children])
            row = self.model.replace(old, self._opened(count))
            self.tops[place] = (row, list(row.children))

    @rule(which=_WHICH, region=st.booleans())
    def insert(self, which: int, region: bool) -> None:
        """A page is read in another mode, or a part of it."""
        row = self._page(which)
        if row is None or row.page is None:
            return
        if region:
            new = self.model.insert_region(row, _CUT)
            assert new.region == 1 + max(
                each.region for each in self._pages() if each is not new and row.same_page(each)
            )
        else:
            new = self.model.insert_after(row, row.page)
        siblings = row.parent.children if row.parent else self.model.documents()
        at = siblings.index(new)
        assert at > siblings.index(row)
        assert all(each.region for each in siblings[siblings.index(row) + 1 : at])
        if row.parent is None:
            self.tops.insert(at, (new, []))
        else:
            next(children for top, children in self.tops if top is row.parent).insert(at, new)

    @rule(some=_SOME)
    def remove(self, some: list[int]) -> None:
        """Rows go with what is below them; a document without pages goes too."""
        rows = list(self._all())
        chosen = {rows[which % len(rows)] for which in some} if rows else set()
        gone = [page for page in self._pages() if page in chosen or page.parent in chosen]
        waited = {job_id for job_id, row in self.jobs.items() if row in gone}
        assert set(self.model.remove(chosen)) == waited
        kept = [(top, [each for each in below if each not in gone], bool(below)) for top, below in self.tops]
        now = [(top, below) for top, below, had in kept if top not in chosen and (below or not had)]
        self._forget(set(rows) - {each for top, below in now for each in (top, *below)})
        self.tops = now

    def _forget(self, rows: set[Row] | list[Row]) -> None:
        self.gone += rows
        self.jobs = {job_id: row for job_id, row in self.jobs.items() if row not in rows}
        self.seen -= set(rows)

    # Reading

    @rule(some=_SOME)
    def assign(self, some: list[int]) -> None:
        """Pages are read, or read again."""
        rows = dict.fromkeys(row for which in some if (row := self._page(which)) is not None)
        pairs = [(row, Job(row.page)) for row in rows if row.page is not None]
        self.jobs = {job_id: row for job_id, row in self.jobs.items() if row not in rows}
        self.jobs |= {job.id: row for row, job in pairs}
        self.model.assign_all(pairs)

    @rule(which=_WHICH, what=st.sampled_from(["start", "progress", "hold", "resume", "park", "first", "stopped"]))
    def tell(self, which: int, what: str) -> None:
        """The engine tells of a job."""
        if not self.jobs:
            return
        job_id = list(self.jobs)[which % len(self.jobs)]
        match what:
            case "start":
                self.model.start(job_id)
            case "progress":
                self.model.progress(job_id, Progress(Phase.LANE if which % 2 else Phase.READING))
            case "hold" | "resume":
                self.model.hold([job_id], what == "hold")
            case "park":
                self.model.park(job_id)
            case "first":
                self.model.queue([job_id], Turn.FIRST)
            case _:
                self.model.progress(job_id, Progress(Phase.STOPPED))

    @rule(which=_WHICH, end=_ENDS, late=st.booleans())
    def finish(self, which: int, end: str, late: bool) -> None:
        """A job ends, once or, by mistake, twice."""
        if not self.jobs:
            return
        job_id = list(self.jobs)[which % len(self.jobs)]
        row = self.jobs.pop(job_id)
        assert row.job is not None
        result = _result(row.job, end, which)
        assert self.model.finish(job_id, result) is row
        if late:
            assert self.model.finish(job_id, result) is None
            self.model.progress(job_id, Progress(Phase.REMOVED))

    @rule(which=_WHICH, what=st.sampled_from(["correct", "exchange", "check", "cut", "refuse"]))
    def change(self, which: int, what: str) -> None:
        """A person does something with a page."""
        row = self._page(which)
        if what == "refuse":
            locked = [top for top, _ in self.tops if top.error is not None]
            if locked:
                self.model.refuse(locked[which % len(locked)], Failure.of(InputError("damaged", name="locked.pdf")))
        elif row is not None and what == "cut":
            self.model.cut(row, replace(_CUT, turn=90))
        elif row is not None and what == "exchange":
            self.model.exchange(row)
        elif row is not None and row.result is not None and row.result.state is JobState.DONE:
            if what == "correct":
                self.model.correct(row, replace(row.result, text=f"read {which}", received=row.result.text))
            else:
                self.model.check(row)

    # Looking

    @rule(order=st.sampled_from(Order))
    def sort(self, order: Order) -> None:
        """The same is seen in another order."""
        self.model.sort_by(order)

    @rule(wanted=_FILTERS)
    def filter(self, wanted: Filter) -> None:
        """Exactly what passes is seen."""
        pages = [(row.id, *words_of(row)) for row in self._pages()]
        self.model.show_only(wanted, with_words(wanted.words, pages) if wanted.words else None)
        self.seen = {row for row in self._pages() if wanted.passes(row)}
        assert self.seen == {row for row in self._pages() if self.model.index_of(row).isValid()}

    @rule(which=_WHICH)
    def reveal(self, which: int) -> None:
        """A row is seen, whatever the filter says; one that was removed is not."""
        rows = [*self._all(), *self.gone]
        if rows:
            row = rows[which % len(rows)]
            self.model.reveal(row)
            assert self.model.index_of(row).isValid() == (row not in self.gone)

    @rule(which=_WHICH)
    def hold_on(self, which: int) -> None:
        """A view keeps hold of a row."""
        row = self._page(which)
        if row is not None and self.model.index_of(row).isValid():
            self.held.append((QPersistentModelIndex(self.model.index_of(row)), row))

    # What must be so

    @invariant()
    def same_rows(self) -> None:
        """The documents are those that came and did not go, in their order."""
        assert self.model.documents() == [top for top, _ in self.tops]
        assert [top.children for top, _ in self.tops] == [children for _, children in self.tops]
        assert list(self.model.pages()) == self._pages()
        assert not any(self.model.holds(row) for row in self.gone)

    @invariant()
    def right_counts(self) -> None:
        """Whatever is counted on the way is what there is."""
        assert +self.model.counts == Counter(page.state for page in self._pages())
        for top, children in self.tops:
            assert +top.counts == Counter(child.state for child in children)
        active = {row for row in self._pages() if row.state.active and row.job is not None}
        assert active == set(self.jobs.values())

    @invariant()
    def right_places(self) -> None:
        """Each row that is seen knows its place, and the place knows it."""
        shown = self.model.shown_documents()
        assert self.model.rowCount() == len(shown)
        for top, children in self.tops:
            assert (top.position >= 0) == (top in shown)
            index = self.model.index_of(top)
            assert self.model.rowCount(index) == len(top.shown) if index.isValid() else True
            for child in children:
                assert (child.position >= 0) == (child in top.shown)
        for row in self._all():
            index = self.model.index_of(row, STATE)
            if index.isValid():
                assert self.model.row_of(index) is row
                siblings = row.parent.shown if row.parent else shown
                assert siblings[row.position] is row

    @invariant()
    def nothing_hides_by_itself(self) -> None:
        """What was seen is still seen; what passes is seen; documents without a page that is seen are not."""
        seen = {row for row in self._pages() if self.model.index_of(row).isValid()}
        assert self.seen <= seen
        assert {row for row in self._pages() if self.model.filter.passes(row)} <= seen
        self.seen = seen
        assert {row.parent or row for row in seen} == set(self.model.shown_documents())

    @invariant()
    def in_order(self) -> None:
        """As they were added, unless another order was chosen."""
        if self.model.order is Order.ADDED:
            for all_rows, shown in (
                (self.model.documents(), self.model.shown_documents()),
                *((top.children, top.shown) for top, _ in self.tops),
            ):
                assert shown == [row for row in all_rows if row in shown]

    @invariant()
    def views_keep_hold(self) -> None:
        """What a view holds on to is still the same row, or nothing."""
        for index, row in self.held:
            if self.model.index_of(row).isValid():
                assert not index.isValid() or self.model.row_of(index) is row
            else:
                assert not index.isValid()

    @invariant()
    def nobody_complains(self) -> None:
        """Qt's tester found nothing."""
        assert self.complaints == []


TestDocumentModelModel = TreeMachine.TestCase
