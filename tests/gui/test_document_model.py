"""The tree of documents, under the eyes of Qt's own model tester."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt

from glmocr_desktop.core.errors import InputError, JobCancelled
from glmocr_desktop.core.model import Cut, Engine, Failure, Job, JobState, Phase, Progress, Region, Result, Rung
from glmocr_desktop.gui.document_model import STATE, DocumentModel
from glmocr_desktop.gui.filtering import Filter
from glmocr_desktop.gui.rows import Opened, Row, RowState
from tests.gui.opened import opened


def _begin(model: DocumentModel, row: Row) -> Job:
    assert row.page is not None
    job = Job(row.page)
    model.assign(row, job)
    return job


def _done(job: Job, engine: Engine = Engine.SERVER) -> Result:
    return Result(job, JobState.DONE, 1.0, engine=engine, rung=Rung.FIRST, text="read")


def test_a_single_page_is_one_row_and_pages_are_below_their_document(model: DocumentModel) -> None:
    model.append([opened("photo.jpg"), opened("report.pdf", 3)])
    assert model.rowCount() == 2
    report = model.index(1, 0)
    assert model.rowCount(model.index(0, 0)) == 0
    assert [model.index(row, 0, report).data() for row in range(model.rowCount(report))] == [
        "Page 1",
        "Page 2",
        "Page 3",
    ]


def test_a_row_goes_from_waiting_to_reading_to_done(model: DocumentModel) -> None:
    [row] = model.append([opened("photo.jpg")])
    index = model.index_of(row, STATE)
    job = _begin(model, row)
    seen = [index.data()]
    model.start(job.id)
    seen.append(index.data())
    model.finish(job.id, _done(job, Engine.OFFLINE))
    seen.append(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert seen == ["Waiting", "Reading", "Done offline"]


def test_a_document_says_what_its_most_urgent_page_says(model: DocumentModel) -> None:
    [document] = model.append([opened("report.pdf", 3)])
    jobs = [_begin(model, child) for child in document.children]
    assert document.state is RowState.WAITING
    model.start(jobs[0].id)
    assert document.state is RowState.READING
    for job in jobs[:2]:
        model.finish(job.id, _done(job))
    model.finish(jobs[2].id, Result(jobs[2], JobState.FAILED, 1.0, error=Failure("empty_answer")))
    assert document.state is RowState.FAILED
    assert document.done_count == 2
    assert +model.counts == {RowState.DONE: 2, RowState.FAILED: 1}


def test_removing_tells_which_jobs_nobody_waits_for(model: DocumentModel) -> None:
    photo, report = model.append([opened("photo.jpg"), opened("report.pdf", 2)])
    jobs = [_begin(model, row) for row in (photo, *report.children)]
    assert model.remove([report.children[0]]) == [jobs[1].id]
    assert model.remove([report.children[0]]) == [jobs[2].id]
    assert model.documents() == [photo]
    assert model.finish(jobs[1].id, _done(jobs[1])) is None
    assert model.remove([photo, report]) == [jobs[0].id]
    assert model.rowCount() == 0
    assert +model.counts == {}


def test_a_stale_index_leads_nowhere(model: DocumentModel) -> None:
    row, _ = model.append([opened("a.png"), opened("b.png")])
    index = model.index_of(row)
    model.remove([row])
    assert model.row_of(index) is None
    assert index.data() is None
    assert model.index_of(row) == QModelIndex()


def test_a_file_that_cannot_be_opened_says_why(model: DocumentModel) -> None:
    failure = Failure.of(InputError("damaged", name="broken.pdf"))
    [row] = model.append([Opened("/in/broken.pdf", error=failure)])
    assert model.index_of(row).data() == "broken.pdf"
    assert model.index_of(row, STATE).data() == "Failed"
    assert "broken.pdf is damaged" in model.index_of(row).data(Qt.ItemDataRole.ToolTipRole)


def test_an_unlocked_document_stands_where_the_locked_one_stood(model: DocumentModel) -> None:
    locked = Opened("/in/secret.pdf", error=Failure.of(InputError("password_needed", name="secret.pdf")))
    _, row, _ = model.append([opened("a.png"), locked, opened("b.png")])
    assert row.state is RowState.LOCKED
    model.replace(row, opened("secret.pdf", 2))
    assert [each.name for each in model.documents()] == ["a.png", "secret.pdf", "b.png"]
    assert [each.position for each in model.documents()] == [0, 1, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_a_second_row_for_a_page_stands_below_the_first(model: DocumentModel, count: int) -> None:
    document, _ = model.append([opened("formula.png", count), opened("b.png")])
    first = next(document.pages())
    assert first.page is not None
    second = model.insert_after(first, first.page)
    assert (second.parent, second.position) == (first.parent, 1)
    assert model.index_of(second).data() == model.index_of(first).data()


def test_a_cancelled_second_reading_gives_the_first_one_back(model: DocumentModel) -> None:
    [row] = model.append([opened("photo.jpg")])
    first = _begin(model, row)
    model.finish(first.id, _done(first))
    assert row.result is not None
    model.correct(row, replace(row.result, text="corrected", received="first"))
    second = _begin(model, row)
    assert row.state is RowState.WAITING
    model.finish(second.id, Result(second, JobState.CANCELLED, 0.1, error=Failure.of(JobCancelled())))
    assert row.state is RowState.DONE
    assert row.result.text == "corrected"
    assert row.corrected


def _cancelled(job: Job, kind: str) -> Result:
    return Result(job, JobState.CANCELLED, 1.0, error=Failure(kind))


def _said(model: DocumentModel, row: Row) -> tuple[str, str]:
    """A row's word, and what is told beside it."""
    told = model.index_of(row).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    return model.index_of(row, STATE).data(), told


