"""Which endpoint reads, for OCR apps as people write them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from glmocr_desktop.core.errors import RecognitionError
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.discovery import Endpoint, ImageForm, matching_endpoints

_T, _B, _F = Mode.TEXT, Mode.TABLE, Mode.FORMULA
_SHAPES: list[tuple[str, str, int, ImageForm, int | None, dict[Mode, str], int]] = [
    ("plain_predict", "/predict", 0, ImageForm.FILE, 1, {}, 0),
    ("demo_with_radio", "/run_ocr", 0, ImageForm.FILE, 1, {_T: "Text", _B: "Table", _F: "Formula"}, 0),
    ("router_with_base64", "/run_router", 1, ImageForm.BASE64, 0, {_T: "Text", _B: "Table", _F: "Formula"}, 0),
    (
        *("notebook", "/run_single", 0, ImageForm.FILE, 1),
        *({_T: "Text Recognition", _B: "Table Recognition", _F: "Formula Recognition"}, 0),
    ),
    ("many_files", "/process", 0, ImageForm.FILES, 1, {_T: "Text", _B: "Table", _F: "Formula"}, 0),
    (
        *("chinese", "/run_ocr", 1, ImageForm.FILE, 3),
        *({_T: "通用文字识别 (普通文档)", _B: "表格识别 (输出 HTML)", _F: "公式识别 (输出 LaTeX)"}, 2),
    ),
    ("image_only", "/ocr", 0, ImageForm.FILE, None, {}, 0),
    ("single_file_and_dropdown", "/extract", 1, ImageForm.FILE, 0, {_T: "ocr text", _B: "ocr table"}, 0),
    ("upload_button", "/read", 0, ImageForm.FILE, None, {}, 0),
    ("chat_with_question", "/answer", 1, ImageForm.FILE, 2, {}, 0),
]


@pytest.fixture(scope="module")
def apps() -> dict[str, dict[str, Any]]:
    """What each of the apps says of itself: its config and its API description."""
    script = Path(__file__).with_name("ocr_apps.py")
    answer = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, timeout=100)
    described: dict[str, dict[str, Any]] = json.loads(answer.stdout)
    return described


def _endpoint(described: dict[str, Any]) -> Endpoint:
    return matching_endpoints(described["config"], described["info"])[0]


@pytest.mark.parametrize("shape", _SHAPES, ids=[each[0] for each in _SHAPES])
def test_shapes_of_real_apps(
    apps: dict[str, dict[str, Any]],
    shape: tuple[str, str, int, ImageForm, int | None, dict[Mode, str], int],
) -> None:
    build, name, image, form, prompt, choices, output = shape
    config = apps[build]["config"]
    endpoint = _endpoint(apps[build])
    assert (endpoint.name, endpoint.image, endpoint.image_form) == (name, image, form)
    assert (endpoint.prompt, dict(endpoint.choices), endpoint.output) == (prompt, choices, output)
    dependency = next(each for each in config["dependencies"] if f"/{each['api_name']}" == name)
    assert endpoint.fn_index == dependency["id"]
    assert len(endpoint.defaults) == len(dependency["inputs"])
    assert endpoint.prefix == str(config.get("api_prefix", "")).rstrip("/")


def test_all_that_reads_is_offered_the_best_first(apps: dict[str, dict[str, Any]]) -> None:
    found = {build: matching_endpoints(each["config"], each["info"]) for build, each in apps.items()}
    assert [each.signature for each in found["notebook"]] == [
        "/run_single (param_0, param_1)",
        "/run_pipeline (param_0)",
    ]
    assert [each.name for each in found["chinese"]] == ["/run_ocr", "/run_ocr_pdf"]
    assert [each.name for each in found["plain_predict"]] == ["/predict"]


def test_a_prompt_is_sent_where_a_prompt_is_wanted(apps: dict[str, dict[str, Any]]) -> None:
    assert _endpoint(apps["plain_predict"]).arguments("IMAGE", Mode.TABLE, "Table Recognition:") == [
        "IMAGE",
        "Table Recognition:",
    ]


def test_the_tasks_name_is_sent_where_a_name_is_wanted_and_the_rest_are_defaults(
    apps: dict[str, dict[str, Any]],
) -> None:
    assert _endpoint(apps["router_with_base64"]).arguments("B64", Mode.TABLE, "Table Recognition:") == [
        "Table",
        "B64",
        4096,
        60,
    ]


def test_state_is_sent_as_null(apps: dict[str, dict[str, Any]]) -> None:
    assert _endpoint(apps["chinese"]).arguments("IMAGE", Mode.FORMULA, "x") == [
        None,
        "IMAGE",
        None,
        "公式识别 (输出 LaTeX)",
    ]


def test_other_options_keep_their_defaults(apps: dict[str, dict[str, Any]]) -> None:
    assert _endpoint(apps["many_files"]).arguments(["FILE"], Mode.TEXT, "x") == [["FILE"], "Text", True]


@pytest.mark.parametrize(("build", "mode"), [("image_only", Mode.TABLE), ("single_file_and_dropdown", Mode.FORMULA)])
def test_a_mode_that_the_server_does_not_have(apps: dict[str, dict[str, Any]], build: str, mode: Mode) -> None:
    endpoint = _endpoint(apps[build])
    endpoint.arguments("IMAGE", Mode.TEXT, "Text Recognition:")
    with pytest.raises(RecognitionError, match=f"no {mode.value} mode"):
        endpoint.arguments("IMAGE", mode, "x")


def test_the_image_is_sent_in_the_form_that_is_wanted(apps: dict[str, dict[str, Any]]) -> None:
    file = _endpoint(apps["plain_predict"]).image_value("/tmp/x/page.png", b"PNG")
    assert isinstance(file, dict)
    assert (file["path"], file["orig_name"], file["meta"]) == (
        "/tmp/x/page.png",
        "page.png",
        {"_type": "gradio.FileData"},
    )
    assert _endpoint(apps["many_files"]).image_value("/tmp/x/page.png", b"PNG") == [file]
    assert _endpoint(apps["router_with_base64"]).image_value(None, b"PNG") == "data:image/png;base64,UE5H"


@pytest.mark.parametrize("build", ["chat", "image_filter", "hidden", "speech", "empty"])
def test_apps_that_read_nothing(apps: dict[str, dict[str, Any]], build: str) -> None:
    assert matching_endpoints(apps[build]["config"], apps[build]["info"]) == ()


@pytest.mark.parametrize("protocol", ["ws", "sse", "sse_v9", None])
def test_protocols_that_are_not_spoken(apps: dict[str, dict[str, Any]], protocol: str | None) -> None:
    config, info = apps["plain_predict"]["config"], apps["plain_predict"]["info"]
    assert matching_endpoints({**config, "protocol": protocol}, info) == ()
    assert matching_endpoints({**config, "protocol": "sse_v2"}, info) != ()
