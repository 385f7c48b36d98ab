"""Which endpoint of a Gradio server reads images, and how it wants to be asked.

No two OCR apps are alike: the image is an Image, a File or base64 in a Textbox; the task is a prompt, a Radio or a
Dropdown in English or Chinese. The endpoint is found by the shape of its parameters.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from glmocr_desktop.core.errors import RecognitionError, ServerUnavailable
from glmocr_desktop.core.model import Mode
from glmocr_desktop.recognition.network.http import Credentials, HttpSession, mapped_errors
from glmocr_desktop.recognition.network.transport import Transport

_LOOK_S = 3.0
_FETCH_S = 5.0  # per request of the library: config, then info
_DISCOVERY_S = 12.0
_PROTOCOLS = {"sse_v1", "sse_v2", "sse_v2.1", "sse_v3"}
_VERSION = re.compile(r"([4-9]|\d\d)\.")
_PREFIX = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)  # a path, never another host

_BASE64 = re.compile(r"b64|base64", re.IGNORECASE)
_PROMPT = re.compile(r"prompt|task|instruction|question|query|mode|提示|任务|模式|指令", re.IGNORECASE)
_READS = re.compile(r"ocr|predict|recogni|识别", re.IGNORECASE)
_MODE_WORDS = {
    Mode.TABLE: re.compile(r"table|表格", re.IGNORECASE),
    Mode.FORMULA: re.compile(r"formula|latex|equation|公式", re.IGNORECASE),
    Mode.TEXT: re.compile(r"text|文本|文字|通用", re.IGNORECASE),
}
_TEXT_OUTPUTS = ("textbox", "markdown", "code", "html", "json")


class ImageForm(StrEnum):
    """How an endpoint takes its image."""

    FILE = "file"
    FILES = "files"
    BASE64 = "base64"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One function of a server that reads an image.

    Attributes:
        prefix: Path before every API route, with a leading slash or empty.
        app_id: Changes when the server restarts.
        defaults: A value for each of its inputs, in order.
        image: Index of the image among the inputs.
        prompt: Index of the prompt or task; None when there is none.
        choices: What to send for a mode, where the server offers a choice; empty when it takes a free prompt.
        output: Index of the text among the outputs.
        image_name: What the app calls its image.
        prompt_name: What it calls its prompt; empty when there is none.
        stops: Whether a page that is being read can be stopped on the server (a generator can, a function runs on).
    """

    name: str
    fn_index: int
    prefix: str
    version: str
    app_id: str
    defaults: tuple[Any, ...]
    image: int
    image_form: ImageForm
    prompt: int | None
    choices: tuple[tuple[Mode, str], ...]
    output: int
    image_name: str = ""
    prompt_name: str = ""
    stops: bool = False

    @property
    def takes_prompt(self) -> bool:
        """Whether it reads by any prompt, rather than by a choice or without one."""
        return self.prompt is not None and not self.choices

    @property
    def signature(self) -> str:
        """Its name, and what the app calls the inputs that are filled in."""
        return f"{self.name} ({', '.join(each for each in (self.image_name, self.prompt_name) if each)})"

    def arguments(self, image: object, mode: Mode, prompt: str) -> list[Any]:
        """The inputs of one call.

        Args:
            image: What `image_value` made.
            mode: Picks the choice where the server offers some.
            prompt: Sent where the server takes a free prompt.

        Raises:
            RecognitionError: The server has no such mode.
        """
        values = list(self.defaults)
        values[self.image] = image
        if self.prompt is None:
            if mode is not Mode.TEXT:
                raise RecognitionError("server_no_mode", mode=mode.value)
        elif self.choices:
            choices = dict(self.choices)
            if mode not in choices:
                raise RecognitionError("server_no_mode", mode=mode.value)
            values[self.prompt] = choices[mode]
        else:
            values[self.prompt] = prompt
        return values

    def image_value(self, uploaded: str | None, png: bytes) -> object:
        """The image in the form that the endpoint takes."""
        if self.image_form is ImageForm.BASE64:
            return "data:image/png;base64," + base64.b64encode(png).decode()
        file = {
            "path": uploaded,
            "orig_name": "page.png",
            "mime_type": "image/png",
            "meta": {"_type": "gradio.FileData"},
        }
        return [file] if self.image_form is ImageForm.FILES else file


