"""The rules that tools enforce, and that these tools really do: every rule is broken once on a copy."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from glmocr_desktop.core.settings import Settings

_ROOT = Path(__file__).parents[1]
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
_GENERATED = {".git", ".hypothesis", ".venv", "build", "dist", "__pycache__"}
_HEAVY = {
    *("PIL", "aiohttp", "cv2", "docx", "gradio", "gradio_client", "httpx", "keyring", "numpy", "onnxruntime"),
    *("pi_heif", "lxml", "markdown_it", "nh3", "prometheus_client", "psutil", "pypdfium2", "quickjs", "rapidocr"),
    "xlsxwriter",
}

# Contract, module, import that breaks it.
_BREAKS = [
    ("Imports point one way", "core.cancel", "glmocr_desktop.gui.words"),
    ("Imports point one way", "documents.bounds", "glmocr_desktop.results.blocks"),
    ("Imports point one way", "gui.words", "glmocr_desktop.cli.output"),
    ("Imports point one way", "cli.check", "glmocr_desktop.gui.words"),
    ("Imports point one way", "server.readers", "glmocr_desktop.jobs.queue"),
    ("Inside recognition, too", "recognition.network.transport", "glmocr_desktop.recognition.remote"),
    ("And on the way to a server", "recognition.network.secrets", "glmocr_desktop.recognition.network.http"),
    ("Qt is in the window and the job engine only", "core.resources", "PySide6.QtCore"),
    ("Qt is in the window and the job engine only", "jobs.batch", "PySide6.QtCore"),
    ("The window's event loop is the window's", "jobs.engine", "qasync"),
    ("What works without a window never reaches Qt", "cli.recognize", "glmocr_desktop.jobs.engine"),
    ("The window reads through the job engine", "gui.words", "glmocr_desktop.recognition.remote"),
    ("The server stands apart", "server.readers", "glmocr_desktop.results.blocks"),
    ("The server reads by the offline engine or the model", "server.readers", "glmocr_desktop.recognition.pipeline"),
    ("Only recognition.network speaks HTTP", "recognition.health", "aiohttp"),
    ("There is one HTTP client", "recognition.health", "http.client"),
    ("There is one HTTP client", "recognition.network.http", "httpx"),
    ("Only jobs.exposition speaks Prometheus", "jobs.telemetry", "prometheus_client"),
    ("Only recognition.network.secrets opens the keyring", "recognition.network.access", "keyring"),
    ("Only the discovery uses Gradio's client", "recognition.gradio", "gradio_client"),
    ("Gradio and the model are the server's", "recognition.check", "gradio"),
    ("The offline engine's packages are its own", "documents.images", "cv2"),
    ("Only documents.pdf knows how PDFs are read", "documents.images", "pypdfium2"),
    ("Inside results, too", "results.blocks", "glmocr_desktop.results.clipboard"),
    ("Only results.formulas runs MathJax", "results.render", "quickjs"),
    ("Office files are written by the exports", "results.clipboard", "docx"),
    ("HTML is sanitised in one place", "results.prose", "nh3"),
]
_CYCLE = ("No room has cycles", "results.blocks", "glmocr_desktop.results.render")  # which imports blocks itself
_COLUMNS = 200  # so that no line of the report is folded


def _contract_names() -> set[str]:
    table = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["name"] for each in table["tool"]["importlinter"]["contracts"]}


def _copy(folder: Path) -> Path:
    shutil.copy(_ROOT / "pyproject.toml", folder)
    ignore = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(_ROOT / "glmocr_desktop", folder / "glmocr_desktop", ignore=ignore)


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _LINT_IMPORTS],
        cwd=folder,
        env=os.environ | {"COLUMNS": str(_COLUMNS)},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is reported for each contract when all of them are broken at once."""
    folder = tmp_path_factory.mktemp("broken")
    package = _copy(folder)
    for _, module, imported in [*_BREAKS, _CYCLE]:
        with package.joinpath(*module.split(".")).with_suffix(".py").open("a", encoding="utf-8") as source:
            source.write(f"\n\ndef _broken() -> None:\n    import {imported}\n")
    ended = _lint_imports(folder)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return _sections(ended.stdout)


