"""What a server wraps around an answer, and what no file may hold, is taken off."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")  # cannot be written to any file
_WHOLE_FENCE = re.compile(
    r"\A\s*```(?:markdown|md|html|text|plaintext)?[ \t]*\n(?P<body>.*?)(?:\n?```\s*)?\Z", re.DOTALL | re.IGNORECASE
)
_SPECIAL_TOKEN = re.compile(r"<\|/?[a-z][a-z0-9_]{1,30}\|>", re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL | re.IGNORECASE)
_THOUGHT_BEGUN_BEFORE = re.compile(r"\A.*?</think>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<!doctype[^<>]*>|\A\s*<\?xml[^<>]*\?>", re.IGNORECASE)


def without_controls(text: str) -> str:
    """Text that every file can hold: no control characters, no halves of characters, newlines as line ends."""
    text = _CONTROL.sub("", _LINE_END.sub("\n", text))
    return _HALF_CHARACTER.sub("\ufffd", text)


def unwrapped(text: str) -> str:
    """An answer without what models put around it: thoughts, special tokens, a fence around everything."""
    text = _SPECIAL_TOKEN.sub("", text)
    if "</think>" in text[:200_000].lower():
        text = _THOUGHT.sub("", text)
        text = _THOUGHT_BEGUN_BEFORE.sub("", text, count=1)
    text = _DECLARATION.sub("", text, count=1)
    whole = _WHOLE_FENCE.match(text)
    return str(whole["body"]) if whole and "```" not in whole["body"] else text
