"""Prompts that a user wrote, as they are stored: a JSON list of objects with name, text and template."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import OwnPrompt

_TITLE = "Own prompts"
_MOST = 50
_MOST_NAME = 60
_MOST_TEXT = 20_000


def parse_prompts(text: str) -> tuple[OwnPrompt, ...]:
    """The prompts in their order.

    Raises:
        SettingsError: They cannot be used.
    """
    found = tuple(_usable(each) for each in draft_prompts(text))
    names = [each.name.casefold() for each in found]
    for each in found:
        if names.count(each.name.casefold()) > 1:
            raise SettingsError("prompt_twice", prompt=each.name)
    return found


def find_prompt(prompts: Iterable[OwnPrompt], name: str) -> OwnPrompt:
    """The prompt of a name, in small or capital letters.

    Raises:
        SettingsError: There is none.
    """
    known = {each.name.casefold(): each for each in prompts}
    found = known.get(" ".join(name.split()).casefold())
    if found is None:
        raise SettingsError(
            "prompt_unknown", prompt=name, names=", ".join(each.name for each in known.values()) or "none"
        )
    return found


def draft_prompts(text: str) -> tuple[OwnPrompt, ...]:
    """The prompts as they were entered, whether they can be used or not.

    Raises:
        SettingsError: These are no prompts at all.
    """
    try:
        stored = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        stored = None
    if not isinstance(stored, list) or len(stored) > _MOST or not all(isinstance(each, dict) for each in stored):
        raise SettingsError("prompts_unusable", name=_TITLE)
    return tuple(_draft(each) for each in stored)


def format_prompts(prompts: Iterable[OwnPrompt]) -> str:
    """The same as it is stored; empty when there are none."""
    stored = [{"name": each.name, "text": each.text, "template": each.template} for each in prompts]
    return json.dumps(stored, ensure_ascii=False) if stored else ""


def _draft(stored: Mapping[str, Any]) -> OwnPrompt:
    name, text, template = (stored.get(key, "") for key in ("name", "text", "template"))
    for each, most in ((name, _MOST_NAME), (text, _MOST_TEXT), (template, _MOST_TEXT)):
        if not isinstance(each, str) or len(each) > most:
            raise SettingsError("prompts_unusable", name=_TITLE)
    return OwnPrompt(name, text, template)


def _usable(draft: OwnPrompt) -> OwnPrompt:
    name = " ".join(draft.name.split())
    if not name:
        raise SettingsError("prompt_nameless", name=_TITLE)
    if not draft.text.strip():
        raise SettingsError("prompt_empty", prompt=name)
    if not draft.template.strip():
        return OwnPrompt(name, draft.text)
    _check_template(name, draft.template)
    return OwnPrompt(name, draft.text, draft.template)


def _check_template(prompt: str, template: str) -> None:
    """A template is a JSON object with keys."""
    try:
        stored = json.loads(template)
    except json.JSONDecodeError as error:
        raise SettingsError("template_no_json", prompt=prompt, line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all use
        raise SettingsError("template_no_object", prompt=prompt) from error
    if not isinstance(stored, dict) or not stored:
        raise SettingsError("template_no_object", prompt=prompt)
