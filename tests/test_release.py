"""What stands in the way of a release is said."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from scripts import audit
from scripts.release_check import heading_faults


@pytest.mark.parametrize(
    ("changelog", "faults"),
    [
        ("# Changelog\n\n## [1.2.0] - 2026-01-31\n\n- Text\n", []),
        ("## [Unreleased]\n\n## 1.2.0 - 2026-01-31\n", []),
        ("## [Unreleased]\n\n- Text\n\n## 1.2.0 - 2026-01-31\n", ["Unreleased"]),
        ("## 1.2.0 - unreleased\n", ["no date"]),
        ("## 1.1.9 - 2026-01-31\n", ["1.1.9"]),
        ("# Changelog\n", ["no version"]),
    ],
)
def test_the_newest_heading_is_that_of_the_version(changelog: str, faults: list[str]) -> None:
    found = list(heading_faults(changelog, "1.2.0"))
    assert len(found) == len(faults)
    assert all(fault in said for fault, said in zip(faults, found, strict=True))


def test_pins_that_are_not_kept_are_found() -> None:
    installed = version("pytest")
    pins = f"# words\npytest=={installed}\nno_such-package==1\nPillow>=1\n"
    assert audit.wrong_pins(pins) == ["Pillow>=1: not of the form name==version"]
    assert audit.wrong_pins("pytest==0.1") == [f"pytest: pinned is 0.1, installed is {installed}"]
    assert audit.wrong_pins(f"pytest=={installed}\nPyTest=={installed}") == ["PyTest: pinned twice"]


@pytest.mark.parametrize(
    ("code", "said", "meant"),
    [
        (0, "No known vulnerabilities found", 0),
        (0, "lxml Dependency not found on PyPI and could not be audited: lxml (6)", audit.NOT_ASKED),
        (1, "Found 2 known vulnerabilities in 1 package", audit.FOUND),
        (1, "ConnectionError: Max retries exceeded", audit.NOT_ASKED),
        (1, "something else", audit.FOUND),
    ],
)
def test_a_database_that_was_not_asked_is_no_yes(code: int, said: str, meant: int) -> None:
    assert audit.verdict(code, said) == meant
