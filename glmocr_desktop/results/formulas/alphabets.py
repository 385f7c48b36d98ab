"""Letters in the alphabets that Unicode has for mathematics: browsers know no other way to a bold or a double R."""

from __future__ import annotations

import unicodedata

_NAMES = {  # mathvariant: what Unicode calls it, and called it before it had all of the alphabet
    "bold": ("MATHEMATICAL BOLD", ""),
    "bold-italic": ("MATHEMATICAL BOLD ITALIC", ""),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "bold-script": ("MATHEMATICAL BOLD SCRIPT", ""),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    "bold-fraktur": ("MATHEMATICAL BOLD FRAKTUR", ""),
    "sans-serif": ("MATHEMATICAL SANS-SERIF", ""),
    "bold-sans-serif": ("MATHEMATICAL SANS-SERIF BOLD", ""),
    "sans-serif-italic": ("MATHEMATICAL SANS-SERIF ITALIC", ""),
    "sans-serif-bold-italic": ("MATHEMATICAL SANS-SERIF BOLD ITALIC", ""),
    "monospace": ("MATHEMATICAL MONOSPACE", ""),
}


def in_alphabet(text: str, variant: str) -> str | None:
    """Characters in the alphabet that a mathvariant names; None if it lacks one of them."""
    found = [_letter(character, *_NAMES[variant]) for character in text] if variant in _NAMES else [""]
    return "".join(found) if all(found) else None


def _letter(character: str, alphabet: str, before: str) -> str:
    name = unicodedata.name(character, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER ", " ")
    for prefix in (alphabet, before):
        try:
            return unicodedata.lookup(f"{prefix} {name}")
        except KeyError:
            continue
    return ""
