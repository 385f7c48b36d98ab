"""Which rows are seen and in which order, under the eyes of Qt's own model tester."""

from __future__ import annotations

import random

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex

from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.model import Engine, Failure, Job, JobState, Mode, Result
from glmocr_desktop.gui.document_model import NAME, STATE, DocumentModel
from glmocr_desktop.gui.filtering import Filter, with_words, words_of
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.sorting import Order
from tests.gui.opened import opened


def _begin(model: DocumentModel, row: Row, mode: Mode = Mode.TEXT) -> Job:
    assert row.page is not None
    job = Job(row.page, mode)
    model.assign(row, job)
    return job


def _end(model: DocumentModel, row: Row, text: str = "read", elapsed_s: float = 1.0, **kwargs: object) -> None:
    job = _begin(model, row)
    model.start(job.id)
    values = {"state": JobState.DONE, "engine": Engine.SERVER} | kwargs
    model.finish(job.id, Result(job, elapsed_s=elapsed_s, text=text, **values))  # type: ignore[arg-type]


def _fail(model: DocumentModel, row: Row) -> None:
    _end(model, row, "", state=JobState.FAILED, engine=None, error=Failure.of(JobCancelled()))


def _seen(model: DocumentModel) -> list[str]:
    """What a view shows, as documents with the numbers of their pages."""
    found = []
    for place in range(model.rowCount()):
        index = model.index(place, NAME)
        pages = [str(model.index(row, NAME, index).data()).split()[-1] for row in range(model.rowCount(index))]
        found.append(" ".join([str(index.data()), *pages]))
    return found


def _look_for(model: DocumentModel, sought: str) -> None:
    found = with_words(sought, [(row.id, *words_of(row)) for row in model.pages()])
    model.show_only(Filter(sought), found)


def test_a_document_is_seen_with_those_pages_that_pass(model: DocumentModel) -> None:
    model.append([opened("a.png"), opened("report.pdf", 3), opened("c.png")])
    rows = list(model.pages())
    for row in rows[:3]:
        _end(model, row, f"Words of {row.name}, 营业收入 {row.page.number if row.page else 0}")
    _fail(model, rows[3])
    model.show_only(Filter(states=frozenset({RowState.FAILED})))
    assert _seen(model) == ["report.pdf 3"]
    assert model.shown_count() == 1
    assert [row.name for row in model.documents()] == ["a.png", "report.pdf", "c.png"]
    _look_for(model, "营业收入 1")
    assert _seen(model) == ["a.png", "report.pdf 1"]
    _look_for(model, "report")
    assert _seen(model) == ["report.pdf 1 2 3"]
    model.show_only(Filter(engines=frozenset({Engine.SERVER}), modes=frozenset({Mode.TEXT})))
    assert _seen(model) == ["a.png", "report.pdf 1 2"]
    model.show_only(Filter(modes=frozenset({Mode.TABLE})))
    assert _seen(model) == []
    model.show_only(Filter())
    assert _seen(model) == ["a.png", "report.pdf 1 2 3", "c.png"]


def test_what_stops_passing_stays_and_what_begins_to_appears(model: DocumentModel) -> None:
    model.append([opened("a.png"), opened("b.pdf", 2), opened("c.png")])
    a, first, second, c = model.pages()
    _fail(model, a)
    failed = Filter(states=frozenset({RowState.FAILED}))
    model.show_only(failed)
    assert _seen(model) == ["a.png"]
    _fail(model, c)
    _fail(model, second)
    assert _seen(model) == ["a.png", "b.pdf 2", "c.png"]
    _end(model, a)
    _fail(model, first)
    assert _seen(model) == ["a.png", "b.pdf 1 2", "c.png"]
    model.show_only(failed)
    assert _seen(model) == ["b.pdf 1 2", "c.png"]
    model.reveal(a)
    assert _seen(model) == ["a.png", "b.pdf 1 2", "c.png"]


