"""What is chosen in the toolbar holds for the pages that are read from now on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import Limits, Mode
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.limiting import Limiting
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.tool_bar import ToolBar


class ReadingChoices(QObject):
    """Stands between the toolbar and reading: modes, own prompts and limits.

    Thread: GUI.
    """

    def __init__(
        self, tools: ToolBar, reading: Reading, limiting: Limiting, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._reading = reading
        tools.mode_chosen.connect(self._on_mode_chosen)
        tools.prompt_chosen.connect(self._on_prompt_chosen)
        tools.timeout_chosen.connect(self._on_timeout_chosen)
        limiting.changed.connect(self._show_limits)
        tools.set_prompts(settings.prompts)
        tools.set_mode(reading.mode)
        self._show_limits(reading.limits)

    def follow(self, before: Settings, now: Settings) -> None:
        """Choose what is new in the settings; what was chosen here and is not new there stays."""
        if now.own_prompts != before.own_prompts:
            self._tools.set_prompts(now.prompts)
        if now.mode is not before.mode:
            self._tools.set_mode(now.mode)
        if now.limits != before.limits:
            self._reading.limits = now.limits
            self._show_limits(now.limits)

    def _show_limits(self, limits: Limits) -> None:
        self._tools.set_timeout(limits.total_s)

    def _on_mode_chosen(self, mode: object) -> None:
        self._reading.mode = mode  # type: ignore[assignment]  # a Mode, by the signal's word
        self._reading.own_prompt = None

    def _on_prompt_chosen(self, prompt: object) -> None:
        self._reading.mode = Mode.TEXT
        self._reading.own_prompt = prompt  # type: ignore[assignment]  # an OwnPrompt, by the signal's word

    def _on_timeout_chosen(self, timeout_s: int) -> None:
        self._reading.limits = replace(self._reading.limits, total_s=float(timeout_s))
