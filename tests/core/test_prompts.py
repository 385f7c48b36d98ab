"""Prompts that a user wrote: what can be used, and what is said of the rest."""

from __future__ import annotations

import json
import pickle

import pytest

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import OwnPrompt
from glmocr_desktop.core.prompts import draft_prompts, find_prompt, format_prompts, parse_prompts
from glmocr_desktop.core.settings import Settings

_INVOICE = OwnPrompt("Invoice 发票", "请输出:", '{"date": "", "items": [{"price": 0}]}')


def test_prompts_come_back_as_they_were_stored() -> None:
    prompts = (_INVOICE, OwnPrompt("Hand", "Read\nit"))
    settings = Settings(own_prompts=format_prompts(prompts))
    assert settings.prompts == prompts
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert (parse_prompts(" "), format_prompts(())) == ((), "")
    assert Settings().prompts == ()


def test_a_template_is_sent_below_the_text() -> None:
    assert _INVOICE.asked == '请输出:\n{"date": "", "items": [{"price": 0}]}'
    assert OwnPrompt("Hand", "Read it").asked == "Read it"


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ([{"name": " ", "text": "x"}], "Own prompts: each needs a name."),
        ([{"name": "A", "text": " "}], "A: write what the server is asked for."),
        ([{"name": "A", "text": "x"}, {"name": " a ", "text": "y"}], "Two prompts have the name A."),
        (
            [{"name": "A", "text": "x", "template": '{"a": 1,\n "b"}'}],
            "A: the template is not JSON at line 2, column 5.",
        ),
        ([{"name": "A", "text": "x", "template": "[1]"}], "A: the template is not a JSON object with keys."),
        ([{"name": "A", "text": "x", "template": "{}"}], "A: the template is not a JSON object with keys."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(stored: list[dict[str, str]], said: str) -> None:
    text = json.dumps(stored)
    with pytest.raises(SettingsError) as caught:
        Settings(own_prompts=text)
    assert str(caught.value) == said
    assert [each.text for each in draft_prompts(text)] == [each["text"] for each in stored]  # as it is being entered


def test_a_prompt_is_found_by_its_name() -> None:
    prompts = (OwnPrompt("Due date", "When?"), OwnPrompt("合计", "多少？"))
    assert find_prompt(prompts, " due  DATE ") is prompts[0]
    assert find_prompt(prompts, "合计") is prompts[1]
    with pytest.raises(SettingsError, match=r"is called Sum\. There are: Due date, 合计\."):
        find_prompt(prompts, "Sum")
    with pytest.raises(SettingsError, match=r"There are: none\."):
        find_prompt((), "Sum")


def test_a_template_of_brackets_is_refused() -> None:
    """How deep is too deep is another matter in each Python."""
    with pytest.raises(SettingsError, match="A: the template is not"):
        Settings(own_prompts=json.dumps([{"name": "A", "text": "x", "template": "[" * 9000}]))


@pytest.mark.parametrize(
    "text",
    [
        *("{", "7", "{}", '["a"]', '[{"name": 1, "text": "x"}]', "[" * 100_000),
        json.dumps([{"name": "A" * 61, "text": "x"}]),
        json.dumps([{"name": str(number), "text": "x"} for number in range(51)]),
    ],
    ids=["cut", "number", "object", "words", "type", "deep", "long", "many"],
)
def test_what_is_no_list_of_prompts_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="these are no prompts"):
        parse_prompts(text)
