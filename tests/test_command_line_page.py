"""docs/command-line.md says what the program does today."""

from __future__ import annotations

from glmocr_desktop.cli import COMMANDS
from scripts import command_line


def test_the_page_is_current() -> None:
    """When it is not: ``make docs``."""
    assert tuple(command_line.commands()) == COMMANDS
    assert command_line.PAGE.read_text(encoding="utf-8") == command_line.page()
