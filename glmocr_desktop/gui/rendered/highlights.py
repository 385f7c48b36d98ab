"""Marks what was looked for or pointed at, in what is seen of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QGuiApplication, QTextBlock, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from glmocr_desktop.core.model import Style
from glmocr_desktop.gui import words
from glmocr_desktop.gui.rendered.document_runs import stretches
from glmocr_desktop.gui.rendered.finding import Search
from glmocr_desktop.gui.rendered.piece_writer import BLOCK, PAGE
from glmocr_desktop.gui.theme import selection_colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glmocr_desktop.gui.rendered.page_flow import Slot
    from glmocr_desktop.gui.rendered.page_loader import PageLoader

# Ground and, where it is not the text's, letters of places in sight, and of the one that was stepped to.
_ON_LIGHT = ("#ffe28a", ""), ("#f5a623", "#000000")
_ON_DARK = ("#5c4700", ""), ("#f0c35c", "#000000")
_MOST = 500  # marks at once: every one is looked at whenever a line is painted


class Highlights(QObject):
    """Marks all places in sight, and the one that a person has stepped to more strongly.

    Thread: GUI.
    """

    def __init__(self, view: QTextEdit, loader: PageLoader) -> None:
        super().__init__(view)
        self._view = view
        self._loader = loader
        self._search = Search("")
        self._wanted: tuple[int, int] | None = None
        self._current: tuple[int, int] | None = None
        self._lit: tuple[int, int] | None = None
        self._wanted_block: tuple[int, int] | None = None
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._mark())
        loader.replaced.connect(self._on_replaced)
        loader.changed.connect(self._follow)

    def set_search(self, search: Search) -> None:
        """Mark other places."""
        self._search = search
        self._wanted = self._current = None
        self._mark()

    def show_occurrence(self, page: int, occurrence: int) -> None:
        """Bring one of the places on a page into sight, as soon as the page is there.

        Args:
            page: Its place among the results that are shown.
            occurrence: Which place on the page, from 0.
        """
        self._wanted = self._current = (page, occurrence)
        self._follow()

    def light_block(self, page: int, block: int) -> None:
        """Mark a block that is pointed at elsewhere.

        Args:
            page: Its page's place among the results that are shown.
            block: Its place on the page; a negative one marks none.
        """
        lit = (page, block) if block >= 0 else None
        if lit != self._lit:
            self._lit = lit
            self._mark()

    def show_block(self, page: int, block: int) -> None:
        """Mark a block and bring it into sight, as soon as its page is there."""
        self._lit = self._wanted_block = (page, block)
        self._follow()

    def _follow(self) -> None:
        """The document has changed: go to the wanted place if it is there now, and mark what is seen."""
        if self._wanted_block is not None:
            self._follow_block(*self._wanted_block)
        if self._wanted is not None:
            found = self._place(*self._wanted)
            at = self._loader.flow.first_of_page(self._wanted[0])
            if found is not None:
                self._wanted = None
                self._bring_into_sight(*found)
            elif at is not None:
                self._loader.reveal(at)  # pages are loaded from the place in sight on
        self._mark()

    def _follow_block(self, page: int, block: int) -> None:
        slots = self._loader.flow.slots
        at = next((at for at, slot in enumerate(slots) if slot.page == page and _has(slot, block)), None)
        if at is not None:
            self._wanted_block = None
            self._loader.reveal(at)
            for begin in self._paragraphs(at, (page, block)):
                self._scroll_to(begin.position())
                return
        elif (first := self._loader.flow.first_of_page(page)) is not None:
            self._loader.reveal(first)

    def _on_replaced(self) -> None:
        self._current = self._lit = self._wanted_block = None

    def _place(self, page: int, occurrence: int) -> tuple[int, int] | None:
        """The slot of a place, and which place in it; None while the page is not prepared."""
        left = occurrence
        for at, slot in enumerate(self._loader.flow.slots):
            if slot.page != page:
                continue
            if slot.chunk is None:
                return None
            count = sum(self._search.count(piece.texts()) for piece in slot.chunk if piece.block >= 0)
            if left < count:
                return at, left
            left -= count
        return None

    def _bring_into_sight(self, at: int, occurrence: int) -> None:
        self._loader.reveal(at)
        places = list(self._places(at))
        if occurrence < len(places):
            self._scroll_to(places[occurrence][0])

    def _scroll_to(self, position: int) -> None:
        view = self._view
        cursor = QTextCursor(view.document())
        cursor.setPosition(position)
        rect = view.cursorRect(cursor)
        if not view.viewport().rect().adjusted(0, 24, 0, -24).contains(rect.center()):
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + rect.center().y() - view.viewport().height() // 3)

    def _paragraphs(self, at: int, lit: tuple[int, int]) -> Iterator[QTextBlock]:
        """The paragraphs of a block in a slot that is written."""
        flow = self._loader.flow
        paragraph, end = flow.first_block(at), flow.start(at + 1)
        while paragraph.isValid() and paragraph.position() < end:
            made = paragraph.blockFormat()
            if made.hasProperty(BLOCK) and (made.intProperty(PAGE), made.intProperty(BLOCK)) == lit:
                yield paragraph
            paragraph = paragraph.next()

    def _places(self, at: int) -> Iterator[tuple[int, int]]:
        """Where something is found in a slot that is written: positions in the document."""
        flow = self._loader.flow
        block, end = flow.first_block(at), flow.start(at + 1)
        while block.isValid() and block.position() < end:
            if block.blockFormat().hasProperty(BLOCK) and block.blockFormat().intProperty(BLOCK) >= 0:
                yield from self._found(block)
            block = block.next()

    def _found(self, block: QTextBlock) -> Iterator[tuple[int, int]]:
        parts = list(stretches(block))
        matches = self._search.matches([part.run for part in parts])
        if not matches:
            return
        # From characters of the text to places in the document, which counts in UTF-16.
        places: list[tuple[int, int]] = []
        for part in parts:
            if Style.FORMULA in part.run.style:
                places.append((part.begin, part.end))
                continue
            position = part.begin
            for sign in part.run.text:
                width = 2 if ord(sign) > 0xFFFF else 1
                places.append((position, position + width))
                position += width
        for match in matches:
            yield places[match.begin][0], places[match.end - 1][1]

    def _mark(self) -> None:
        selections = list(self._lit_paragraphs())
        slots = self._loader.flow.slots
        if self._search and slots:
            current = self._place(*self._current) if self._current else None
            colours = _ON_DARK if words.is_dark(QGuiApplication.palette()) else _ON_LIGHT
            usual, strong = map(_format, colours)
            for at in self._loader.seen():
                if not slots[at].live:
                    continue
                for number, (begin, end) in enumerate(self._places(at)):
                    selection = QTextEdit.ExtraSelection()
                    cursor = QTextCursor(self._view.document())
                    cursor.setPosition(begin)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    selection.cursor = cursor
                    selection.format = strong if current == (at, number) else usual
                    selections.append(selection)
        if selections or self._view.extraSelections():
            self._view.setExtraSelections(selections[:_MOST])

    def _lit_paragraphs(self) -> Iterator[QTextEdit.ExtraSelection]:
        """The block that is pointed at, in what is seen of it."""
        slots = self._loader.flow.slots
        if self._lit is None or not slots:
            return
        ground = QTextCharFormat()
        ground.setBackground(selection_colour(QGuiApplication.palette()))
        ground.setProperty(QTextFormat.Property.FullWidthSelection.value, True)
        for at in self._loader.seen():
            if slots[at].live and slots[at].page == self._lit[0]:
                for paragraph in self._paragraphs(at, self._lit):
                    selection = QTextEdit.ExtraSelection()
                    selection.cursor = QTextCursor(paragraph)
                    selection.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                    selection.format = ground
                    yield selection


def _has(slot: Slot, block: int) -> bool:
    return slot.chunk is not None and any(piece.block == block for piece in slot.chunk)


def _format(colours: tuple[str, str]) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(colours[0]))
    if colours[1]:
        made.setForeground(QColor(colours[1]))
    return made
