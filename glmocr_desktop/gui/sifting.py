"""A filter is applied: what needs to read all results is done in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject

from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.filtering import Filter, has_words, with_words, words_of
from glmocr_desktop.gui.tasks import Tasks


class Sifting(QObject):
    """Stands between the line in which a filter is chosen and the documents.

    Thread: GUI.
    """

    def __init__(self, model: DocumentModel, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._tasks = tasks
        self._wanted = Filter()
        self._busy = False

    def apply(self, wanted: Filter) -> None:
        """See only what passes; the last filter that was chosen counts."""
        self._wanted = wanted
        if self._busy:
            return
        if wanted.words:
            self._busy = True
            self._tasks.start(self._look())
        elif wanted != self._model.filter:
            self._model.show_only(wanted)

    async def _look(self) -> None:
        try:
            while True:
                wanted = self._wanted
                found = await self._found(wanted.words) if wanted.words else None
                if wanted == self._wanted:
                    break
        finally:
            self._busy = False
        self._model.show_only(wanted, found)

    async def _found(self, sought: str) -> frozenset[int]:
        seen = {row.id: words_of(row) for row in self._model.pages()}
        pages = [(page_id, *said) for page_id, said in seen.items()]
        found = await self._tasks.background(with_words, sought, pages)
        # What was added or read meanwhile is looked at here.
        late = [row for row in self._model.pages() if seen.get(row.id) != words_of(row)]
        return found | {row.id for row in late if has_words(sought, *words_of(row))}
