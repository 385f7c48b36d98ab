"""From one doubtful place to the next, through all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from glmocr_desktop.gui.rows import Row

if TYPE_CHECKING:
    from glmocr_desktop.gui.result_view import ResultView


class SuspectWalk(QObject):
    """Goes through the doubtful places of the page that is shown, and then to the next doubtful page.

    Thread: GUI.
    """

    def __init__(
        self,
        view: ResultView,
        pages: Callable[[], Iterable[Row]],
        show_row: Callable[[Row], object],
        parent: QObject | None = None,
    ) -> None:
        """Make one.

        Args:
            view: Shows a page.
            pages: All pages, from the first to the last.
            show_row: Makes a page the one that is shown.
            parent: Who owns it.
        """
        super().__init__(parent)
        self._view = view
        self._pages = pages
        self._show_row = show_row

    def next(self) -> bool:
        """Go to the next doubtful place; behind the last page comes the first one.

        Returns:
            Whether there is any.
        """
        return self._view.step_suspect(1) or self.next_page(1)

    def previous(self) -> bool:
        """Go to the doubtful place before; before the first page comes the last one."""
        return self._view.step_suspect(-1) or self.next_page(-1)

    def next_page(self, step: int = 1) -> bool:
        """Go to the next doubtful page (1) or to the one before (-1)."""
        pages = list(self._pages())
        current = self._view.row
        if current is not None and current.children:
            current = current.children[0 if step > 0 else -1]
            found = current.doubtful
        else:
            found = False
        if not found:
            at = pages.index(current) if current in pages else (-1 if step > 0 else len(pages))
            order = [*pages[at + 1 :], *pages[: at + 1]] if step > 0 else [*pages[:at][::-1], *pages[at:][::-1]]
            current = next((row for row in order if row.doubtful), None)
        if current is None:
            return False
        self._show_row(current)
        self._view.enter_suspects(step)
        return True
