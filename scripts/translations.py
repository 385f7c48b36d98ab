"""Makes the translations anew: what the program says goes into resources/translations, for a translator and for Qt.

Sentences of the window stand in its code, where pyside6-lupdate finds them. What other parts say (errors, settings,
formats of files, formulas) is translated when it is shown, so that it is gathered here first.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from glmocr_desktop.core.errors import SENTENCES
from glmocr_desktop.core.model import Mode
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.network.certificates import REASONS
from glmocr_desktop.results.export import FORMATS
from glmocr_desktop.results.formulas import complaints

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "glmocr_desktop"
NAME = "glmocr-desktop_zh_CN"
_DETAILS = {"detail", "wanted"}  # values of errors in which the program may say something of its own


def main() -> None:
    """Write the sentences that are new into the .ts file, and the .qm file from it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--to", type=Path, default=ROOT / "resources" / "translations", help="folder of both files")
    folder: Path = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    update(folder / f"{NAME}.ts")
    release(folder / f"{NAME}.ts", folder / f"{NAME}.qm")


def update(ts: Path) -> None:
    """Add what the program says now to a .ts file, and take out what it says no more."""
    with tempfile.TemporaryDirectory() as folder:
        gathered = Path(folder) / "gathered.py"
        gathered.write_text(_as_code(gathered_texts()), encoding="utf-8")
        sources = [*sorted((PACKAGE / "gui").rglob("*.py")), gathered]
        options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", "zh_CN"]
        _run("lupdate", *map(str, sources), *options, "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    """Write what Qt reads from what a translator wrote."""
    _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def gathered_texts() -> dict[str, list[str]]:
    """What parts outside of the window say, by the context in which the window translates it."""
    declared = [each.metadata for each in fields(Settings)]
    settings = [meta[key] for meta in declared for key in ("title", "help", "group", "unit", "zero") if meta[key]]
    formulas = [each.pattern for each in vars(complaints).values() if isinstance(each, complaints.Complaint)]
    details = [*(mode.value for mode in Mode), *REASONS.values(), *_details()]
    found = {
        "Errors": SENTENCES.values(),
        "Settings": settings,
        "Formats": [each.title for each in FORMATS.values()],
        "Formulas": [*complaints.SENTENCES.values(), complaints.OTHER, *formulas],
        "Details": details,
    }
    return {context: sorted({text for text in texts if text}) for context, texts in found.items()}


def _as_code(texts: dict[str, list[str]]) -> str:
    calls = [f"translate({json.dumps(context)}, {_quoted(text)})" for context in texts for text in texts[context]]
    return "\n".join(["from PySide6.QtCore import QCoreApplication", "translate = QCoreApplication.translate", *calls])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _details() -> Iterator[str]:
    """What the program itself says within sentences of errors."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "cli") or path.is_relative_to(PACKAGE / "server"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        takers = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and _takes_detail(each)}
        for node in ast.walk(tree):
            for value in _detail_values(node, takers):
                yield from _texts(value)


def _takes_detail(function: ast.FunctionDef) -> bool:
    return any(each.arg in _DETAILS for each in function.args.args)


def _detail_values(node: ast.AST, takers: set[str]) -> list[ast.expr]:
    """What is given as a detail: by name, to a function that takes one, or to a variable of that name."""
    if isinstance(node, ast.Assign):
        return [node.value for target in node.targets if isinstance(target, ast.Name) and target.id in _DETAILS]
    if isinstance(node, ast.BoolOp) and isinstance(node.values[0], ast.Name) and node.values[0].id in _DETAILS:
        return node.values
    if not isinstance(node, ast.Call):
        return []
    given = [each.value for each in node.keywords if each.arg in _DETAILS]
    if isinstance(node.func, ast.Attribute | ast.Name):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        given += node.args if name in takers else []
    return given


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may give, with ``{0}`` for a number in it."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{0}" for each in value.values)
    elif isinstance(value, ast.BoolOp):
        for each in value.values:
            yield from _texts(each)
    elif isinstance(value, ast.Call):
        for each in [*value.args[1:], value.func]:  # what is given when nothing is found, and what it is found in
            yield from _texts(each)
    elif isinstance(value, ast.Attribute):
        yield from _texts(value.value)
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, which PySide6 brings along."""
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
