"""How a row of the tree is painted, and where its button is."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.document_model import NAME, DocumentModel
from glmocr_desktop.gui.rows import Row, RowState, Turn
from glmocr_desktop.gui.theme import mixed, small_font
from glmocr_desktop.gui.thumbnails import Thumbnails

TOP_HEIGHT_PX = 48
PAGE_HEIGHT_PX = 32
BUTTON_PX = 28
BUTTON_COLUMN_PX = 40
_PICTURE_PX = 32
_SMALL_PICTURE_PX = 24
_GAP_PX = 8

_PULSE_S = 1.6
_Index = QModelIndex | QPersistentModelIndex


def button_kind(row: Row) -> str | None:
    """What the button of a row does: "cancel", "retry" or "unlock"; None when there is none."""
    state = row.state
    if state.active:
        return "cancel"
    if state is RowState.LOCKED:
        return "unlock"
    retried = state in (RowState.FAILED, RowState.TIMED_OUT, RowState.CANCELLED)
    return "retry" if retried and any(page.page for page in row.pages()) else None


class DocumentDelegate(QStyledItemDelegate):
    """Paints rows: picture, name, state in words, progress, and one button.

    Thread: GUI.
    """

    def __init__(self, model: DocumentModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails

    @staticmethod
    def button_rect(cell: QRect) -> QRect:
        """Where the button is in the state's cell."""
        rect = QRect(0, 0, BUTTON_PX, BUTTON_PX)
        rect.moveCenter(cell.center())
        return rect

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Heights never depend on what a row says."""
        line_px = option.fontMetrics.height()
        if index.parent().isValid():
            return QSize(0, max(PAGE_HEIGHT_PX, line_px + _GAP_PX))
        return QSize(0, max(TOP_HEIGHT_PX, 2 * line_px + 2 * _GAP_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One cell of a row."""
        row = self._model.row_of(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if index.column() == NAME:
            self._paint_name(painter, option, row)
        else:
            self._paint_button(painter, option, row)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """The button has a tooltip of its own."""
        row = self._model.row_of(index)
        if event.type() == QEvent.Type.ToolTip and row is not None and index.column() != NAME:
            text = self._button_words(row)
            if text and self.button_rect(view.visualRect(index)).contains(event.pos()):
                QToolTip.showText(event.globalPos(), text, view)
                return True
        return super().helpEvent(event, view, option, index)

    def _button_words(self, row: Row) -> str:
        return {
            "cancel": self.tr("Cancel (Esc)"),
            "retry": self.tr("Read again"),
            "unlock": self.tr("Enter the password"),
            None: "",
        }[button_kind(row)]

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        rect: QRect = option.rect.adjusted(2, 0, 0, 0)
        palette: QPalette = option.palette
        side = _SMALL_PICTURE_PX if row.parent else _PICTURE_PX
        picture = QRect(rect.left() + 2, rect.center().y() - side // 2 + 1, side, side)
        self._paint_picture(painter, picture, row, palette)
        left = picture.right() + 1 + _GAP_PX
        text = QRect(left, rect.top(), rect.right() - left, rect.height())
        title = str(self._model.index_of(row).data())
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        if row.parent:
            used = QFontMetrics(option.font).horizontalAdvance(title)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, title)
            state = text.adjusted(used + 16, 0, 0, 0)
            self._paint_state(painter, option, state, row, Qt.AlignmentFlag.AlignRight)
        else:
            upper, lower = text.adjusted(0, 6, 0, -text.height() // 2), text.adjusted(0, text.height() // 2, 0, -6)
            elided = QFontMetrics(option.font).elidedText(title, Qt.TextElideMode.ElideMiddle, upper.width())
            painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, elided)
            self._paint_state(painter, option, lower, row, Qt.AlignmentFlag.AlignLeft)
        if row.state is RowState.READING or (row.children and row.state.active and _share(row)):
            self._paint_progress(painter, QRect(left, rect.bottom() - 2, text.width(), 2), row, palette)

    def _paint_picture(self, painter: QPainter, rect: QRect, row: Row, palette: QPalette) -> None:
        page = row.first_page
        picture = self._thumbnails.get(page) if page else None
        if picture is None or picture.isNull():
            name = "locked" if row.state is RowState.LOCKED else "documents"
            colour = mixed(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.5)
            inner = QRect(0, 0, 20, 20)
            inner.moveCenter(rect.center())
            painter.drawPixmap(inner, icons.pixmap(name, 20, colour, painter.device().devicePixelRatio()))
            return
        size = picture.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(rect.center())
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(target, _shrunk(picture, size * ratio))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(mixed(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.3), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_state(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row, align: Qt.AlignmentFlag
    ) -> None:
        font, state = small_font(option.font), row.state
        colour = words.state_colour(state, option.palette)
        icon_px, gap_px = 14, 5
        metrics = QFontMetrics(font)
        word = words.state_word(state)
        word_px = metrics.horizontalAdvance(word)
        parts = self._details(row)
        room_px = rect.width() - icon_px - gap_px - word_px
        while len(parts) > 1 and metrics.horizontalAdvance(_joined(parts)) > room_px:
            del parts[0]  # the mode is what one can do without
        details = _joined(parts)
        width = icon_px + gap_px + word_px + metrics.horizontalAdvance(details)
        left = rect.left() if align is Qt.AlignmentFlag.AlignLeft else max(rect.left(), rect.right() - width)
        mark = QRect(left, rect.center().y() - icon_px // 2 + 1, icon_px, icon_px)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(mark, icons.pixmap(words.state_icon(state), icon_px, colour, ratio))
        _draw(
            painter, QRect(mark.right() + 1 + gap_px, rect.top(), rect.right(), rect.height()), rect, word, font, colour
        )
        rest = QRect(mark.right() + 1 + gap_px + word_px, rect.top(), rect.right(), rect.height())
        muted = mixed(option.palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.72)
        _draw(painter, rest, rect, details, font, muted)

    def _details(self, row: Row) -> list[str]:
        """What follows the state's word."""
        if row.children:
            done = self.tr("{0} of {1}").format(row.done_count, len(row.children))
            failed = row.counts[RowState.FAILED] + row.counts[RowState.TIMED_OUT]
            return [done, self.tr("{0} failed").format(failed)] if failed else [done]
        if row.failure is not None and row.state not in (RowState.CANCELLED, RowState.LOCKED):  # these words say it
            return [words.failure_words(row.failure)]
        parts: list[str] = []
        if row.job is not None and not (row.parent and row.state is RowState.PARKED):
            parts.append(words.mode_word(row.job.mode))
        if row.turn is not Turn.USUAL and row.state in (RowState.WAITING, RowState.PAUSED):
            parts.append(self.tr("read first") if row.turn is Turn.FIRST else self.tr("read last"))
        if row.state is RowState.READING and row.began_s is not None:
            waited = words.phase_words(row.progress) if row.waits_since_s is not None else ""
            parts.append(waited or words.seconds(int(time.monotonic() - row.began_s)))
        elif row.result is not None and row.result.elapsed_s:
            parts.append(words.seconds(row.result.elapsed_s))
        if row.corrected:
            parts.append(self.tr("corrected"))
        if row.doubtful:
            parts.append(self.tr("please check"))
        return parts

    def _paint_progress(self, painter: QPainter, rect: QRect, row: Row, palette: QPalette) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.15))
        painter.drawRect(rect)
        painter.setBrush(words.state_colour(RowState.READING, palette))
        share = _share(row)
        if share is not None:
            painter.drawRect(QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()))
            return
        length = rect.width() * 0.25
        phase = time.monotonic() % _PULSE_S / _PULSE_S
        way = 2 * phase if phase < 0.5 else 2 - 2 * phase
        painter.drawRect(QRectF(rect.left() + way * (rect.width() - length), rect.top(), length, rect.height()))

    def _paint_button(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        kind = button_kind(row)
        if kind is None:
            return
        rect = self.button_rect(option.rect)
        view = option.widget
        palette: QPalette = option.palette
        if isinstance(view, QAbstractItemView) and option.state & QStyle.StateFlag.State_MouseOver:
            position = view.viewport().mapFromGlobal(view.cursor().pos())
            if rect.contains(position):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mixed(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.12))
                painter.drawRoundedRect(rect, 5, 5)
        name = {"cancel": "close", "retry": "retry", "unlock": "locked"}[kind]
        mark = QRect(0, 0, 18, 18)
        mark.moveCenter(rect.center())
        colour = mixed(palette, QPalette.ColorRole.Text, QPalette.ColorRole.Base, 0.85)
        painter.drawPixmap(mark, icons.pixmap(name, 18, colour, painter.device().devicePixelRatio()))


def _joined(parts: list[str]) -> str:
    return "".join(f" · {part}" for part in parts)


def _draw(painter: QPainter, rect: QRect, bounds: QRect, text: str, font: QFont, colour: QColor) -> None:
    area = rect.intersected(bounds)
    painter.setFont(font)
    painter.setPen(colour)
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)


def _share(row: Row) -> float | None:
    """How much of a row is done, from 0 to 1."""
    if row.children:
        return sum(count for state, count in row.counts.items() if not state.active) / len(row.children)
    return row.progress.fraction if row.progress else None


def _shrunk(picture: QPixmap, size: QSize) -> QPixmap:
    """A picture at the size at which it is painted again and again."""
    key = f"{picture.cacheKey()}:{size.width()}x{size.height()}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        QPixmapCache.insert(key, found)
    return found
