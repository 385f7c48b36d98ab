"""Which script a text is written in: how wide it is, and its language as far as the script tells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGES = (
    ("ja", re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")),
    ("ko", re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")),
    ("zh", re.compile(f"[{HAN}]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("he", re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f]")),
)
_SHARE = 0.15  # of the letters: names and quotations in another script do not make a language
_ENOUGH = 20_000  # characters tell the language of a text of any length
_WIDE = "WF"


def language(texts: Iterable[str]) -> str:
    """The code of the language that the script of some texts tells; ``en`` when it tells none."""
    sample = ""
    for text in texts:
        sample += text[: _ENOUGH - len(sample)]
        if len(sample) >= _ENOUGH:
            break
    letters = len(_LETTER.findall(sample))
    for code, script in _LANGUAGES:
        if letters and len(script.findall(sample)) > _SHARE * letters:
            return code
    return "en"


def columns(text: str) -> int:
    """How wide a line is, in Latin letters; a Chinese character takes the room of two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
