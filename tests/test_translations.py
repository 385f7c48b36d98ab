"""Everything that the window says can be said in Chinese, and is."""

from __future__ import annotations

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from scripts import translations

_FOLDER = translations.ROOT / "resources" / "translations"
_TS = _FOLDER / f"{translations.NAME}.ts"
_QM = _TS.with_suffix(".qm")
_PLACE = re.compile(r"\{[^{}]*\}")


def _messages(ts: Path) -> dict[tuple[str, str], str]:
    """What a finished translation says, by context and source."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): _finished(message)
        for context in ET.parse(ts).getroot().iter("context")
        for message in context.iter("message")
    }


def _finished(message: ET.Element) -> str:
    translation = message.find("translation")
    return translation.text or "" if translation is not None and translation.get("type") is None else ""


def test_every_text_of_today_is_translated_and_no_other_is_kept(tmp_path: Path) -> None:
    today = shutil.copy(_TS, tmp_path)
    translations.update(Path(today))
    said = _messages(Path(today))
    assert said.keys() == _messages(_TS).keys(), "run `make translations`"
    assert [source for source, translation in said.items() if not translation.strip()] == []
    gathered = {(context, text) for context, texts in translations.gathered_texts().items() for text in texts}
    assert gathered <= said.keys()
    assert ("States", "Done") in said  # what stands in the code of the window


def test_no_text_of_the_window_is_overlooked() -> None:
    """Qt's tool does not look into f-strings, for example."""
    known = _messages(_TS).keys()
    for path in sorted((translations.PACKAGE / "gui").rglob("*.py")):
        asked = set(_asked_for(ast.parse(path.read_text(encoding="utf-8")), ""))
        assert asked <= known, path.name


def _asked_for(node: ast.AST, context: str) -> Iterator[tuple[str, str]]:
    """The contexts and sources that code gives literally."""
    if isinstance(node, ast.ClassDef):
        context = node.name
    if isinstance(node, ast.Call) and (texts := [each.value for each in node.args if isinstance(each, ast.Constant)]):
        if _name(node.func) == "tr":
            yield context, str(texts[0])
        elif _name(node.func) == "translate" and len(texts) == 2:
            yield str(texts[0]), str(texts[1])
    for child in ast.iter_child_nodes(node):
        yield from _asked_for(child, context)


def test_qt_reads_what_the_translator_wrote(tmp_path: Path) -> None:
    rebuilt = tmp_path / _QM.name
    translations.release(_TS, rebuilt)
    for path in (rebuilt, _QM):
        read = QTranslator()
        assert read.load(str(path))
        wrong = {key: found for key, text in _messages(_TS).items() if (found := read.translate(*key)) != text}
        assert wrong == {}, "run `make translations`"


def test_a_translation_names_what_its_source_names() -> None:
    differing = {
        source: text
        for (_, source), text in _messages(_TS).items()
        if sorted(set(_PLACE.findall(source))) != sorted(set(_PLACE.findall(text)))
        or source.count("}}") != text.count("}}")
    }
    assert differing == {}


# What is shown, but not translated

_SHOWN = re.compile(
    r"set(Text|ToolTip|WindowTitle|PlaceholderText|StatusTip|WhatsThis|AccessibleName|AccessibleDescription|Title"
    r"|TabText|TabToolTip|ItemText|Suffix|Prefix|SpecialValueText|InformativeText|DetailedText|LabelText|HeaderLabels)"
    r"|add(Action|Button|Item|Items|Menu|Row|Section|Tab)|insertItem|show_notice|showMessage|showText"
    r"|make_hint|drawText"
    r"|Q(Label|PushButton|ToolButton|CheckBox|RadioButton|GroupBox|Action|Menu|MessageBox|FileDialog|DockWidget)"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"<[^<>]*>|https?://\S+|\{\".*\"\}")  # an address, or JSON, is an example in every language
_NAMES = {"GLM-OCR Desktop", "GLM-OCR", "Gradio"}
_DATA_AT = {"addItem": 1, "insertItem": 2, "addRow": 1}  # from here on, nothing is shown


def untranslatable(code: str) -> list[str]:
    """What code would show as it stands in it: literal texts given to what shows texts."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and _SHOWN.fullmatch(_name(node.func)):
            given = [*node.args[: _DATA_AT.get(_name(node.func))], *(each.value for each in node.keywords)]
            found += [text for each in given for text in _literals(each) if _is_said(text)]
        elif isinstance(node, ast.Lambda):
            found += [text for text in _literals(node.body) if _is_said(text)]
    return list(dict.fromkeys(found))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_said(text: str) -> bool:
    words = _MARKUP.sub("", text)
    return bool(_WORDS.search(words)) and words.strip() not in _NAMES


def _literals(value: ast.AST) -> Iterator[str]:
    """The texts in an expression, but for what is given to functions: `tr` is one."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        yield from _literals(value.func.value)  # "…".format()
    elif isinstance(value, ast.JoinedStr | ast.BinOp | ast.BoolOp | ast.List | ast.Tuple | ast.Starred):
        for each in ast.iter_child_nodes(value):
            yield from _literals(each)
    elif isinstance(value, ast.IfExp):
        yield from (*_literals(value.body), *_literals(value.orelse))


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("Done")',
        'QLabel("Done", self)',
        'label.setText(f"Done {count}")',
        'label.setText("Done " + name if name else self.tr("Nothing"))',
        'notices.show_notice("{0} is done".format(name), alarming=True)',
        'say(label.setText, lambda: "Done")',
        'bar.addTab(view, "done")',
        'form.addRow("Name", edit)',
        'combo.addItems([self.tr("One"), "Two"])',
    ],
)
def test_a_text_that_cannot_be_translated_is_found(code: str) -> None:
    assert untranslatable(code) != []


@pytest.mark.parametrize(
    "code",
    [
        'label.setText(self.tr("Done"))',
        'label.setText(translate("States", "Done").format(name))',
        'label.setText(f"{number} · {words}")',
        'label.setText("")',
        'action = self._action("copy", lambda: self.tr("Copy"), self._copy, "Ctrl+Shift+E")',
        'window.setWindowTitle("GLM-OCR Desktop")',
    ],
)
def test_a_text_that_is_translated_is_left_alone(code: str) -> None:
    assert untranslatable(code) == []


def test_everything_that_the_window_shows_can_be_translated() -> None:
    files = sorted((translations.PACKAGE / "gui").rglob("*.py"))
    found = {path.name: texts for path in files if (texts := untranslatable(path.read_text(encoding="utf-8")))}
    assert found == {}
