"""What the program may bring along, and what it says of it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from glmocr_desktop.gui.help import licences
from scripts.licences import allows, refusals

_ROOT = Path(__file__).resolve().parents[1]


def _made_up(folder: Path, name: str, *lines: str, files: dict[str, str] | None = None) -> Distribution:
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    for each, text in (files or {}).items():
        (info / each).parent.mkdir(parents=True, exist_ok=True)
        (info / each).write_text(text, encoding="utf-8")
    info.mkdir(parents=True, exist_ok=True)
    head = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    (info / "METADATA").write_text("\n".join([*head, *lines, "", ""]), encoding="utf-8")
    record = [f"{info.name}/{each},," for each in ("METADATA", *(files or {}))]
    (info / "RECORD").write_text("\n".join(record), encoding="utf-8")
    return Distribution.at(info)


@pytest.mark.parametrize(
    "said",
    [
        "MIT",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "GPL-2.0-or-later OR (MIT AND BSD-3-Clause)",
        "MIT AND GPL-3.0-or-later WITH GCC-exception-3.1",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "BSD-3-Clause, Apache-2.0, dependency licenses",
        "3-Clause BSD License",
    ],
)
def test_a_licence_that_leaves_a_choice_is_allowed(said: str) -> None:
    assert allows(said)


@pytest.mark.parametrize(
    "said",
    [
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "MIT AND GPL-2.0-only",
        "MIT AND (GPL-2.0-only OR AGPL-3.0-only)",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License",
        "GPLv2",
        "gpl-3.0",
    ],
)
def test_the_gpl_alone_is_refused(said: str) -> None:
    assert not allows(said)


def test_what_is_installed_may_be_brought_along_and_a_made_up_package_may_not(tmp_path: Path) -> None:
    _made_up(tmp_path, "made-up", "License-Expression: AGPL-3.0-only")
    found = subprocess.run(
        [sys.executable, _ROOT / "scripts" / "licences.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
    _made_up(tmp_path, "glmocr-desktop", "Requires-Dist: made-up")
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(_ROOT)])}
    refused = subprocess.run(
        [sys.executable, _ROOT / "scripts" / "licences.py", "--check"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert "made-up 1.0 is under AGPL-3.0-only" in refused.stdout


def test_what_only_a_classifier_says_counts_and_silence_is_no_licence(tmp_path: Path) -> None:
    classified = _made_up(
        tmp_path, "classified", "Classifier: License :: OSI Approved :: GNU General Public License (GPL)"
    )
    affero = "Classifier: License :: OSI Approved :: GNU Affero General Public License v3"
    hidden = _made_up(tmp_path, "hidden", "License: Free software of mine", affero)
    silent = _made_up(tmp_path, "silent")
    said = list(refusals([classified, hidden, silent]))
    assert [each.split()[0] for each in said] == ["classified", "classified", "hidden", "silent"]


def test_texts_are_whole_and_stand_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"licenses/LICENSE": "Permission is hereby granted, free of charge, to Zoë."}
    one = _made_up(tmp_path, "one", "License-Expression: MIT", files=words)
    two = _made_up(tmp_path, "two", "License-Expression: MIT", files=words)
    bare = _made_up(tmp_path, "bare", "License-Expression: MIT", "Project-URL: Home, https://example.org/bare")
    monkeypatch.setattr(licences, "used", lambda: [one, two, bare])
    path = tmp_path / "new" / "licences.txt"
    licences.write_licences(path)
    text = path.read_text(encoding="utf-8")
    assert text.count("to Zoë.") == 1
    assert "LICENSE: the same text as LICENSE of one 1.0" in text
    assert "The words of such a licence are in LICENSE of one 1.0." in text
    assert "https://example.org/bare" in text


def test_the_text_that_came_along_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "resource_path", tmp_path.joinpath)
    (tmp_path / "licences.txt").write_text("as it was built", encoding="utf-8")
    assert licences.shown_licences() == "as it was built"