async def discover(
    transport: Transport, session: HttpSession, known: tuple[Endpoint, ...] = ()
) -> tuple[Endpoint, ...]:
    """Ask a server what it offers that reads images; what looks most like it comes first.

    Args:
        transport: Lends a thread to the official client.
        session: The way to the server.
        known: What was found before; it is kept when the server was not started anew since.

    Raises:
        ServerUnavailable: It does not answer, is no Gradio server, or has nothing that reads an image.
        ServerBusy: It has no time to say.

    Thread: transport only.
    """
    app_id = await _look(session)
    if known and app_id and known[0].app_id == app_id:
        return known
    try:
        async with asyncio.timeout(_DISCOVERY_S):
            credentials = await session.credentials()
            config, info = await transport.in_thread(lambda: _fetch(session.url, session.server, credentials))
    except TimeoutError as error:
        raise ServerUnavailable("server_silent", server=session.server, limit_s=_DISCOVERY_S) from error
    with mapped_errors(session.server, _DISCOVERY_S):  # a description without what it should have
        endpoints = matching_endpoints(config, info)
    if not endpoints:
        raise ServerUnavailable("server_no_endpoint", server=session.server)
    return endpoints


async def _look(session: HttpSession) -> str:
    """Make sure of what answers before the official client is let loose on it; the server's ``app_id``.

    This takes milliseconds where loading that client takes 200 (measured). It would wait for ever for an answer that
    comes by drops, tell a host on the internet of servers before Gradio 4, and follow a prefix to any other host.
    """
    not_gradio = ServerUnavailable("server_not_gradio", server=session.server)
    try:
        config = await session.get_json("/config", _LOOK_S)
    except RecognitionError as error:
        raise not_gradio from error
    except ServerUnavailable as error:
        # A certificate that is not trusted is a ValueError, too.
        nonsense = error.kind == "server_broken" and isinstance(error.__cause__, ValueError | RecursionError)
        if nonsense or error.values.get("detail") == "HTTP 404":
            raise not_gradio from error
        raise
    if not (
        isinstance(config, dict)
        and _VERSION.match(str(config.get("version")))
        and _PREFIX.fullmatch(str(config.get("api_prefix", "")))
    ):
        raise not_gradio
    return str(config.get("app_id", ""))


def _fetch(url: str, server: str, credentials: Credentials) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Config and API description, read by the official client; it knows every version's ways.

    It is not used for jobs: it shares one session between them, so that cancelling one ends them all.
    """
    # Before the import: the client would report the server's address to its makers, and read a saved access token.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # it would ask huggingface.co what kind of program this is
    import httpx

    try:
        with mapped_errors(server, _FETCH_S), _asked(url, server, credentials) as client:
            return client.config, client.view_api(return_format="dict", print_info=False)
    except httpx.TimeoutException as error:
        raise ServerUnavailable("server_silent", server=server, limit_s=_FETCH_S) from error
    except httpx.HTTPError as error:
        raise ServerUnavailable("server_broken", server=server, detail="the connection was lost") from error


@contextmanager
def _asked(url: str, server: str, credentials: Credentials) -> Iterator[Any]:
    """The official client, which asks the server when it is made."""
    import gradio_client

    try:
        client = gradio_client.Client(
            url,
            token=False,
            verbose=False,
            download_files=False,
            analytics_enabled=False,
            headers=credentials.headers,
            ssl_verify=credentials.verified or True,
            httpx_kwargs={
                "timeout": _FETCH_S,
                "trust_env": False,  # would also send the passwords in ~/.netrc
                "proxy": credentials.proxy,
                "cookies": credentials.cookies,
            },
        )
    except gradio_client.exceptions.AuthenticationError as error:  # the login ended since the first look
        raise ServerUnavailable("server_needs_login", server=server) from error
    except (ValueError, gradio_client.utils.TooManyRequestsError) as error:  # its way to say that it got none
        raise ServerUnavailable("server_broken", server=server, detail="it does not say what it offers") from error
    try:
        yield client
    finally:
        client.close()


def matching_endpoints(config: Mapping[str, Any], info: Mapping[str, Any]) -> tuple[Endpoint, ...]:
    """The endpoints that take an image and give text; the one that most looks like it reads comes first.

    Args:
        config: A server's ``/config``.
        info: Its ``/info``: the named endpoints with their parameters and returns.
    """
    if config.get("protocol") not in _PROTOCOLS:
        return ()
    found: list[tuple[int, Endpoint]] = []
    for index, dependency in enumerate(config["dependencies"]):
        name = f"/{dependency.get('api_name')}"
        described = info["named_endpoints"].get(name)
        if described is None:
            continue
        scored = _endpoint(config, dependency, index, name, described)
        if scored is not None:
            found.append(scored)
    return tuple(endpoint for _, endpoint in sorted(found, key=lambda each: -each[0]))


def _endpoint(
    config: Mapping[str, Any], dependency: Mapping[str, Any], index: int, name: str, described: Mapping[str, Any]
) -> tuple[int, Endpoint] | None:
    """The endpoint and how well it fits; None when it takes no image or gives no text."""
    parameters = _parameters(config, dependency["inputs"], described["parameters"])
    image, form, score = _image(parameters)
    output = next((i for i, each in enumerate(described["returns"]) if _component(each) in _TEXT_OUTPUTS), None)
    if image is None or output is None:
        return None
    prompt, choices = _prompt(parameters, image)
    score += 4 if choices else 2 if prompt is not None else 0
    score += 1 if _READS.search(name) else 0
    hidden = _skipped(config, dependency["outputs"])
    return score, Endpoint(
        name=name,
        fn_index=dependency.get("id", index),
        prefix=str(config.get("api_prefix", "")).rstrip("/"),
        version=str(config.get("version", "")),
        app_id=str(config.get("app_id", "")),
        defaults=tuple(each.get("parameter_default") if each else None for each in parameters),
        image=image,
        image_form=form,
        prompt=prompt,
        choices=choices,
        output=[i for i, skipped in enumerate(hidden) if not skipped][output],
        image_name=_name(parameters[image]),
        prompt_name=_name(parameters[prompt]) if prompt is not None else "",
        stops=bool((dependency.get("types") or {}).get("generator")),
    )


def _skipped(config: Mapping[str, Any], ids: Sequence[int]) -> list[bool]:
    """Which of these components the API description leaves out (session state)."""
    kinds = {each["id"]: each for each in config["components"]}
    return [bool(kinds[each].get("skip_api", kinds[each].get("type") == "state")) for each in ids]


def _parameters(
    config: Mapping[str, Any], ids: Sequence[int], described: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The description of every input; empty for session state, which is sent as null."""
    rest = iter(described)
    return [{} if skipped else next(rest, {}) for skipped in _skipped(config, ids)]


