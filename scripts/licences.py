"""Writes the licences of all that the program brings along, or checks that it may bring it along.

`scripts/licences.py PATH` writes the text; `scripts/licences.py --check` fails when a package is under the GPL or AGPL
alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a build runs it with any Python that has the packages

from glmocr_desktop.gui.help.licences import write_licences
from glmocr_desktop.gui.help.parts import licence_of, name_of, used

_REFUSED = re.compile(r"A?GPL|SSPL")
_TOKEN = re.compile(r"[()]|[^\s()]+")
# What is said in free text or by a classifier, as a word of an expression.
_FREE_TEXT = (
    (r"(GNU )?(Lesser|Library) General Public License|\bLGPL", "LGPL"),
    (r"(GNU )?Affero General Public License|\bAGPL", "AGPL"),
    (r"(GNU )?General Public License|\bGPL", "GPL"),
)


def main() -> int:
    """Write the text, or say which packages may not be brought along."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path, nargs="?", default=Path("build/licences.txt"), help="where the text goes")
    parser.add_argument("--check", action="store_true", help="write nothing, and fail on GPL-only packages")
    options = parser.parse_args()
    try:
        distribution("glmocr-desktop")
    except PackageNotFoundError:
        print("The program is not installed here: its packages are not known. Run `make setup-test`.", file=sys.stderr)
        return 2
    if not options.check:
        write_licences(options.path)
        return 0
    packages = used()
    refused = list(refusals(packages))
    print("\n".join(refused) if refused else f"{len(packages)} packages, none under the GPL alone.")
    return 1 if refused else 0


def refusals(packages: Iterable[Distribution]) -> Iterator[str]:
    """A sentence for each package that may not be brought along, or that says nothing of its licence."""
    for each in packages:
        name = name_of(each)
        statements = list(_statements(each))
        if not statements:
            yield f"{name} {each.version} does not say what its licence is."
        for said in statements:
            if not allows(said):
                yield f"{name} {each.version} is under {said}, which the program may not bring along."


def allows(said: str) -> bool:
    """Whether a licence leaves a choice without the GPL and AGPL, or is another one.

    Args:
        said: An SPDX expression, or the words of a package.
    """
    tokens = _TOKEN.findall(said)
    if _is_expression(tokens):
        allowed, rest = _either(tokens)
        if not rest:
            return allowed
    return not _REFUSED.match(_in_one_word(said))


def _statements(package: Distribution) -> Iterator[str]:
    """What has to be allowed: the expression, or else the words and the classifiers."""
    about = package.metadata
    if expressions := about.get_all("License-Expression", []):
        yield str(expressions[0])
        return
    if words := licence_of(package):
        yield words
    if not _is_expression(_TOKEN.findall(words)):  # an expression says it better than classifiers, which have no OR
        yield from (str(each) for each in about.get_all("Classifier", []) if str(each).startswith("License :: "))


def _is_expression(tokens: list[str]) -> bool:
    """Whether words are names of licences with AND, OR and WITH between them."""
    names = [each for each in tokens if each not in {"(", ")"}]
    return bool(names) and all(
        (each.upper() in {"AND", "OR", "WITH"}) == bool(place % 2) for place, each in enumerate(names)
    )


def _either(tokens: list[str]) -> tuple[bool, list[str]]:
    allowed, rest = _both(tokens)
    while rest and rest[0].upper() == "OR":
        other, rest = _both(rest[1:])
        allowed = allowed or other
    return allowed, rest


def _both(tokens: list[str]) -> tuple[bool, list[str]]:
    allowed, rest = _one(tokens)
    while rest and rest[0].upper() == "AND":
        other, rest = _one(rest[1:])
        allowed = allowed and other
    return allowed, rest


def _one(tokens: list[str]) -> tuple[bool, list[str]]:
    if not tokens:
        return False, []
    if tokens[0] == "(":
        allowed, rest = _either(tokens[1:])
        return (allowed, rest[1:]) if rest[:1] == [")"] else (False, ["("])
    if tokens[1:2] and tokens[1].upper() == "WITH":  # such an exception lets a library be used by any program
        return not _REFUSED.match(tokens[0].upper()) or "EXCEPTION" in "".join(tokens[2:3]).upper(), tokens[3:]
    return not _REFUSED.match(tokens[0].upper()), tokens[1:]


def _in_one_word(said: str) -> str:
    return next((word for pattern, word in _FREE_TEXT if re.search(pattern, said, re.IGNORECASE)), said.upper())


if __name__ == "__main__":
    sys.exit(main())
