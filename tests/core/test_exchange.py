"""Files of settings: written whole, and read from whatever a person picks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.exchange import export_settings, import_settings
from glmocr_desktop.core.model import Mode
from glmocr_desktop.core.settings import Settings


def test_all_settings_come_back(tmp_path: Path) -> None:
    settings = Settings(lanes=3, mode=Mode.TABLE, text_prompt="读:\nall", server_url="a:1 b:2", endpoint="x")
    path = tmp_path / "设置.json"
    export_settings(settings, path)
    imported = import_settings(path)
    assert Settings(**imported.values) == settings
    assert (imported.unknown, imported.refused) == ((), ())
    assert "timeout_s" in imported.values  # a default, which the other computer may have changed


def test_what_cannot_be_used_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"lanes": 65, "mode": "table", "timeout_s": float("nan"), "password": "p", "b": {}}))
    imported = import_settings(path)
    assert imported.values == {"mode": Mode.TABLE}
    assert imported.unknown == ("b", "password")
    assert sorted(each.kind for each in imported.refused) == ["setting_range", "setting_range"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "settings_none"),
        (b"{}", "settings_none"),
        (b'{"cheese": 1}', "settings_none"),
        (b'{"lanes": 3', "settings_none"),
        (b"\xff\xfe\x00", "settings_none"),
        (b"[" * 100_000, "settings_none"),
        (b'{"lanes": ' + b"9" * 5000 + b"}", "settings_none"),
        (b'{"lanes": 3}' + b" " * 1_000_000, "settings_too_large"),
    ],
    ids=["empty", "nothing", "others", "cut", "binary", "deep", "long", "huge"],
)
def test_files_that_are_no_settings(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"x\.json") as caught:
        import_settings(path)
    assert caught.value.kind == kind


def test_a_pipe_a_folder_and_nothing_are_no_files_of_settings(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "none"):
        with pytest.raises(SettingsError) as caught:
            import_settings(path)
        assert caught.value.kind == "settings_none"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="could not be written"):
        export_settings(Settings(), tmp_path / "file" / "x.json")
