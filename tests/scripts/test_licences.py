"""Which packages may come with the program."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("licences", Path(__file__).parents[2] / "scripts" / "licences.py")
assert _SPEC is not None
assert _SPEC.loader is not None
licences = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(licences)


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("MIT", False),
        ("BSD-3-Clause AND MIT", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MPL-2.0", False),
        ("GPL-3.0-only", True),
        ("GPLv2", True),
        ("MIT AND GPL-3.0-or-later", True),
        ("(GPL-2.0-only OR AGPL-3.0-only)", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("", True),
    ],
)
def test_what_may_be_passed_on(licence: str, refused: bool) -> None:
    assert licences.refused(licence) is refused


def test_a_package_under_the_gpl_alone_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["licences.py"])
    monkeypatch.setattr(licences, "packages", lambda: [("good", "1.0", "MIT"), ("bad", "2.0", "GPL-3.0-only")])
    assert licences.main() == 1
    assert capsys.readouterr().out == "bad 2.0: GPL-3.0-only\n"
