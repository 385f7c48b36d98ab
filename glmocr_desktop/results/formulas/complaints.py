"""What was wrong with a formula, in words for a person."""

from __future__ import annotations

from dataclasses import dataclass

from glmocr_desktop.results.formulas.engine import Problem

SENTENCES = {
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
OTHER = "This formula cannot be read: {message}."


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a formula; ``str()`` is a sentence for people who know LaTeX a little. False when nothing is.

    Attributes:
        pattern: The sentence, with places for the others; the window translates by it.
        message: What MathJax says.
        value: What it is about.
    """

    pattern: str = ""
    message: str = ""
    value: str = ""

    @classmethod
    def of(cls, problem: Problem) -> Complaint:
        """What is said of a problem."""
        message = problem.message.strip().rstrip(".") or "something is wrong with it"
        return cls(SENTENCES.get(problem.id, OTHER), message[:200], problem.value[:60])

    def __bool__(self) -> bool:
        return bool(self.pattern)

    def __str__(self) -> str:
        return self.pattern.format(message=self.message, value=self.value)


NOTHING = Complaint()
TOO_LONG = Complaint("This formula is too long to be drawn.")
NOT_INSTALLED = Complaint("Formulas cannot be drawn: MathJax is not installed.")
EMPTY = Complaint("There is no formula.")
