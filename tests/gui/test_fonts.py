"""Chinese on a machine without a font for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from glmocr_desktop.gui import theme

_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


@pytest.mark.skipif(not _FONT.exists(), reason="the font is not installed")
@pytest.mark.parametrize("system", [[], ["Noto Sans CJK SC"]])
def test_our_own_font_is_taken_where_there_is_none(
    system: list[str], qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(_FONT, tmp_path)
    taken: list[int] = []
    add = QFontDatabase.addApplicationFont
    monkeypatch.setattr(theme, "resource_path", lambda _name: tmp_path)
    monkeypatch.setattr(QFontDatabase, "families", lambda _system: system)
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda path: taken.append(add(path)))
    theme.add_chinese_font()
    assert [number >= 0 for number in taken] == ([True] if not system else [])
    for number in taken:
        assert "WenQuanYi Micro Hei" in QFontDatabase.applicationFontFamilies(number)
        QFontDatabase.removeApplicationFont(number)
