"""Answers that were to be JSON."""

from __future__ import annotations

import pytest

from glmocr_desktop.core.model import BlockKind
from glmocr_desktop.results.blocks import parse
from glmocr_desktop.results.json_answers import as_code, template_suspects

_TEMPLATE = '{"date": "", "by": {"name": ""}, "items": [{"price": 0}]}'
_FULL = '{"date": "1", "by": {"name": "x", "more": 1}, "items": [{"price": 1}, {"price": 2}]}'


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        (_FULL, ()),
        (f"```json\n{_FULL}\n```", ()),
        (f"\n```\n{_FULL}\n```\n", ()),
        ('{"date": "1", "by": {"name": null}, "items": []}', ()),
        ('{"date": "1", "by": {"name": "x"}}', ("missing_keys",)),
        ('{"date": "1", "by": {}, "items": []}', ("missing_keys",)),
        ('{"date": "1", "by": "x", "items": []}', ("missing_keys",)),
        ('{"date": "1", "by": {"name": "x"}, "items": [{"price": 1}, {}]}', ("missing_keys",)),
        ("[]", ("missing_keys",)),
        ("The date is 1.", ("not_json",)),
        (f"Here it is: {_FULL}", ("not_json",)),
        (_FULL[:-5], ("not_json",)),
        ("[" * 100_000, ("not_json",)),
        ("9" * 5000, ("not_json",)),
        ("", ("not_json",)),
    ],
)
def test_the_keys_of_the_template_are_looked_for(answer: str, kinds: tuple[str, ...]) -> None:
    assert template_suspects(answer, _TEMPLATE) == kinds


def test_json_is_shown_as_code_as_it_stands() -> None:
    (block,) = parse(as_code('{"a": "$x$ **b** <i>"}\n'))
    assert (block.kind, block.text, block.language) == (BlockKind.CODE, '{"a": "$x$ **b** <i>"}', "json")
    fenced = "```json\n{}\n```"
    assert as_code(fenced) == fenced
    assert as_code("No JSON.") == "No JSON."
    assert as_code('{"a": ') == '{"a": '
