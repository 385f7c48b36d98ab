"""What a release lacks is said."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location(
    "release_check", Path(__file__).parents[2] / "scripts" / "release_check.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
release_check = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(release_check)


def _project(root: Path, changelog: str, texts: str = "", pins: str = "") -> Path:
    for path, text in {
        "glmocr_desktop/__init__.py": '__version__ = "1.2.0"\n',
        "CHANGELOG.md": changelog,
        "resources/translations/a.ts": texts,
        "constraints.txt": f"# pins\n{pins}",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for more in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *more], cwd=root, check=True)
    return root


def test_a_release(tmp_path: Path) -> None:
    root = _project(tmp_path, "# Changelog\n\n## [Unreleased]\n\n## 1.2.0 - 2026-01-31\n\n- All.\n")
    assert release_check.missing(root) == []


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    changelog = "# Changelog\n\n## [Unreleased]\n\n- More.\n\n## 1.2.0 - unreleased\n"
    root = _project(tmp_path, changelog, '<translation type="unfinished">', "pytest==0.1\n")
    (root / "new.txt").touch()
    said = release_check.missing(root)
    assert len(said) == 5
    assert "“1.2.0 - unreleased”" in said[1]
    assert "1 texts" in said[2]
    assert said[3].startswith("pytest ")