@pytest.mark.parametrize(
    ("kind", "phase", "words"),
    [
        ("cancelled_leaving", Phase.REMOVED, "Cancelled, and removed from the server's queue."),
        ("cancelled_on_server", Phase.STOPPED, "Cancelled. The server stopped reading this page."),
    ],
)
def test_a_cancelled_row_says_what_the_server_made_of_it(
    model: DocumentModel, kind: str, phase: Phase, words: str
) -> None:
    [row] = model.append([opened("photo.jpg")])
    job = _begin(model, row)
    model.start(job.id)
    model.finish(job.id, _cancelled(job, kind))
    assert _said(model, row) == ("Cancelled", str(JobCancelled(kind)))
    model.progress(job.id, Progress(phase))
    assert _said(model, row) == ("Cancelled", words)
    assert words in model.index_of(row).data(Qt.ItemDataRole.ToolTipRole)
    assert model.counts[RowState.CANCELLED] == 1


def test_the_server_may_agree_before_the_end_is_known(model: DocumentModel) -> None:
    [row] = model.append([opened("photo.jpg")])
    job = _begin(model, row)
    model.start(job.id)
    model.progress(job.id, Progress(Phase.REMOVED))
    assert row.state is RowState.READING
    model.finish(job.id, _cancelled(job, "cancelled_leaving"))
    assert _said(model, row) == ("Cancelled", "Cancelled, and removed from the server's queue.")


def test_a_sign_of_life_after_the_end_changes_nothing(model: DocumentModel) -> None:
    [row] = model.append([opened("photo.jpg")])
    job = _begin(model, row)
    model.start(job.id)
    model.finish(job.id, _cancelled(job, "cancelled_on_server"))
    for phase in (Phase.READING, Phase.QUEUED):
        model.progress(job.id, Progress(phase))
        model.start(job.id)
        assert _said(model, row) == ("Cancelled", "Cancelled. The server may still be finishing this page.")


def test_what_the_server_makes_of_an_earlier_reading_is_of_no_interest(model: DocumentModel) -> None:
    [row] = model.append([opened("photo.jpg")])
    first = _begin(model, row)
    model.finish(first.id, _cancelled(first, "cancelled_on_server"))
    second = _begin(model, row)
    model.progress(first.id, Progress(Phase.STOPPED))
    assert row.state is RowState.WAITING
    model.finish(second.id, _cancelled(second, "cancelled_on_server"))
    model.progress(first.id, Progress(Phase.STOPPED))
    assert _said(model, row) == ("Cancelled", "Cancelled. The server may still be finishing this page.")
    model.remove([row])
    model.progress(second.id, Progress(Phase.STOPPED))
    assert model.rowCount() == 0


def test_markup_in_a_file_name_stays_what_it_is(model: DocumentModel) -> None:
    [row] = model.append([opened("<b>photo</b>.jpg")])
    assert "&lt;b&gt;photo" in model.index_of(row).data(Qt.ItemDataRole.ToolTipRole)


def test_what_comes_beside_hidden_rows_stands_where_it_belongs(model: DocumentModel) -> None:
    locked = Opened("/in/secret.pdf", error=Failure.of(InputError("password_needed", name="secret.pdf")))
    first, row, secret, _ = model.append([opened("a.png"), opened("b.png"), locked, opened("d.png")])
    for each in (first, row):
        model.finish(_begin(model, each).id, _done(each.job))  # type: ignore[arg-type]
    model.show_only(Filter(states=frozenset({RowState.WAITING})))
    assert row.page is not None
    assert [each.name for each in model.shown_documents()] == ["d.png"]
    model.insert_after(row, row.page)
    model.replace(secret, opened("secret.png"))
    assert [each.name for each in model.shown_documents()] == ["b.png", "secret.png", "d.png"]


def test_no_two_regions_of_a_page_have_the_same_number(model: DocumentModel) -> None:
    [row] = model.append([opened("a.png")])
    assert row.page is not None
    cut = Cut(region=Region(0.1, 0.1, 0.5, 0.5))
    model.insert_region(row, cut)
    model.insert_after(row, row.page)
    assert model.insert_region(row, cut).region == 2
