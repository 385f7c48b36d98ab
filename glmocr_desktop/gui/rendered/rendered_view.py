"""A result as it is meant to be read; it never loads anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontInfo,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextBrowser, QToolTip, QWidget

from glmocr_desktop.core.model import JobState, Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.clipboard import Clipboard, mime_data
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.rendered.formula_object import DISPLAY, LATEX, OBJECT_TYPE, FormulaObject, FormulaStore
from glmocr_desktop.gui.rendered.highlights import Highlights
from glmocr_desktop.gui.rendered.page_loader import PageLoader
from glmocr_desktop.gui.rendered.page_look import Look
from glmocr_desktop.gui.rendered.piece_writer import BLOCK, PAGE, PieceWriter
from glmocr_desktop.gui.rendered.rendering import Source
from glmocr_desktop.gui.rendered.selection import Selection
from glmocr_desktop.gui.theme import reading_font

if TYPE_CHECKING:
    from glmocr_desktop.gui.tasks import Tasks

_MARGIN_PX = 16
_STEP = 1.15
_LEAST_ZOOM, _MOST_ZOOM = 0.5, 4.0
_INDENT_EM = 1.7
_NOWHERE = (-1, -1)


class RenderedView(QTextBrowser):
    """Shows results; links lead nowhere.

    Results are prepared in the background and written a little at a time, so that long ones do not stop the window.

    Signals:
        shown(): Other results took the place of those before.
        loaded(): What is near to the reader is written, with its formulas.
        block_clicked(int, int): A block was clicked: its page, from 0 in what is shown, and its place on the page.
        block_hovered(int, int): The pointer is on another block, told in the same way; -1 twice for none.
        formula_menu_wanted(str, bool, QPoint): A formula was clicked with the right button: its LaTeX, whether it
            stands on its own line, and where on the screen.
        zoomed(float): Words are shown this many times as large as usual.

    Thread: GUI.
    """

    shown = Signal()
    loaded = Signal()
    block_clicked = Signal(int, int)
    block_hovered = Signal(int, int)
    formula_menu_wanted = Signal(str, bool, QPoint)
    zoomed = Signal(float)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = Clipboard(tasks, self)
        self._zoom = 1.0
        self._pressed_at = QPoint()
        self._wanted: tuple[Result, ...] = ()
        self._titled = False  # as the pages of a document are
        self._hovered = _NOWHERE
        self._set_up()
        store = FormulaStore()
        self._formulas = FormulaObject(store, self)
        self.document().documentLayout().registerHandler(OBJECT_TYPE, self._formulas)
        self._store = store
        self._loader = PageLoader(self, tasks, store, self._new_writer)
        self.highlights = Highlights(self, self._loader)
        self._loader.replaced.connect(self.shown)
        self._loader.loaded.connect(self.loaded)
        on_language(self, self._say_words)

    def _set_up(self) -> None:
        self.setObjectName("renderedView")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        # A bar that came and went would change the width, and with it every line.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAcceptDrops(False)  # the window takes them
        self.viewport().setAcceptDrops(False)
        self.document().setDocumentMargin(_MARGIN_PX)

    def _say_words(self) -> None:
        self.setAccessibleName(self.tr("Result"))
        self._show()

    @property
    def zoom(self) -> float:
        """How many times as large as usual words are."""
        return self._zoom

    @property
    def results(self) -> tuple[Result, ...]:
        """What is shown."""
        return tuple(source.result for source in self._loader.sources)

    def page_of(self, result: Result | None) -> int | None:
        """The place of a result among those that are shown; None when it is not."""
        job = result.job.id if result is not None else ""
        return next((at for at, each in enumerate(self.results) if each.job.id == job), None)

    @property
    def busy(self) -> bool:
        """Whether something near to the reader is still to be written."""
        return self._loader.busy

    def show_result(self, result: Result | None) -> None:
        """Show a page, or nothing; a corrected one where the one before was looked at."""
        self._wanted, self._titled = (result,) if result is not None else (), False
        self._show()

    def show_pages(self, results: Sequence[Result]) -> None:
        """Show pages below each other; it may be called again and again while a document is being read."""
        self._wanted, self._titled = tuple(results), True
        self._show()

    def _show(self) -> None:
        title = self.tr("Page {0}") if self._titled else ""
        self._loader.show([Source(each, title.format(each.job.page.number), self._note(each)) for each in self._wanted])

    def _note(self, result: Result) -> str:
        if result.state is JobState.DONE:
            return ""
        reason = words.failure_words(result.error) if result.error else ""
        return self.tr("Page {0} was not read. {1}").format(result.job.page.number, reason).strip()

    # Looks

    def zoom_in(self) -> None:
        """Show everything larger."""
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self.set_zoom(self._zoom / _STEP)

    def reset_zoom(self) -> None:
        """Show everything as large as usual."""
        self.set_zoom(1.0)

    def set_zoom(self, factor: float) -> None:
        """Show words so many times as large as usual, from 0.5 to 4; it stays so for other results."""
        factor = min(max(factor, _LEAST_ZOOM), _MOST_ZOOM)
        if factor == self._zoom:
            return
        before, self._zoom = self._zoom, factor
        self._loader.restyle(factor / before)
        self.zoomed.emit(factor)

    def tint(self) -> None:
        """Take the colours of another palette."""
        self._loader.restyle()

    def _new_writer(self) -> PieceWriter:
        font = self._font()
        look = Look.of(font, self.palette(), self.viewport().width() - 2 * _MARGIN_PX)
        self._formulas.colour = self.palette().color(QPalette.ColorRole.Text)
        document = self.document()
        if document.defaultFont() != font:
            document.setDefaultFont(font)
        document.setIndentWidth(_INDENT_EM * look.em_px)
        return PieceWriter(look, self._store, self._formulas)

    def _font(self) -> QFont:
        font = reading_font(self.font())
        if font.pointSizeF() <= 0:
            font.setPointSizeF(QFontInfo(font).pointSizeF())
        font.setPointSizeF(font.pointSizeF() * self._zoom)
        return font

    # What a person does

    def copy_selection(self) -> None:
        """Copy what is selected: as text at once, and in all flavours as soon as they are made."""
        selection = Selection(self._loader, self.textCursor(), self._store)
        if not selection.empty:
            self._clipboard.put(selection.quick_flavours())
            self._clipboard.put_later(selection.flavours)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is dragged to another program, or taken there by the middle button."""
        return mime_data(Selection(self._loader, self.textCursor(), self._store).quick_flavours())

    def event(self, event: QEvent) -> bool:
        """Keys that are the window's elsewhere are this view's while it is used."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                event.setAccepted(self.textCursor().hasSelection())  # else the window copies the selected pages
                return True
            if self._zoom_key(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying, and the keys of zooming."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.textCursor().hasSelection():
            self.copy_selection()
        elif key := self._zoom_key(event):
            {"+": self.zoom_in, "-": self.zoom_out, "0": self.reset_zoom}[key]()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _zoom_key(event: QKeyEvent) -> str:
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            return "+"
        if event.matches(QKeySequence.StandardKey.ZoomOut):
            return "-"
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return "0" if control and event.key() == Qt.Key.Key_0 else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if steps := event.angleDelta().y() / 120:
                self.set_zoom(self._zoom * _STEP**steps)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects nothing is a click on a block."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        near = (place - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        if event.button() is Qt.MouseButton.LeftButton and near and not self.textCursor().hasSelection():
            page, block = self._block_at(place)
            if block >= 0:
                event.accept()
                self.block_clicked.emit(page, block)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which block is under the pointer."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self._block_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No block is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(_NOWHERE)

    def _hover(self, place: tuple[int, int]) -> None:
        if place != self._hovered:
            self._hovered = place
            self.block_hovered.emit(*place)

    def _block_at(self, place: QPoint) -> tuple[int, int]:
        """The page and the block at a place in the view."""
        found = self.cursorForPosition(place).blockFormat()
        if found.hasProperty(BLOCK) and found.intProperty(BLOCK) >= 0:
            return found.intProperty(PAGE), found.intProperty(BLOCK)
        return _NOWHERE

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of the formula, or of the selection."""
        found = self._format_at(event.pos())
        if found.hasProperty(LATEX):
            self.formula_menu_wanted.emit(str(found.property(LATEX)), bool(found.property(DISPLAY)), event.globalPos())
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), self.copy_selection)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction(self.tr("Select all"), self.selectAll)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """What is wrong with a formula is said in the language of the moment."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._formulas.tip(self._format_at(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _format_at(self, place: QPoint) -> QTextFormat:
        """How the words at a place of the viewport are written."""
        bars = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self.document().documentLayout().formatAt((place + bars).toPointF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only what is seen is laid out at once."""
        if event.oldSize().width() == event.size().width():
            super().resizeEvent(event)
            self._loader.go_on()
        else:
            self._loader.resized(lambda: super(RenderedView, self).resizeEvent(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Selected formulas are drawn above their selection."""
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setClipRegion(event.region())
            self._formulas.draw_selected(painter)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing is ever loaded, from nowhere."""
        return None
