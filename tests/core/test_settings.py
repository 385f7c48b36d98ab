"""Settings: where they come from, what is refused, and what happens to a damaged file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import EngineChoice, Language, Limits, Mode, Theme
from glmocr_desktop.core.settings import Settings, normal_url
from glmocr_desktop.core.settings_file import home_dirs, load, nothing_stored, save


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"GLMOCR_HOME": str(tmp_path / "home")}


def _file(environ: Mapping[str, str]) -> Path:
    return home_dirs(environ)[0] / "settings.json"


def _store(environ: Mapping[str, str], content: bytes | str | object) -> Path:
    path = _file(environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_without_anything_the_defaults_are_in_use(environ: dict[str, str]) -> None:
    assert load(environ) == (Settings(), None)
    assert not _file(environ).exists()  # reading writes nothing


def test_command_line_over_environment_over_file_over_default(environ: dict[str, str]) -> None:
    _store(environ, {"timeout_s": 10, "lanes": 10, "mode": "table"})
    environ |= {"GLMOCR_TIMEOUT_S": "20", "GLMOCR_LANES": "20"}
    settings, _ = load(environ, timeout_s=30.0, engine=None)
    assert (settings.timeout_s, settings.lanes, settings.mode, settings.engine) == (30, 20, Mode.TABLE, "auto")


def test_every_setting_can_be_given_by_the_environment(environ: dict[str, str]) -> None:
    given = {
        "server_url": "http://h:1",
        "engine": "offline",
        "mode": "formula",
        "retry": "off",
        "degraded": "off",
        "local_only": "on",
        "copy_automatically": "on",
        "language": "zh_CN",
        "theme": "dark",
        "text_scale": "150",
        "capture_hides_window": "off",
        "desktop_notices": "off",
        "keep_history": "off",
        "reopen": "off",
        "alert_error_share": "0.5",
        "own_prompts": '[{"name": "a", "text": "b"}]',
    }
    for each in fields(Settings):
        text = given.get(each.name, "7" if each.name.endswith("_s") else "150000" if "pixels" in each.name else "7")
        settings, _ = load(environ | {f"GLMOCR_{each.name.upper()}": text})
        value = getattr(settings, each.name)
        assert value != each.default
        assert type(value) is type(each.default)


def test_an_empty_environment_variable_counts_as_not_given(environ: dict[str, str]) -> None:
    assert load(environ | {"GLMOCR_SERVER_URL": "", "GLMOCR_LANES": ""})[0] == Settings()


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("lanes", "four", "setting_type"),
        ("lanes", "", "setting_type"),
        ("lanes", "4.0", "setting_type"),
        ("lanes", 4.7, "setting_type"),
        ("lanes", True, "setting_type"),
        ("lanes", [4], "setting_type"),
        ("lanes", None, "setting_type"),
        ("lanes", float("inf"), "setting_type"),
        ("lanes", float("nan"), "setting_type"),
        ("lanes", "9" * 5000, "setting_type"),
        ("lanes", 65, "setting_range"),
        ("lanes", -1, "setting_range"),
        ("timeout_s", "nan", "setting_range"),
        ("timeout_s", "inf", "setting_range"),
        ("timeout_s", float("nan"), "setting_range"),
        ("timeout_s", False, "setting_type"),
        ("timeout_s", "soon", "setting_type"),
        ("timeout_s", 0.99, "setting_range"),
        ("mode", "Text", "setting_choice"),
        ("mode", "", "setting_choice"),
        ("mode", [], "setting_choice"),
        ("mode", {}, "setting_choice"),
        ("engine", "gpu", "setting_choice"),
        ("text_prompt", "", "setting_type"),
        ("text_prompt", "  \n", "setting_type"),
        ("text_prompt", 7, "setting_type"),
        ("server_url", None, "setting_type"),
        ("server_url", "http://", "setting_url"),
        ("server_url", " ".join(f"http://gpu{number}:7860" for number in range(65)), "setting_servers"),
        ("server_url", "http://me:secret@host:7860", "setting_url_login"),
    ],
)
def test_values_that_cannot_be_used_are_refused_with_a_sentence(name: str, value: Any, kind: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(**{name: value})
    assert caught.value.kind == kind
    assert str(caught.value).endswith((".", "7860."))


def test_values_come_in_their_types() -> None:
    settings = Settings(lanes="7", timeout_s=3, mode="table", engine="offline")  # type: ignore[arg-type]
    assert (settings.lanes, settings.timeout_s) == (7, 3.0)
    assert isinstance(settings.timeout_s, float)
    assert settings.mode is Mode.TABLE
    assert settings.engine is EngineChoice.OFFLINE
    assert Settings(lanes=5.0).lanes == 5  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["a:1 http://b:2/glm/", "a:1,http://b:2/glm", " a:1 ,  http://b:2/glm  a:1 "])
def test_several_servers_the_preferred_one_first(given: str) -> None:
    settings = Settings(server_url=given)
    assert settings.servers == ("http://a:1", "http://b:2/glm")
    assert settings.server_url == "http://a:1 http://b:2/glm"


def test_one_of_several_servers_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(server_url="http://a:1 http://")
    assert (caught.value.kind, caught.value.values["value"]) == ("setting_url", "http://")


@pytest.mark.parametrize("given", [",", " , ", ",,"])
def test_no_server_at_all_is_refused(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(server_url=given)
    assert caught.value.kind == "setting_url"


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(server_url="http://me:secret@host:7860")
    assert "secret" not in str(caught.value)


def test_the_limits_of_a_job_are_those_that_were_set() -> None:
    limits = Settings(timeout_s=9, connect_timeout_s=1, upload_timeout_s=2, lane_wait_s=3, queue_wait_s=4).limits
    assert (limits.total_s, limits.connect_s, limits.upload_s, limits.lane_wait_s, limits.queue_wait_s) == (
        9,
        1,
        2,
        3,
        4,
    )
    assert Settings().limits == Limits()


@pytest.mark.parametrize("name", ["lanes", "timeout_s", "probe_interval_s", "max_image_pixels"])
def test_the_ends_of_a_range_are_allowed(name: str) -> None:
    meta = next(each for each in fields(Settings) if each.name == name).metadata
    for value in (meta["low"], meta["high"]):
        assert getattr(Settings(**{name: value}), name) == value


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("localhost:7860", "http://localhost:7860"),
        ("  http://localhost:7860/ ", "http://localhost:7860"),
        ("http://localhost:7860///", "http://localhost:7860"),
        ("https://example.org/glm/ocr/", "https://example.org/glm/ocr"),
        ("HTTP://Example.org", "http://Example.org"),
        ("192.168.1.20:7860", "http://192.168.1.20:7860"),
        ("[::1]:7860", "http://[::1]:7860"),
        ("http://[fe80::1]/x", "http://[fe80::1]/x"),
        ("my-server", "http://my-server"),
        ("http://服务器.例子:7860", "http://服务器.例子:7860"),
    ],
)
def test_addresses_of_servers_are_made_whole(given: str, normal: str) -> None:
    assert normal_url(given) == normal
    assert normal_url(normal) == normal


@pytest.mark.parametrize(
    "given",
    [
        *("", " ", "/", "http://", "https://", "http:///path", "http://:7860", "://x", "http:", "https:/"),
        *("ftp://host", "file:///etc/passwd", "javascript:alert(1)", "ws://host:1"),
        *("http://host:port", "http://host:99999", "http://host:0", "http://host:-1", "host:7860:7860"),
        *("http://[::1", "::1", "http://::1:7860", "http://[nonsense]"),
        *("http://a b", "http://host/a b", "http://ho\nst", "http://host\x00", "a\tb", "http://ho\u2028st"),
        *("http://host/?x=1", "http://host/#top", "http://?x"),
    ],
)
def test_nonsense_is_no_address(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        normal_url(given)
    assert "http://localhost:7860" in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2]", b"null", b"42", b'"text"', b"\xff\xfe\x00", b"{'a': 1}", b'{"lanes": 4,}', b"[" * 100_000],
)
def test_a_damaged_file_is_set_aside_and_reported_once(environ: dict[str, str], content: bytes) -> None:
    path = _store(environ, content)
    settings, problem = load(environ)
    assert settings == Settings()
    assert problem is not None
    kept = Path(str(problem.values["name"]))
    assert kept.read_bytes() == content
    assert kept.parent == path.parent
    assert not path.exists()
    assert load(environ) == (Settings(), None)


def test_a_mark_at_the_beginning_of_the_file_is_no_damage(environ: dict[str, str]) -> None:
    _store(environ, b'\xef\xbb\xbf{"lanes": 9}')
    assert load(environ) == (Settings(lanes=9), None)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_damaged_file_in_a_folder_that_cannot_be_written_is_reported(environ: dict[str, str]) -> None:
    path = _store(environ, "{")
    path.parent.chmod(0o500)
    try:
        settings, problem = load(environ)
    finally:
        path.parent.chmod(0o700)
    assert (settings, path.read_text()) == (Settings(), "{")
    assert problem is not None


def test_one_bad_value_in_the_file_costs_only_itself(environ: dict[str, str]) -> None:
    _store(environ, {"lanes": 1000, "timeout_s": "NaN", "mode": "table", "server_url": "::", "text_prompt": 5})
    settings, problem = load(environ)
    assert settings == Settings(mode=Mode.TABLE)
    names = "Pages at once, Timeout, Server, Text prompt"
    assert str(problem) == f"Some stored settings cannot be used, and are left out: {names}."


@pytest.mark.parametrize("stored", [{"engine": "offlin"}, {"local_only": "ja"}, {"engine": 3, "local_only": False}])
def test_what_may_have_kept_pages_here_goes_on_doing_so(environ: dict[str, str], stored: dict[str, object]) -> None:
    _store(environ, stored)
    settings, problem = load(environ)
    assert settings == Settings(local_only=True)
    assert problem is not None


def test_a_folder_in_place_of_the_file_is_survived(environ: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    _file(environ).mkdir(parents=True)
    assert load(environ) == (Settings(), None)
    caplog.clear()


def test_a_bad_value_from_the_environment_is_told(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="GLMOCR_LANES"):
        load(environ | {"GLMOCR_LANES": "many"})


def test_saved_is_what_is_loaded(environ: dict[str, str]) -> None:
    settings = Settings(server_url="https://h/x", lanes=9, mode=Mode.FORMULA, timeout_s=7.5, text_prompt="请识别：")
    save(settings, environ)
    assert load(environ) == (settings, None)


def test_only_what_differs_from_the_default_is_stored(environ: dict[str, str]) -> None:
    """A later version may have better defaults."""
    save(Settings(lanes=9), environ)
    assert json.loads(_file(environ).read_text()) == {"lanes": 9}
    save(Settings(), environ)
    assert json.loads(_file(environ).read_text()) == {}


def test_keys_of_other_versions_are_kept(environ: dict[str, str]) -> None:
    _store(environ, {"from the future": {"a": [1, "é"]}, "lanes": 3})
    settings, _ = load(environ)
    assert settings.lanes == 3
    save(Settings(lanes=5), environ)
    assert json.loads(_file(environ).read_text(encoding="utf-8")) == {"from the future": {"a": [1, "é"]}, "lanes": 5}


def test_a_save_that_fails_leaves_the_old_file_and_no_other(environ: dict[str, str]) -> None:
    path = _store(environ, {"lanes": 3})
    unwritable = Settings(text_prompt="half a character: \ud83d")
    with pytest.raises(UnicodeEncodeError):
        save(unwritable, environ)
    assert json.loads(path.read_text()) == {"lanes": 3}
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_home_moves_all_three_folders(tmp_path: Path) -> None:
    folders = home_dirs({"GLMOCR_HOME": str(tmp_path)})
    assert {each.parent for each in folders} == {tmp_path}
    assert len(set(folders)) == 3
    assert all(each.is_absolute() for each in home_dirs({"GLMOCR_HOME": "relative"}))
    assert all("glmocr-desktop" in str(each) for each in home_dirs({}))


def test_each_mode_has_its_prompt() -> None:
    settings = Settings(table_prompt="T", formula_prompt="F", text_prompt="X")
    assert [settings.prompt(mode) for mode in (Mode.TEXT, Mode.TABLE, Mode.FORMULA)] == ["X", "T", "F"]


def test_every_setting_explains_itself() -> None:
    for each in fields(Settings):
        assert each.metadata["help"].endswith(".")
        assert each.metadata["title"]
        number = isinstance(each.default, int | float) and not isinstance(each.default, bool)
        assert (each.metadata["low"] is not None) == number == (each.metadata["high"] is not None)


@pytest.mark.parametrize(
    ("given", "on"),
    [("1", True), ("on", True), (" Yes ", True), (True, True), ("0", False), ("off", False), (0, False)],
)
def test_switches_take_the_usual_words(given: object, on: bool) -> None:
    assert Settings(retry=given).retry is on  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["maybe", 2, None, [True]])
def test_other_words_are_no_switch(given: object) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(retry=given)  # type: ignore[arg-type]
    assert caught.value.kind == "setting_type"


def test_settings_of_the_window_change_nothing_about_reading() -> None:
    settings = Settings(theme=Theme.DARK, language=Language.CHINESE, text_scale=150)
    assert settings.reads_like(Settings())
    assert not Settings(timeout_s=7).reads_like(Settings())


def test_whether_settings_were_ever_stored(environ: dict[str, str]) -> None:
    assert nothing_stored(environ)
    save(Settings(), environ)
    assert not nothing_stored(environ)
