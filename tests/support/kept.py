"""Documents and pages as they are kept."""

from __future__ import annotations

from glmocr_desktop.core.model import Document, Engine, Job, JobState, Page, Result, Rung, new_id
from glmocr_desktop.jobs.kept import KeptDocument, KeptPage
from glmocr_desktop.results.blocks import parse


def kept(name: str, count: int = 1, *, order: float = 0.0, owned: bool = False) -> KeptDocument:
    """A document that nobody has read yet."""
    document = Document(f"/in/{name}", f"/in/{name}", name)
    pages = [KeptPage(new_id(), Page(document, number + 1, count), float(number)) for number in range(count)]
    return KeptDocument(document, tuple(pages), order, owned=owned)


def read(job: Job, text: str = "harbour") -> Result:
    """A job that a server has read."""
    blocks = parse(text, formatted=True)
    return Result(job, JobState.DONE, 0.5, (), Engine.SERVER, "http://localhost:7860", Rung.FIRST, text, True, blocks)


def jobs_of(document: KeptDocument) -> list[tuple[str, Job]]:
    """The id of each page and a job for it."""
    return [(each.id, Job(each.page)) for each in document.pages]