def _sections(report: str) -> dict[str, str]:
    """The report of each broken contract by its name: a line underlined with dashes begins one."""
    parts = re.split(r"^(.+)\n-{3,}\n", report.partition("Broken contracts")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_contracts_are_kept(tmp_path: Path) -> None:
    _copy(tmp_path)
    ended = _lint_imports(tmp_path)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(("contract", "module", "imported"), _BREAKS)
def test_a_forbidden_import_is_caught(broken: dict[str, str], contract: str, module: str, imported: str) -> None:
    target = imported if imported.startswith("glmocr_desktop.") else imported.partition(".")[0]
    assert f"glmocr_desktop.{module} -> {target} " in broken[contract]


def test_a_cycle_inside_a_room_is_caught(broken: dict[str, str]) -> None:
    contract, module, _ = _CYCLE
    assert f"No cycles are allowed in glmocr_desktop.{module.partition('.')[0]}." in broken[contract]


def test_every_contract_is_broken_by_a_test() -> None:
    assert {contract for contract, _, _ in [*_BREAKS, _CYCLE]} == _contract_names()


@pytest.mark.parametrize("place", ["stray.py", "recognition/stray.py", "recognition/network/stray.py"])
def test_a_module_without_a_place_is_caught(tmp_path: Path, place: str) -> None:
    (_copy(tmp_path) / place).write_text('"""Belongs nowhere."""\n')
    ended = _lint_imports(tmp_path)
    assert ended.returncode == 1
    assert "stray" in ended.stdout


def _loaded_by(module: str) -> set[str]:
    command = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    ended = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize("module", ["cli", "cli.recognize", "cli.check", "cli.login", "cli.serve"])
def test_the_command_line_starts_without_qt_and_without_large_packages(module: str) -> None:
    assert not _loaded_by(f"glmocr_desktop.{module}") & (_HEAVY | {"PySide6", "qasync"})


def test_the_window_starts_without_large_packages() -> None:
    loaded = _loaded_by("glmocr_desktop.gui.app")
    assert "PySide6" in loaded
    assert not loaded & _HEAVY


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("TID251", "import time\n\ntime.sleep(1)\n"),
        ("TID251", "from PySide6.QtWidgets import QApplication\n\nQApplication.processEvents()\n"),
        ("TID251", "from PySide6.QtCore import QCoreApplication\n\nQCoreApplication.processEvents()\n"),
        ("TID252", "from . import core\n"),
        ("TID253", "import onnxruntime\n"),
        ("T201", "print(1)\n"),
        ("BLE001", "try:\n    pass\nexcept Exception:\n    pass\n"),
    ],
)
def test_ruff_refuses(code: str, source: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--output-format=json", "--stdin-filename"]
    ended = subprocess.run(
        [*command, "glmocr_desktop/jobs/sample.py", "-"], cwd=_ROOT, input=source, capture_output=True, text=True
    )
    assert code in {each["code"] for each in json.loads(ended.stdout)}


def _own_files() -> Iterator[tuple[str, str]]:
    """Path below the project's folder and content of every text file that belongs to the project."""
    for folder, folders, names in os.walk(_ROOT):
        folders[:] = [name for name in folders if name not in _GENERATED and not name.endswith("_cache")]
        for name in names:
            path = Path(folder, name)
            try:
                yield str(path.relative_to(_ROOT)), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:  # an image, say
                continue


def _places(pattern: str, files: Iterator[tuple[str, str]]) -> list[str]:
    """``path:line`` of everything that matches."""
    found = re.compile(pattern)
    return [
        f"{path}:{number}"
        for path, text in files
        for number, line in enumerate(text.splitlines(), start=1)
        if found.search(line)
    ]


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    hosts = r"pypi\.(org|python\.org)|pythonhosted\.org|deb\.debian\.org|registry\.npmjs"
    paths = r"(?<![\w.>])/(root|home/\w+|work/(main|shared))/"
    assert not _places(f"{hosts}|{paths}", _own_files())


def test_no_test_waits_for_a_fixed_time() -> None:
    """Ruff does not see the methods of fixtures."""
    pattern = r"\bqtbot\.wait\(|\btime\.sleep\(|\bqWait\(|\bmsleep\("
    tests = (
        each for each in _own_files() if Path(each[0]).parts[0] == "tests" and each[0] != "tests/test_contracts.py"
    )
    assert not _places(pattern, tests)


def test_no_object_processes_events_by_itself() -> None:
    """Ruff does not see a method that is called on an instance."""
    calls = [
        f"{path}:{node.lineno}"
        for path, text in _own_files()
        if path.startswith("glmocr_desktop") and path.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]
    assert not calls


def test_the_architecture_names_only_what_there_is() -> None:
    tree = (_ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    named = set(re.findall(r"\w+\.py\b", tree))
    there = {path.name for path in (_ROOT / "glmocr_desktop").rglob("*.py")}
    assert named
    assert not named - there


def test_each_setting_is_on_the_page_of_settings() -> None:
    page = (_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [each.name for each in fields(Settings) if f"`GLMOCR_{each.name.upper()}`" not in page] == []
