"""What can be done with the regions that are drawn on a page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Mode
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.page.regions import NOTHING, Regions

_ICONS = {Mode.TEXT: "text", Mode.TABLE: "table", Mode.FORMULA: "formula"}


class RegionBar(QWidget):
    """Stands above a page while its regions are drawn.

    Signals:
        read_pressed(): What was drawn shall be read, each by itself.
        crop_pressed(): The page shall be read as the chosen region only.

    Thread: GUI.
    """

    read_pressed = Signal()
    crop_pressed = Signal()

    def __init__(self, regions: Regions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("regionBar")
        self._regions = regions
        self._hint = QLabel(self)
        self._hint.setObjectName("regionHint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._modes: dict[Mode, QAction] = {}
        self._add = self._icon_button("addRegionButton", make_action(self, "add", self._add_words, regions.add))
        self._remove_action = make_action(self, "remove", self._remove_words, regions.remove)
        self._mode_row = QHBoxLayout()
        self._make_modes()
        self._read = QPushButton(self)
        self._read.setObjectName("readRegionsButton")
        self._read.clicked.connect(self.read_pressed)
        self._crop = QPushButton(self)
        self._crop.setObjectName("cropButton")
        self._crop.clicked.connect(self.crop_pressed)
        self._lay_out()
        regions.changed.connect(self._show_regions)
        regions.menu_wanted.connect(self._on_menu_wanted)
        on_language(self, self._say_words)
        self.hide()

    @property
    def hint(self) -> str:
        """What can be done now, in words."""
        return self._hint.text()

    def _make_modes(self) -> None:
        group = QActionGroup(self)
        for mode, icon in _ICONS.items():
            action = make_action(self, icon, partial(words.mode_word, mode))
            action.setCheckable(True)
            action.triggered.connect(partial(self._on_mode_chosen, mode))
            group.addAction(action)
            self._modes[mode] = action
            self._mode_row.addWidget(self._icon_button(f"region{mode.value.capitalize()}Button", action))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._add)
        buttons.addLayout(self._mode_row)
        buttons.addWidget(self._icon_button("removeRegionButton", self._remove_action))
        buttons.addStretch(1)
        buttons.addWidget(self._crop)
        buttons.addWidget(self._read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._hint)
        layout.addLayout(buttons)

    def _icon_button(self, name: str, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setMinimumSize(28, 28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        on_language(button, lambda: button.setAccessibleName(action.text()))
        return button

    def _add_words(self) -> str:
        return self.tr("Add a region (Insert)")

    def _remove_words(self) -> str:
        return self.tr("Remove the region (Del)")

    def _say_words(self) -> None:
        self.setAccessibleName(self.tr("Regions of the page"))
        self._crop.setText(self.tr("Crop"))
        self._crop.setToolTip(self.tr("Read this page as the chosen region only"))
        self._show_regions()

    def _show_regions(self) -> None:
        """Say what there is, and enable what can be done with it."""
        count, chosen = len(self._regions.parts), self._regions.chosen
        mode = self._regions.parts[chosen].mode if chosen != NOTHING else self._regions.mode
        self._modes[mode].setChecked(True)
        self._remove_action.setEnabled(chosen != NOTHING)
        self._crop.setEnabled(chosen != NOTHING)
        self._read.setEnabled(count > 0)
        one = self.tr("Read the region")
        self._read.setText(self.tr("Read {0} regions").format(count) if count > 1 else one)
        if chosen != NOTHING:
            text = self.tr("Region {0} of {1} · {2}. The arrow keys move it, with Shift they resize it.")
            text = text.format(chosen + 1, count, words.mode_word(mode))
        else:
            text = self.tr("Draw around what is to be read by itself. Insert adds a region, Esc leaves.")
        self._hint.setText(text)
        self._hint.setAccessibleName(text)

    def _on_mode_chosen(self, mode: Mode, _checked: bool = True) -> None:
        self._regions.set_mode(mode)

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([*self._modes.values()])
        menu.addSeparator()
        menu.addAction(self._remove_action)
        menu.popup(place)
