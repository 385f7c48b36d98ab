"""What was wrong with a formula, in words for a person."""

from __future__ import annotations

from glmocr_desktop.results.formulas.engine import Problem

_SENTENCES = {
    "TooMuch": "This formula is too complex to be drawn.",
    "UndefinedControlSequence": "Unknown command {value}.",
    "UnknownEnv": "Unknown kind of environment after \\begin.",
    "InvalidEnv": "Unknown kind of environment after \\begin.",
    "MissingCloseBrace": "A closing brace }} is missing.",
    "ExtraOpenMissingClose": "A closing brace }} is missing.",
    "ExtraCloseMissingOpen": "There is a closing brace }} too many.",
    "ExtraCloseLooking": "There is a closing brace }} too many.",
    "MissingCloseBracket": "A closing bracket ] is missing.",
    "MissingScript": "Something is missing after ^ or _.",
    "MissingArgFor": "Something is missing after a command: {message}.",
    "MissingOrUnrecognizedDelim": "A bracket is missing after \\left or \\right.",
    "ExtraLeftMissingRight": "A \\right is missing.",
    "MissingLeftExtraRight": "A \\left is missing.",
    "EnvBadEnd": "\\begin and \\end do not match: {message}.",
    "EnvMissingEnd": "An \\end is missing: {message}.",
    "DoubleExponent": "There are two exponents in one place.",
    "DoubleExponentPrime": "There are two exponents in one place.",
    "DoubleSubscripts": "There are two indices in one place.",
    "Misplaced": "A column mark & or a line end is in a wrong place.",
    "MathNotTerminated": "A $ is missing.",
    "MaxMacroSub1": "This formula is too complex to be drawn.",
    "MaxMacroSub2": "This formula is too complex to be drawn.",
    "MaxBufferSize": "This formula is too complex to be drawn.",
}
TOO_LONG = "This formula is too long to be drawn."
NOT_INSTALLED = "Formulas cannot be drawn: MathJax is not installed."
EMPTY = "There is no formula."
_OTHER = "This formula cannot be read: {message}."


def sentence(problem: Problem) -> str:
    """One sentence, for people who know LaTeX a little."""
    message = problem.message.strip().rstrip(".") or "something is wrong with it"
    return _SENTENCES.get(problem.id, _OTHER).format(message=message[:200], value=problem.value[:60])