def test_what_is_added_and_removed_while_a_filter_is_on(model: DocumentModel) -> None:
    [report] = model.append([opened("report.pdf", 4)])
    for row in report.children[:2]:
        _fail(model, row)
    model.show_only(Filter(states=frozenset({RowState.FAILED})))
    model.append([opened("new.png"), opened("new.pdf", 2)])
    assert _seen(model) == ["report.pdf 1 2"]
    model.remove(report.shown)
    assert _seen(model) == []  # its other pages are still there, unseen
    assert len(list(model.pages())) == 5
    model.show_only(Filter())
    assert _seen(model) == ["report.pdf 3 4", "new.png", "new.pdf 1 2"]
    waiting = model.insert_after(report.children[0], report.children[0].page)  # type: ignore[arg-type]
    assert waiting.position == 1
    assert model.counts[RowState.WAITING] == 6


def test_orders(model: DocumentModel) -> None:
    model.append([opened("page 10.png"), opened("Page 9.png"), opened("a.pdf", 2), opened("b.png")])
    ten, nine, first, second, b = model.pages()
    _end(model, ten, elapsed_s=2.0)
    _end(model, first, elapsed_s=0.5)
    _end(model, second, elapsed_s=4.0, warnings=("low_confidence",))
    _fail(model, b)
    expected = {
        Order.NAME: ["a.pdf 1 2", "b.png", "Page 9.png", "page 10.png"],
        Order.STATE: ["Page 9.png", "b.png", "page 10.png", "a.pdf 1 2"],
        Order.TIME: ["a.pdf 2 1", "page 10.png", "b.png", "Page 9.png"],
        Order.SUSPECTS: ["a.pdf 2 1", "page 10.png", "Page 9.png", "b.png"],
        Order.ADDED: ["page 10.png", "Page 9.png", "a.pdf 1 2", "b.png"],
    }
    for order, seen in expected.items():
        model.sort_by(order)
        assert _seen(model) == seen
    model.sort_by(Order.STATE)
    _end(model, nine)
    assert _seen(model)[0] == "Page 9.png"  # it has another state now, but no row moves by itself
    model.append([opened("0.png")])
    assert _seen(model)[-1] == "0.png"
    model.sort_by(Order.STATE)
    assert _seen(model)[:3] == ["0.png", "b.png", "page 10.png"]


def test_rows_keep_hold_of_themselves_when_they_are_arranged(model: DocumentModel) -> None:
    model.append([opened("b.pdf", 3), opened("a.png")])
    pages = list(model.pages())
    _fail(model, pages[1])
    held = [(row, column, QPersistentModelIndex(model.index_of(row, column))) for row in pages for column in (0, 1)]
    selection = QItemSelectionModel(model)
    selection.select(model.index_of(pages[1]), QItemSelectionModel.SelectionFlag.Select)
    for arrange in (
        lambda: model.sort_by(Order.NAME),
        lambda: model.show_only(Filter(states=frozenset({RowState.FAILED}))),
        lambda: model.show_only(Filter()),
    ):
        arrange()
        for row, column, index in held:
            assert not index.isValid() or (model.row_of(index) is row and index.column() == column)
    assert held[2][2].isValid()
    assert [model.row_of(index) for index in selection.selectedIndexes()] == [pages[1]]
    selection.deleteLater()


def test_many_rows_change_and_go_at_once(model: DocumentModel) -> None:
    """Also those that are not seen, and with gaps between those that go."""
    model.append([opened(f"{number}.pdf", 3) for number in range(70)])
    many: list[bool] = []
    model.many_changed.connect(lambda: many.append(True))
    told: list[Row] = []
    model.row_changed.connect(told.append)
    rows = list(model.pages())
    jobs = [(row, Job(row.page)) for row in rows if row.page]
    model.assign_all(jobs)
    model.hold([job.id for _, job in jobs], paused=True)
    assert len(many) == 2
    assert told == []
    assert model.index_of(rows[5], STATE).data() == "Paused"
    assert {row.state for row in model.documents()} == {RowState.PAUSED}
    model.hold([job.id for _, job in jobs[:3]], paused=False)
    assert told[-1] in rows[:3] or told[-1] is model.documents()[0]
    chance = random.Random(3)
    chosen = chance.sample(model.documents(), 30) + chance.sample(rows, 60)
    left = [row for row in rows if row not in chosen and row.parent not in chosen]
    assert model.remove(chosen) != []
    assert list(model.pages()) == left
    assert model.counts.total() == len(left)
    assert sum(len(text.split()) - 1 for text in _seen(model)) == len(left)
    model.remove(model.documents())
    assert _seen(model) == []
    assert +model.counts == {}
