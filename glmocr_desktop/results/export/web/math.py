"""MathML for browsers, which know letters of other styles by their own signs only: not by an attribute."""

from __future__ import annotations

import re
import unicodedata

_STYLED = re.compile(r'<(m[ino])([^<>]*?) mathvariant="([a-z-]+)"([^<>]*)>([^<>&]*)</')
_ALPHABETS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "monospace": "MONOSPACE",
}
_OLDER = {"FRAKTUR": "BLACK-LETTER"}  # some letters had signs before the alphabets were made


def for_browsers(mathml: str) -> str:
    """MathML whose letters have their styles in themselves."""
    return _STYLED.sub(_restyled, mathml)


def _restyled(found: re.Match[str]) -> str:
    name, before, variant, after, letters = found.groups()
    alphabet = _ALPHABETS.get(variant)
    if alphabet is None:
        return found[0]
    # Upright for a single letter, which would become italic otherwise; signs of an alphabet stay as they are.
    restyled = "".join(_sign(letter, alphabet) for letter in letters)
    return f'<{name}{before} mathvariant="normal"{after}>{restyled}</'


def _sign(letter: str, alphabet: str) -> str:
    """A letter or digit of an alphabet; the letter itself when the alphabet does not have it."""
    name = unicodedata.name(letter, "").replace(" LETTER", "").replace("LATIN ", "").replace("GREEK ", "")
    if alphabet == "ITALIC" and letter == "h":
        return "\N{PLANCK CONSTANT}"
    for known in (f"MATHEMATICAL {alphabet} {name}", f"{_OLDER.get(alphabet, alphabet)} {name}"):
        try:
            return unicodedata.lookup(known)
        except KeyError:
            continue
    return letter
