"""How long the parts of reading a page may take."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.model import Limits
from glmocr_desktop.gui.setting_editors import NumberEditor, add_setting, make_form, make_hint
from glmocr_desktop.gui.settings.calm_wheel import CalmWheel

# Each part by the setting that declares its words and range, in the order in which a page meets them.
_PARTS = {
    "timeout_s": "total_s",
    "connect_timeout_s": "connect_s",
    "upload_timeout_s": "upload_s",
    "lane_wait_s": "lane_wait_s",
    "queue_wait_s": "queue_wait_s",
    "silence_s": "silence_s",
    "first_timeout_s": "first_s",
    "retry_timeout_s": "retry_s",
    "degraded_timeout_s": "degraded_s",
}
_WIDTH_PX = 480
_HEIGHT_PX = 560


class LimitsDialog(QDialog):
    """Asks for the limits of pages that are read from now on, or of some pages.

    Args:
        limits: Those to begin with.
        usual: Those of the settings.
        what: Which pages the limits are for, in words.
        accept_words: What the button does.

    Signals:
        chosen(Limits): What was entered.

    Thread: GUI.
    """

    chosen = Signal(object)

    def __init__(self, limits: Limits, usual: Limits, what: str, accept_words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("limitsDialog")
        self.setWindowTitle(self.tr("Time limits"))
        self.resize(_WIDTH_PX, _HEIGHT_PX)
        self._editors: dict[str, NumberEditor] = {}
        form_widget = QWidget(self)
        form = make_form(form_widget)
        form.addRow(make_hint(what, form_widget))
        for name, part in _PARTS.items():
            editor = add_setting(form, name, getattr(limits, part))
            assert isinstance(editor, NumberEditor)
            self._editors[part] = editor
        CalmWheel(form_widget)
        scroll = QScrollArea(self)
        scroll.setWidget(form_widget)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(self)
        buttons.setContentsMargins(16, 4, 16, 12)
        buttons.addButton(accept_words, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        reset = buttons.addButton(self.tr("Reset to the settings"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.clicked.connect(lambda: self._show(usual))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)

    def _show(self, limits: Limits) -> None:
        for part, editor in self._editors.items():
            editor.setValue(getattr(limits, part))

    def _on_accepted(self) -> None:
        self.chosen.emit(Limits(**{part: editor.value() for part, editor in self._editors.items()}))
        self.accept()
