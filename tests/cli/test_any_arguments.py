"""Anything that may be written behind the program's name: it is understood, or refused in a line."""

from __future__ import annotations

import argparse
import io
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glmocr_desktop.cli.parser import COMMANDS, build_parser

pytestmark = pytest.mark.fuzz

_PARSER = build_parser()
_SUBPARSERS = next(each for each in _PARSER._actions if isinstance(each, argparse._SubParsersAction))
_FLAGS = sorted({flag for command in _SUBPARSERS.choices.values() for flag in command._option_string_actions})
_VALUES = (
    "1-3,7",
    "5-",
    "0",
    "-1",
    "9" * 5000,
    "nan",
    "1e999",
    "docx",
    "http://a",
    "on",
    "%s",
    "{}",
    "＠",
    "--",
    "-",
    "",
)
_words = st.sampled_from([*COMMANDS, *_FLAGS, *_VALUES]) | st.text(st.characters(exclude_characters="\0"), max_size=8)
_arguments = st.lists(_words | st.tuples(st.sampled_from(_FLAGS), _words).map("=".join), max_size=6)


@given(command=st.sampled_from(COMMANDS), arguments=_arguments)
def test_arguments_are_understood_or_refused(command: str, arguments: list[str]) -> None:
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            options = _PARSER.parse_args([command, *arguments])
    except SystemExit as ended:
        code = ended.code
    else:
        code = 0 if callable(options.run) else None
        said.write("understood")
    assert code in (0, 2)
    assert said.getvalue()
