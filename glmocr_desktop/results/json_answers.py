"""Answers that were to be JSON, with the keys of a template."""

from __future__ import annotations

import json
import re
from typing import Any

_FENCED = re.compile(r"\s*```\w*[ \t]*\n(.*?)\n?[ \t]*```\s*", re.DOTALL)


def template_suspects(text: str, template: str) -> tuple[str, ...]:
    """Kinds of reasons to doubt an answer to a prompt with a template.

    Returns:
        ``not_json``: it is none. ``missing_keys``: some of the template's keys are not in it.
    """
    try:
        answer = json.loads(_bare(text))
    except (ValueError, RecursionError):
        return ("not_json",)
    try:
        complete = _has_keys(answer, json.loads(template))
    except RecursionError:
        complete = False
    return () if complete else ("missing_keys",)


def as_code(text: str) -> str:
    """JSON as a block of code, so that it is shown and copied as it stands; anything else as it came."""
    if _FENCED.fullmatch(text):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return f"```json\n{text.strip()}\n```"


def _bare(text: str) -> str:
    """The answer without the fence around it."""
    fenced = _FENCED.fullmatch(text)
    return fenced[1] if fenced else text


def _has_keys(answer: Any, template: Any) -> bool:
    """Whether the answer has the keys of the template, at every level that the template goes down to."""
    if isinstance(template, dict):
        return isinstance(answer, dict) and all(
            key in answer and _has_keys(answer[key], value) for key, value in template.items()
        )
    if isinstance(template, list) and template:
        return isinstance(answer, list) and all(_has_keys(each, template[0]) for each in answer)
    return True
