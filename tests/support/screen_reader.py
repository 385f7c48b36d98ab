"""A person who works by a screen reader: a program of the system's Python, which has the bindings of AT-SPI.

``python3 screen_reader.py FILE WORD`` finds the window on the accessibility bus, adds the file, waits until it is read,
looks for the word in its result, and prints what it heard as one JSON object. It touches nothing but the bus.
"""

import json
import sys
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - its version has to be asked for before

_PATIENCE_S = 60
_MOST = 4000  # widgets looked at in one walk


def walk(top):
    """All that is below, breadth first."""
    waiting = [top]
    seen = 0
    while waiting and seen < _MOST:
        node = waiting.pop(0)
        seen += 1
        yield node
        try:
            waiting += [each for each in (node.get_child_at_index(i) for i in range(node.get_child_count())) if each]
        except gi.repository.GLib.Error:
            continue  # it has gone since


def wait_for(look, what):
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except gi.repository.GLib.Error:
            pass
        threading.Event().wait(0.1)  # the bus tells of too much to listen to all of it
    raise SystemExit(f"never seen: {what}")


def window():
    desktop = Atspi.get_desktop(0)
    for app in (desktop.get_child_at_index(i) for i in range(desktop.get_child_count())):
        for frame in (app.get_child_at_index(i) for i in range(app.get_child_count())) if app else ():
            if frame and _id(frame).endswith("mainWindow"):
                return app
    return None


def _id(node):
    return node.get_accessible_id() or ""  # nothing when it has gone since


def by_id(app, name):
    """The widget with this object name."""
    return wait_for(lambda: next((each for each in walk(app) if _id(each).split(".")[-1] == name), None), name)


def press(node):
    Atspi.Action.do_action(node.get_action_iface(), 0)


def text_of(node):
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else node.get_name()


def cells(tree):
    """What the cells of a tree are called."""
    return [name for each in walk(tree) if (name := each.get_name())]


def named(app, role, name):
    return wait_for(
        lambda: next((e for e in walk(app) if e.get_role_name() == role and e.get_name().startswith(name)), None), name
    )


def main(path, word):
    heard = {}
    app = wait_for(window, "the window")
    heard["health"] = wait_for(
        lambda: (text := by_id(app, "healthLabel").get_name()).startswith("Down") and text, "a server that is down"
    )
    heard["engine"] = by_id(app, "engineLabel").get_name()
    table = by_id(app, "modeTableButton")
    press(table)
    wait_for(lambda: table.get_state_set().contains(Atspi.StateType.CHECKED), "table mode")
    press(by_id(app, "modeTextButton"))
    heard["buttons"] = {
        name: by_id(app, name).get_name()
        for name in ("addFilesButton", "pasteButton", "readButton", "cancelAllButton", "settingsButton")
    }
    press(named(by_id(app, "emptyView"), "push button", "Add files"))
    edit = by_id(app, "fileNameEdit")
    Atspi.EditableText.set_text_contents(edit.get_editable_text_iface(), path)
    press(named(app, "push button", "Open"))
    tree = by_id(app, "documentView")
    wait_for(lambda: "Done offline" in cells(tree), "Done offline")
    heard["cells"] = cells(tree)
    view = by_id(app, "renderedView")
    heard["result"] = wait_for(lambda: word in (text := text_of(view)) and text, "the result")
    heard["progress"] = by_id(app, "progressLabel").get_name()
    press(by_id(app, "settingsButton"))
    dialog = by_id(app, "settingsDialog")
    heard["settings"] = dialog.get_name()
    press(named(dialog, "push button", "Cancel"))
    print(json.dumps(heard))


if __name__ == "__main__":
    main(*sys.argv[1:])
