"""A result in several views, in each of which it can be corrected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget

from glmocr_desktop.core.model import BlockKind, Result
from glmocr_desktop.gui.correcting.corrections import Corrections
from glmocr_desktop.gui.correcting.formula_editor import FormulaEditor
from glmocr_desktop.gui.correcting.source_edit import SourceEdit
from glmocr_desktop.gui.correcting.table_editor import TableEditor
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.rendered.rendered_view import RenderedView
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.blocks import as_received, with_block, with_text
from glmocr_desktop.results.page_formulas import PageFormula, page_formulas, with_formula
from glmocr_desktop.results.source import table_source
from glmocr_desktop.results.table import Table

_TYPING_MS = 400  # the other views follow when the typing rests


class ResultTabs(QTabWidget):
    """Rendered, source, tables and formulas of a page; what is changed in one of them, all others follow.

    Signals:
        corrected(Row, Result): A person changed the page.

    Thread: GUI.
    """

    corrected = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        # Editors that take the page up when they are looked at, and whether it is another page then.
        self._stale: dict[QWidget, bool] = {}
        self._received_shown = False
        self._source_changed = False  # by a person, and not kept yet
        self.corrections = Corrections(tasks, self)
        self.corrections.corrected.connect(self._on_corrected)
        self.rendered = RenderedView(tasks, self)
        self._source = SourceEdit(self)
        self._table = TableEditor(tasks, self)
        self._formula = FormulaEditor(tasks, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._commit_source)
        self._source.textChanged.connect(self._on_source_changed)
        self._table.changed.connect(self._on_table_changed)
        self._formula.changed.connect(self._on_formula_changed)
        for editor in (self._source, self._table, self._formula):
            editor.undo_pressed.connect(self.undo)
            editor.redo_pressed.connect(self.redo)
        self._lay_out()
        self.currentChanged.connect(self._on_current_changed)

    @property
    def received_shown(self) -> bool:
        """Whether the answer is shown as it was received."""
        return self._received_shown

    def show_result(self, row: Row, result: Result) -> None:
        """Show a page, or another state of it."""
        if result is self.corrections.result:
            return
        self.commit()
        self._received_shown = False
        self.corrections.begin(row, result)
        self._show(result, first=True)

    def show_pages(self, results: Sequence[Result]) -> None:
        """Show the pages of a document under each other; they are corrected one at a time."""
        self.clear_result()
        self.rendered.show_pages(results)
        self._show_tabs(source=False, table=False, formula=False)

    def clear_result(self) -> None:
        """Show nothing."""
        self.commit()
        self._received_shown = False
        self.corrections.end()
        self.rendered.show_result(None)
        self._stale = {}
        self._table.show_result(None, first=True)
        self._formula.show_result(None, first=True)

    def commit(self) -> None:
        """Keep what was changed so far, all of it and at once."""
        if not self._received_shown:
            self._table.commit()
            self._formula.commit()
            self._commit_source()
        self.corrections.finish()

    def undo(self) -> None:
        """Take the last change of the page back, wherever it was made."""
        if not self._received_shown:
            self.commit()
            self.corrections.undo()

    def redo(self) -> None:
        """Make the change that was taken back again."""
        if not self._received_shown:
            self.commit()
            self.corrections.redo()

    def undo_all(self) -> None:
        """Take all changes of the page back, in one step."""
        self.commit()
        self.show_received(False)
        self.corrections.add("all", as_received)

    def show_received(self, shown: bool) -> None:
        """Show the answer as it was received, which cannot be changed; or the page as it is now."""
        if shown == self._received_shown or self.corrections.result is None:
            return
        self.commit()
        self._received_shown = shown
        if shown:
            self._tasks.start(self._show_as_received(self.corrections.result))
        else:
            self._show(self.corrections.result, first=True)

    def show_block(self, index: int) -> None:
        """Show a part of the page where it can be corrected: a table, a formula, else the source."""
        result = self.corrections.result
        if result is None or self._received_shown:
            return
        block = result.blocks[index]
        if block.kind is BlockKind.TABLE:
            self.setCurrentWidget(self._table)
            self._table.show_block(index)
        elif any(formula.block == index for formula in page_formulas(result)):
            self.setCurrentWidget(self._formula)
            self._formula.show_block(index)
        else:
            self.setCurrentWidget(self._source)
            self._source.choose(*_span(result, index))

    def tint(self) -> None:
        """Take the colours of another palette."""
        self.rendered.tint()

    def _lay_out(self) -> None:
        self._source.setObjectName("sourceEdit")
        self.setObjectName("resultTabs")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for view in (self.rendered, self._source, self._table, self._formula):
            self.addTab(view, "")
        on_language(self, self._say_words)

    def _say_words(self) -> None:
        self._source.setAccessibleName(self.tr("Source of the result, can be corrected"))
        self.setAccessibleName(self.tr("Result"))
        self.tabBar().setAccessibleName(self.tr("Views of the result"))
        scroll = {"ScrollLeftButton": self.tr("Scroll left"), "ScrollRightButton": self.tr("Scroll right")}
        for button in self.tabBar().findChildren(QToolButton):  # Qt names them once
            button.setAccessibleName(scroll.get(button.objectName(), ""))
        titles = [self.tr("Rendered"), self.tr("Source"), self.tr("Table"), self.tr("Formula")]
        for at, title in enumerate(titles):
            self.setTabText(at, title)

    def _show(self, result: Result, *, first: bool) -> None:
        """Show a state of the page in all views; those that are not looked at take it up later."""
        self._show_tabs(
            source=True,
            table=any(block.kind is BlockKind.TABLE for block in result.blocks),
            formula=bool(page_formulas(result)),
        )
        self.rendered.show_result(result)
        self._source.setReadOnly(False)
        if first:
            self._source.begin(result.text)
            self._forget_typing()
        elif not self._typing.isActive() and self._source.toPlainText() != result.text:
            # Qt lays out what is put in anew when it is looked at; a change of a long line takes it long at once.
            follow = self._source.follow if self.currentWidget() is self._source else self._source.begin
            follow(result.text)
            self._forget_typing()
        self._stale = {editor: first or self._stale.get(editor, False) for editor in (self._table, self._formula)}
        self._freshen()

    def _show_tabs(self, *, source: bool, table: bool, formula: bool) -> None:
        shown = {self._source: source, self._table: table, self._formula: formula}
        if not shown.get(self.currentWidget(), True):
            self.setCurrentWidget(self.rendered)
        for view, visible in shown.items():
            self.setTabVisible(self.indexOf(view), visible)

    def _on_current_changed(self) -> None:
        if not self._received_shown:
            self._table.commit()
            self._formula.commit()
            self._commit_source()
        self._freshen()

    def _freshen(self) -> None:
        """Let the editor that is looked at take up the page as it is."""
        view, result = self.currentWidget(), self.corrections.result
        if view not in self._stale or result is None or self._received_shown or self.corrections.busy:
            return
        if view is self._table:
            self._table.show_result(result, first=self._stale[view])
        elif self._formula.typing:
            return
        else:
            self._formula.show_result(result, first=self._stale[view])
        del self._stale[view]

    async def _show_as_received(self, result: Result) -> None:
        received = await self._tasks.background(as_received, result)
        if not self._received_shown or result is not self.corrections.result:
            return
        self._show_tabs(source=True, table=False, formula=False)
        self.rendered.show_result(received)
        self._source.setReadOnly(True)
        self._source.begin(received.text)
        self._forget_typing()

    def _on_source_changed(self) -> None:
        self._source_changed = True
        self._typing.start()

    def _forget_typing(self) -> None:
        self._typing.stop()
        self._source_changed = False

    def _commit_source(self) -> None:
        typed = self._source_changed  # else the text may only be behind changes that are on their way
        self._forget_typing()
        text, result = self._source.toPlainText(), self.corrections.result
        if typed and result is not None and text != result.text and not self._source.isReadOnly():
            self.corrections.add("source", lambda page: with_text(page, text))

    def _on_table_changed(self, index: int, table: Table) -> None:
        self.corrections.add(("table", index), lambda page: _with_table(page, index, table))

    def _on_formula_changed(self, formula: PageFormula, latex: str) -> None:
        key = ("formula", formula.block, formula.order)
        self.corrections.add(key, lambda page: with_formula(page, formula, latex))

    def _on_corrected(self, row: Row, result: Result) -> None:
        self.corrected.emit(row, result)
        if result is self.corrections.result and not self.corrections.busy:
            self._show(result, first=False)


def _with_table(page: Result, index: int, table: Table) -> Result:
    """The page with another table; one that has none there any more stays as it is."""
    if index >= len(page.blocks) or page.blocks[index].kind is not BlockKind.TABLE:
        return page
    return with_block(page, index, table_source(table.rows()))


def _span(result: Result, index: int) -> tuple[int, int]:
    """Where the source of a block begins and ends in the text of its page."""
    begin = end = 0
    for block in result.blocks[: index + 1]:
        begin = max(result.text.find(block.source, end), end)
        end = begin + len(block.source)
    return begin, min(end, len(result.text))