def _image(parameters: Sequence[Mapping[str, Any]]) -> tuple[int | None, ImageForm, int]:
    """Where the image goes, in which form, and how sure that is."""
    for index, each in enumerate(parameters):
        if _component(each) == "image":
            return index, ImageForm.FILE, 6
    for index, each in enumerate(parameters):
        if _component(each) in ("file", "uploadbutton"):
            many = each["type"].get("type") == "array" or "list" in str(each["python_type"]["type"]).lower()
            return index, ImageForm.FILES if many else ImageForm.FILE, 4
    for index, each in enumerate(parameters):
        if _component(each) == "textbox" and _BASE64.search(_names(each)):
            return index, ImageForm.BASE64, 5
    return None, ImageForm.FILE, 0


def _prompt(parameters: Sequence[Mapping[str, Any]], image: int) -> tuple[int | None, tuple[tuple[Mode, str], ...]]:
    """Where the prompt or task goes, and what to send for a mode where the server offers a choice."""
    others = [(i, each) for i, each in enumerate(parameters) if each and i != image]
    for index, each in others:
        if _component(each) in ("radio", "dropdown"):
            choices = _choices([str(value) for value in each["type"].get("enum", ())])
            if len(choices) >= 2:
                return index, choices
    for index, each in others:
        if _component(each) == "textbox" and _PROMPT.search(_names(each)):
            default = each.get("parameter_default")
            # A default of "Text" says that the task's name is wanted, where "Text Recognition:" is a prompt.
            names = isinstance(default, str) and default.strip().lower() == "text"
            return index, tuple((mode, mode.value.title()) for mode in Mode) if names else ()
    return None, ()


def _choices(values: Sequence[str]) -> tuple[tuple[Mode, str], ...]:
    """For each mode the first offered value that names it; tables and formulas first, since "text" is in both."""
    found: dict[Mode, str] = {}
    for mode, words in _MODE_WORDS.items():
        match = next((value for value in values if words.search(value) and value not in found.values()), None)
        if match is not None:
            found[mode] = match
    return tuple(found.items())


def _name(parameter: Mapping[str, Any]) -> str:
    """What an app calls an input: made up from its code, or else written beside it."""
    return str(parameter.get("parameter_name") or parameter.get("label") or "")


def _names(parameter: Mapping[str, Any]) -> str:
    return f"{parameter.get('parameter_name')} {parameter.get('label')}"


def _component(described: Mapping[str, Any]) -> str:
    """The kind of a component; versions differ in its capital letters (``Json``, ``JSON``)."""
    return str(described.get("component", "")).lower()
