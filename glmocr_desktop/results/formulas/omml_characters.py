"""What Office MathML has elements of its own for, by character."""

from __future__ import annotations

import re
import unicodedata

NARY = frozenset("∑∏∐∫∬∭∮∯∰⨌⋀⋁⋂⋃⨀⨁⨂⨄⨆")
BARS = frozenset("¯‾―_＿̲̅\u2015\u2013\u2014\u2212")
BRACES = frozenset("⏞⏟⏜⏝⎴⎵")
ACCENTS = {  # as MathML has them: as Word combines them
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
    "\u02d9": "\u0307",
    ".": "\u0307",
    "¨": "\u0308",
    "\u20db": "\u20db",
    "\u20dc": "\u20dc",
    "ˇ": "\u030c",
    "´": "\u0301",
    "`": "\u0300",
    "˘": "\u0306",
    "˚": "\u030a",
    "→": "\u20d7",
    "←": "\u20d6",
    "↔": "\u20e1",
    "⇀": "\u20d1",
    "↼": "\u20d0",
}
ARROWS = {**{each: each for each in "↔⇔↦↠↞⇀↽↼⇁⇌⇋↩↪⟶⟵⟷⟹⟸⟺="}, "→": "⟶", "←": "⟵", "⇒": "⟹", "⇐": "⟸"}
OPENING = frozenset("([{⟨⌊⌈")
CLOSING = frozenset(")]}⟩⌋⌉")
WORDS = frozenset('&#$%_"~^@\\')  # mean something to programs that read equations as a line of text
FENCES = frozenset(["", *"()[]{}|‖∣∥⟨⟩〈〉⌊⌋⌈⌉⟮⟯⟦⟧⌜⌝⌞⌟⎰⎱/\\↑↓↕⇑⇓⇕"])
SEPARATORS = frozenset("|‖∣∥/")
RELATIONS = frozenset("=≠≈≡≤≥<>≪≫∼≃≅∝≲≳→⇒⇔⟹⟺∈∉⊂⊃⊆⊇:,;，；")
ENDS_OPERAND = RELATIONS | frozenset("+-−±∓")
_NO_OPERATORS = frozenset("∞∂∇∀∃∄∅∆∑∏∫√∛∜¬⊤⊥∠△□∴∵+-−±∓ℵ♯♮")
STRIKES = {
    "horizontalstrike": "strikeH",
    "verticalstrike": "strikeV",
    "updiagonalstrike": "strikeBLTR",
    "downdiagonalstrike": "strikeTLBR",
}
COLOURS = {
    "black": "",
    "red": "FF0000",
    "blue": "0000FF",
    "green": "008000",
    "lime": "00FF00",
    "yellow": "FFFF00",
    "orange": "FFA500",
    "purple": "800080",
    "violet": "EE82EE",
    "magenta": "FF00FF",
    "cyan": "00FFFF",
    "teal": "008080",
    "brown": "A52A2A",
    "gray": "808080",
    "grey": "808080",
    "white": "FFFFFF",
}
_SPACES = ((0.1, ""), (0.19, "\u2009"), (0.25, "\u205f"), (0.4, "\u2005"), (0.75, "\u2002"), (1.5, "\u2003"))


def is_word(text: str) -> bool:
    """Whether it is the name of something, such as lim sup, rather than letters side by side."""
    return len(text) > 1 and all(letter.isspace() or (letter.isascii() and letter.isalpha()) for letter in text)


def is_colour(text: str) -> bool:
    """Whether it is six hexadecimal digits."""
    return re.fullmatch(r"[0-9A-Fa-f]{6}", text) is not None


def wants_operand(text: str, *, before: bool) -> bool:
    """Whether a character takes something on one of its sides, which not every program can do without."""
    if before and text in "+-−±∓":
        return False  # a sign
    return text in "+-−±∓*/:" or (unicodedata.category(text) == "Sm" and text not in _NO_OPERATORS)


def space(width: str) -> str:
    """The blank that is nearest to a width such as `0.278em`; "" for none and for one that goes back."""
    measured = re.fullmatch(r"([\d.]+)(em|ex|px|pt)?", width)
    if measured is None:
        return ""
    em = float(measured[1]) * {"ex": 0.43, "px": 1 / 16, "pt": 0.1}.get(measured[2] or "em", 1)
    return next((blank for limit, blank in _SPACES if em < limit), "\u2003\u2003")
