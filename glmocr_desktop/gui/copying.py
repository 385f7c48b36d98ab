"""Results on the clipboard: everything that programs like, or one kind alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui.clipboard import Clipboard
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.clipboard import (
    PLAIN,
    CopyKind,
    copy_as,
    flavours,
    formula_flavours,
    formulas_as,
    has_formulas,
    simple_flavours,
)

_AT_ONCE_BLOCKS = 300  # so many need a few milliseconds


class Copying(QObject):
    """Copies results; what needs time to be made follows what is there at once.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._notices = notices
        self._clipboard = Clipboard(tasks, self)
        self._clipboard.nothing_made.connect(self._on_nothing_made)

    def copy(self, results: Sequence[Result]) -> None:
        """Copy results in every flavour."""
        if sum(len(each.blocks) for each in results) <= _AT_ONCE_BLOCKS and not any(map(has_formulas, results)):
            self._clipboard.put(flavours(results))
            return
        self._clipboard.put(simple_flavours(results))
        self._clipboard.put_later(lambda: flavours(results))

    def copy_formula(self, latex: str, *, display: bool) -> None:
        """Copy one formula in every flavour."""
        self._clipboard.put({PLAIN: latex.encode("utf-8", "replace")})
        self._clipboard.put_later(lambda: formula_flavours(latex, display=display))

    def copy_as(self, results: Sequence[Result], kind: CopyKind) -> None:
        """Copy results as one kind alone; says so when there is nothing of it."""
        self._clipboard.put_later(lambda: copy_as(results, kind), picture_only=kind is CopyKind.PNG)

    def copy_formula_as(self, latex: str, kind: CopyKind) -> None:
        """Copy one formula as one kind alone."""
        self._clipboard.put_later(lambda: formulas_as([latex], kind), picture_only=kind is CopyKind.PNG)

    def fill(self, menu: QMenu, copy: Callable[[CopyKind], None], kinds: Sequence[CopyKind] = tuple(CopyKind)) -> None:
        """Add an entry for each kind to a menu."""
        for kind, title in self._titles().items():
            if kind not in kinds:
                continue
            if kind in (CopyKind.TSV, CopyKind.LATEX) and len(kinds) == len(CopyKind):
                menu.addSeparator()
            action = QAction(menu)
            say(action.setText, title)
            action.setObjectName(f"copyAs_{kind.value}")
            action.triggered.connect(lambda _checked=False, kind=kind: copy(kind))
            menu.addAction(action)

    def _on_nothing_made(self) -> None:
        self._notices.show_notice(self.tr("There is nothing of this kind in the selected results."))

    def _titles(self) -> dict[CopyKind, Callable[[], str]]:
        return {
            CopyKind.TEXT: lambda: self.tr("Plain text"),
            CopyKind.MARKDOWN: lambda: self.tr("Markdown"),
            CopyKind.HTML: lambda: self.tr("HTML"),
            CopyKind.TSV: lambda: self.tr("Tables as TSV"),
            CopyKind.CSV: lambda: self.tr("Tables as CSV"),
            CopyKind.LATEX: lambda: self.tr("LaTeX"),
            CopyKind.LATEX_INLINE: lambda: self.tr("LaTeX between $ … $"),
            CopyKind.LATEX_DISPLAY: lambda: self.tr("LaTeX between $$ … $$"),
            CopyKind.LATEX_BRACKETS: lambda: self.tr("LaTeX between \\[ … \\]"),
            CopyKind.LATEX_EQUATION: lambda: self.tr("LaTeX as an equation"),
            CopyKind.MATHML: lambda: self.tr("MathML"),
            CopyKind.PNG: lambda: self.tr("Picture (PNG)"),
            CopyKind.SVG: lambda: self.tr("Drawing (SVG)"),
        }
