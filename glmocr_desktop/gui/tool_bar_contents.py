"""Which buttons the toolbar has, from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from glmocr_desktop.gui.commands import Commands
    from glmocr_desktop.gui.help.help_menu import Help
    from glmocr_desktop.gui.tool_bar import ToolBar


def fill_tool_bar(tools: ToolBar, commands: Commands, help_menu: Help) -> None:
    """Add everything: what comes in, how it is read, what goes out, and what is about the program."""
    output = commands.output
    tools.add_menu_button(commands.add, "addFilesButton", [commands.add_files, commands.add_folder])
    tools.add_button(commands.paste, "pasteButton")
    again = QMenu(tools)
    again.addAction(commands.capture_again)
    tools.add_split_button(commands.capture, "captureButton", again)
    tools.addSeparator()
    tools.add_modes()
    tools.add_timeout()
    tools.add_button(commands.limits, "limitsButton", icon_only=True)
    tools.addSeparator()
    tools.add_button(commands.read, "readButton")
    tools.add_button(commands.cancel_all, "cancelAllButton")
    tools.add_button(commands.pause_all, "pauseButton", icon_only=True)
    tools.add_space()
    tools.add_split_button(output.copy, "copyButton", output.copy_as)
    entries = [output.export_scope, None, *output.exports, None, output.export_with_choices]
    menu = tools.add_menu_button(output.export, "exportButton", entries)
    menu.aboutToShow.connect(output.prepare_export_menu)
    output.export.triggered.connect(lambda: tools.open_menu("exportButton"))
    tools.add_button(commands.history, "historyButton", icon_only=True)
    tools.add_button(commands.metrics, "metricsButton", icon_only=True)
    tools.add_button(commands.settings, "settingsButton", icon_only=True)
    tools.add_menu_button(help_menu.help, "helpButton", help_menu.entries, icon_only=True)
    help_menu.help.triggered.connect(lambda: tools.open_menu("helpButton"))
