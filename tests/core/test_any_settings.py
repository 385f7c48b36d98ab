"""Files of settings, variables and prompts that hold anything at all."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.exchange import export_settings, import_settings
from glmocr_desktop.core.prompts import draft_prompts, format_prompts, parse_prompts
from glmocr_desktop.core.settings import Settings, checked
from glmocr_desktop.core.settings_file import home_dirs, load, save
from tests.support.anything import changed_bytes, changed_json, json_bytes, json_values

pytestmark = pytest.mark.fuzz

_NAMES = [each.name for each in fields(Settings)]
_DEFAULTS = asdict(Settings())
_PROMPTS = [{"name": "bill", "text": "Read the bill.", "template": '{"sum": 0}'}]
_values = json_values | st.sampled_from(["on", "http://a.b:1", "a b", "[::1]", "http://[", "１", " ", "nan", "1e400"])
_files = st.one_of(
    st.binary(max_size=60),
    changed_json(_DEFAULTS).map(json_bytes),
    changed_bytes(json_bytes(_DEFAULTS)),
    st.dictionaries(st.sampled_from(_NAMES), _values).map(json_bytes),
    st.just(b"[" * 100_000),
)


@given(content=_files, name=st.sampled_from(_NAMES), text=st.text(st.characters(exclude_characters="\0"), max_size=20))
def test_a_file_of_settings_is_used_as_far_as_it_can_be(
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
    content: bytes,
    name: str,
    text: str,
) -> None:
    caplog.set_level(logging.CRITICAL)
    home = tmp_path_factory.getbasetemp() / "any settings"
    environ = {"GLMOCR_HOME": str(home)}
    path = home_dirs(environ)[0] / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    settings, _ = load(environ)
    assert [checked(each, getattr(settings, each)) for each in _NAMES] == [getattr(settings, each) for each in _NAMES]
    save(settings, environ)
    assert load(environ) == (settings, None)
    try:
        load(environ | {f"GLMOCR_{name.upper()}": text})
    except SettingsError as error:
        _says_why(error)


@given(content=_files)
def test_settings_of_another_computer_are_told_apart(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "other.json"
    path.write_bytes(content)
    try:
        imported = import_settings(path)
    except SettingsError as error:
        _says_why(error)
        return
    for error in imported.refused:
        _says_why(error)
    settings = Settings(**imported.values)
    export_settings(settings, path)
    assert Settings(**import_settings(path).values) == settings


@given(text=st.text(max_size=30) | changed_json(_PROMPTS).map(json.dumps) | json_values.map(json.dumps))
def test_prompts_are_used_or_refused(text: str) -> None:
    for read in (draft_prompts, parse_prompts):
        try:
            prompts = read(text)
        except SettingsError as error:
            _says_why(error)
        else:
            assert read(format_prompts(prompts)) == prompts


def _says_why(error: SettingsError) -> None:
    assert str(error)
